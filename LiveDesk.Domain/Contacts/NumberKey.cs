namespace LiveDesk.Domain.Contacts;

/// <summary>
/// What a contact is found by: one value for all spellings of one number. It is for comparing only; it is never shown and never dialled,
/// because which spelling works is the provider's business (<c>wa_id</c> and the dialled number differ in three countries).
/// </summary>
public readonly record struct NumberKey
{
    private readonly string? _value;

    private NumberKey(string value) => _value = value;

    public string Value => _value ?? "";

    public static NumberKey Of(E164 number) => new(Canonical(number.Digits));

    public override string ToString() => Value;

    private static string Canonical(string digits) => digits switch
    {
        ['5', '5', ..] => Brazil(digits),
        ['5', '4', ..] => Argentina(digits),
        ['5', '2', '1', ..] when digits.Length == 13 => string.Concat("52", digits.AsSpan(3)),
        _ => digits,
    };

    /// <summary>
    /// A mobile written the old way (area, then eight digits from 6 to 9) gets its ninth digit. It cannot be the other way round: without
    /// the 9, newer mobiles (<c>11 94xxx-xxxx</c>) would be landlines. Landlines (2 to 5) are left alone.
    /// </summary>
    private static string Brazil(string digits) =>
        digits.Length == 12 && digits[2] != '0' && digits[3] != '0' && digits[4] is >= '6' and <= '9'
            ? string.Concat(digits.AsSpan(0, 4), "9", digits.AsSpan(4))
            : digits;

    /// <summary>
    /// Area and subscriber are ten digits; a mobile has a 9 before them from abroad and a 15 between them at home. Blocks of numbers are
    /// not shared by landlines and mobiles, so both marks may go.
    /// </summary>
    private static string Argentina(string digits)
    {
        ReadOnlySpan<char> national = digits.AsSpan(2);
        if (national.Length is 11 or 13 && national[0] == '9') national = national[1..];
        if (national.Length == 10) return string.Concat("54", national);

        int area = national.Length == 12 ? AreaBefore15(national) : 0;
        return area == 0 ? digits : string.Concat("54", national[..area], national[(area + 2)..]);
    }

    /// <summary>Area codes have two digits (Buenos Aires, 11 alone), three or four; at most one of the last two can be followed by 15.</summary>
    private static int AreaBefore15(ReadOnlySpan<char> national)
    {
        if (national.StartsWith("1115", StringComparison.Ordinal)) return 2;
        if (national[0] is not ('2' or '3')) return 0;
        return national[3..].StartsWith("15", StringComparison.Ordinal) ? 3 : national[4..].StartsWith("15", StringComparison.Ordinal) ? 4 : 0;
    }
}
