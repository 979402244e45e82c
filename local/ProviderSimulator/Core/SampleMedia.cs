using System.Text;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>Small files for tries without a file at hand: their first bytes are those of the type.</summary>
public static class SampleMedia
{
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    public static byte[] Of(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "image/png" => Convert.FromBase64String(Png),
        "image/gif" => Convert.FromBase64String(Gif),
        "image/jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF\0"u8, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0xFF, 0xD9],
        "image/webp" => [.. "RIFF"u8, 0x04, 0, 0, 0, .. "WEBP"u8],
        "audio/ogg" => [.. "OggS"u8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0],
        "audio/mpeg" => [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0],
        "video/mp4" or "audio/mp4" => [0, 0, 0, 0x18, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8],
        "application/pdf" => Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
        "text/vcard" => Encoding.UTF8.GetBytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Example\r\nTEL:+15550009999\r\nEND:VCARD\r\n"),
        _ => Encoding.UTF8.GetBytes("sample"),
    };
}
