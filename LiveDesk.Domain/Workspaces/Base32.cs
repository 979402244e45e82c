using System.Globalization;

namespace LiveDesk.Domain.Workspaces;

/// <summary>Crockford's base 32 in lower case (crockford.com/base32.html): no letters that look like digits, safe in keys and URLs.</summary>
public static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        int buffer = 0, bits = 0, at = 0;
        foreach (byte b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[at++] = Alphabet[(buffer >> bits) & 31];
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text[at] = Alphabet[(buffer << (5 - bits)) & 31];
        return new string(text);
    }

    public static bool IsEncoded(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!Alphabet.Contains(c, StringComparison.Ordinal)) return false;
        return text.Length > 0;
    }

    /// <summary>A non-negative number without leading zeros.</summary>
    public static string Encode(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Span<char> text = stackalloc char[13];
        int at = text.Length;
        do
        {
            text[--at] = Alphabet[(int)(number & 31)];
            number >>= 5;
        }
        while (number > 0);
        return new string(text[at..]);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > 12 || (text.Length > 1 && text[0] == '0')) return false;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            number = (number << 5) | (uint)digit;
        }
        return true;
    }

    /// <summary>Zero-padded decimal, so that text order is number order in a row key.</summary>
    public static string Padded(long number, int digits) => number.ToString("D" + digits, CultureInfo.InvariantCulture);
}
