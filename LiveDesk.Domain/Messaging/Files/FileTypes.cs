namespace LiveDesk.Domain.Messaging.Files;

/// <summary>What a file is taken for: its contents decide, the declared type only refines.</summary>
public static class FileTypes
{
    public const string Unknown = "application/octet-stream";

    /// <summary>Pictures that the sniffer does not tell apart and that no program executes.</summary>
    private static readonly HashSet<string> HarmlessUnsniffed = ["image/heic", "image/heif", "image/avif"];

    /// <returns>The type to store; null if the file is refused.</returns>
    public static string? Of(SniffedContent sniffed, string? declared)
    {
        string? plain = declared?.Split(';')[0].Trim().ToLowerInvariant();
        return sniffed.Kind switch
        {
            SniffedKind.Refused => null,
            SniffedKind.Known when plain is not null && ContentSniffer.Agrees(sniffed, plain) => Refined(sniffed.ContentType!, plain),
            SniffedKind.Known => sniffed.ContentType,
            _ => plain is not null && HarmlessUnsniffed.Contains(plain) ? plain : Unknown,
        };
    }

    /// <summary>What a message with such a file is, as a reader sees it.</summary>
    public static MessageKind KindOf(string contentType) => contentType.Split('/')[0] switch
    {
        "image" => MessageKind.Image,
        "audio" => MessageKind.Audio,
        "video" => MessageKind.Video,
        _ => MessageKind.Document,
    };

    /// <summary>A browser may show it in place: it can neither run nor link.</summary>
    public static bool IsShownInPlace(string contentType) =>
        contentType.Split('/')[0] is "image" or "audio" or "video" && !contentType.StartsWith("image/svg", StringComparison.Ordinal);

    // The spelling that providers know: image/jpg is image/jpeg.
    private static string Refined(string sniffed, string declared) => declared switch
    {
        "image/jpg" or "image/pjpeg" or "audio/mp3" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" or "audio/x-aac" or "audio/aacp" or "text/x-vcard"
            or "text/directory" or "application/ogg" or "video/ogg" => sniffed,
        "audio/x-m4a" or "audio/m4a" => "audio/mp4",
        _ => declared,
    };
}
