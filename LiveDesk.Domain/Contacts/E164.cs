using System.Diagnostics.CodeAnalysis;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// A telephone number in international form: country code first, 7 to 15 digits in all (ITU-T E.164). It is kept and shown
/// exactly as the provider reports it; <see cref="IdentityKey"/> tells whether two spellings are one subscriber.
/// The default value is no number: it prints as an empty string and has no country.
/// </summary>
public readonly struct E164 : IEquatable<E164>, IParsable<E164>
{
    /// <summary>Fewest digits accepted; fewer are a short code, which has no country and cannot be called from abroad.</summary>
    public const int MinDigits = 7;

    /// <summary>Most digits E.164 allows, country code included.</summary>
    public const int MaxDigits = 15;

    private const string WhatsAppPrefix = "whatsapp:";

    private readonly string? _digits;

    private E164(string digits) => _digits = digits;

    /// <summary>The number without plus, the form of WhatsApp's <c>wa_id</c>.</summary>
    public string Digits => _digits ?? "";

    /// <summary>
    /// ISO 3166 alpha-2 of the country the number belongs to (<c>XK</c> for Kosovo); null for toll-free numbers shared by North America,
    /// satellite and other international services, and unassigned codes.
    /// </summary>
    public string? Country => CallingCodes.CountryOf(Digits);

    /// <summary>Equal for the spellings that networks and WhatsApp use for one and the same number.</summary>
    public NumberKey IdentityKey => NumberKey.Of(this);

    /// <summary>
    /// Reads the forms in which providers write numbers: <c>+15550001111</c>, <c>15550001111</c>, and either after <c>whatsapp:</c>.
    /// Strict: no spaces, punctuation, <c>00</c>, short codes, or digits other than 0 to 9.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out E164 number)
    {
        number = default;
        if (text is null) return false;

        ReadOnlySpan<char> rest = text;
        if (rest.StartsWith(WhatsAppPrefix, StringComparison.OrdinalIgnoreCase)) rest = rest[WhatsAppPrefix.Length..];
        if (rest.StartsWith('+')) rest = rest[1..];
        if (rest.Length is < MinDigits or > MaxDigits || rest[0] == '0' || rest.ContainsAnyExceptInRange('0', '9')) return false;

        number = new E164(rest.ToString());
        return true;
    }

    /// <summary>Reads the form in which people have to write numbers, with the plus: without it, a number of one's own country passes for one of another.</summary>
    public static bool TryParseExact([NotNullWhen(true)] string? text, out E164 number)
    {
        number = default;
        return text is ['+', ..] && TryParse(text, out number);
    }

    /// <exception cref="FormatException">Not a number in one of the forms that <see cref="TryParse(string?, out E164)"/> reads.</exception>
    public static E164 Parse(string text) =>
        TryParse(text, out E164 number) ? number : throw new FormatException("Not an E.164 number: a plus and 7 to 15 digits.");

    static E164 IParsable<E164>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<E164>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out E164 result) => TryParse(s, out result);

    public bool Equals(E164 other) => Digits == other.Digits;

    public override bool Equals(object? obj) => obj is E164 other && Equals(other);

    public override int GetHashCode() => Digits.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(E164 left, E164 right) => left.Equals(right);

    public static bool operator !=(E164 left, E164 right) => !left.Equals(right);

    /// <summary>With plus: <c>+15550001111</c>.</summary>
    public override string ToString() => _digits is null ? "" : "+" + _digits;
}
