using System.Text;
using System.Text.Unicode;

namespace LiveDesk.Functions.Providers;

/// <summary>What providers do to the bytes of a JSON body that no reader of JSON expects.</summary>
internal static class JsonBytes
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Without a byte order mark, and with a replacement character for every byte that is no UTF-8: a broken character must not cost the message.
    /// Signatures are made over the bytes as they came.
    /// </summary>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(Mark)) json = json[Mark.Length..];
        return Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
    }
}
