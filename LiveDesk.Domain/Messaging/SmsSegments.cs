using System.Buffers;

namespace LiveDesk.Domain.Messaging;

public enum SmsEncoding
{
    /// <summary>GSM 03.38 seven-bit alphabet.</summary>
    Gsm7,

    /// <summary>UTF-16, for everything else.</summary>
    Ucs2,
}

/// <summary>
/// How many SMS a text takes, as the networks count (GSM 03.38, 03.40). An estimate for the writer: the provider's own count wins.
/// </summary>
/// <param name="Units">Septets in GSM-7, where <c>^ { } \ [ ~ ] | €</c> and form feed take two; UTF-16 units in UCS-2.</param>
/// <param name="Segments">0 for no text, 1 up to 160 or 70 units, else one for each 153 or 67.</param>
public readonly record struct SmsSegments(SmsEncoding Encoding, int Units, int Segments)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    private static readonly SearchValues<char> Extended = SearchValues.Create(Extension);
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Basic + Extension);

    public static SmsSegments Count(string? text)
    {
        ReadOnlySpan<char> chars = text;
        return chars.ContainsAnyExcept(Alphabet)
            ? Count(chars, SmsEncoding.Ucs2, single: 70, perSegment: 67)
            : Count(chars, SmsEncoding.Gsm7, single: 160, perSegment: 153);
    }

    private static SmsSegments Count(ReadOnlySpan<char> text, SmsEncoding encoding, int single, int perSegment)
    {
        int units = 0, segments = 1, filled = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int size = 1;
            if (encoding == SmsEncoding.Gsm7 && Extended.Contains(text[i])) size = 2;
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) (size, i) = (2, i + 1);

            units += size;
            filled += size;
            // Neither an escape and its character nor a surrogate pair is split: what does not fit moves on whole.
            if (filled > perSegment) (segments, filled) = (segments + 1, size);
        }

        return new SmsSegments(encoding, units, units == 0 ? 0 : units <= single ? 1 : segments);
    }
}
