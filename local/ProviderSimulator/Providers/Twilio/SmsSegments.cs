namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Parts of a text message: GSM-7 has 160 septets in one and 153 in each of several, UCS-2 70 and 67 units.</summary>
internal static class SmsSegments
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "^{}\\[~]|€\f";

    public static int Count(TwilioMessage message) => message.To.IsWhatsApp || message.Body.Length == 0 ? 1 : Count(message.Body);

    public static int Count(string text) => text.All(c => Basic.Contains(c) || Extension.Contains(c))
        ? Parts(text.Select(c => Extension.Contains(c) ? 2 : 1), 160, 153)
        : Parts(Units(text), 70, 67);

    private static IEnumerable<int> Units(string text) => text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength);

    // A character that needs two units is not split across parts.
    private static int Parts(IEnumerable<int> sizes, int single, int several)
    {
        int total = 0, parts = 1, used = 0;
        foreach (int size in sizes)
        {
            total += size;
            if (used + size > several) (parts, used) = (parts + 1, 0);
            used += size;
        }

        return total <= single ? 1 : parts;
    }
}
