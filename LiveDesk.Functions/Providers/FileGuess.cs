using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers;

/// <summary>What a file probably is, for providers that send an address and no type. The download tells for certain.</summary>
internal static class FileGuess
{
    public const string Unknown = "application/octet-stream";

    /// <param name="name">A file name, or an address that ends with one.</param>
    public static string OfName(string? name) => Extension(name) switch
    {
        "jpg" or "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "heic" => "image/heic",
        "bmp" => "image/bmp",
        "mp4" or "m4v" => "video/mp4",
        "3gp" or "3gpp" => "video/3gpp",
        "mov" => "video/quicktime",
        "mpeg" or "mpg" => "video/mpeg",
        "mp3" => "audio/mpeg",
        "amr" => "audio/amr",
        "aac" => "audio/aac",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "ogg" or "oga" or "opus" => "audio/ogg",
        "pdf" => "application/pdf",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "vcf" or "vcard" => "text/vcard",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip" => "application/zip",
        _ => Unknown,
    };

    /// <summary>Lower case and without the dot; empty if there is none.</summary>
    public static string Extension(string? name)
    {
        string path = (name ?? "").Split('?', '#')[0];
        string last = path[(path.LastIndexOf('/') + 1)..];
        int dot = last.LastIndexOf('.');
        return dot < 0 ? "" : last[(dot + 1)..].ToLowerInvariant();
    }

    /// <summary>The type alone, without parameters, lower case.</summary>
    public static string Plain(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    public static MessageKind Kind(string contentType) => Plain(contentType) switch
    {
        "text/vcard" or "text/x-vcard" or "text/directory" => MessageKind.Contacts,
        "audio/ogg" => MessageKind.Voice,
        var type when type.StartsWith("image/", StringComparison.Ordinal) => MessageKind.Image,
        var type when type.StartsWith("audio/", StringComparison.Ordinal) => MessageKind.Audio,
        var type when type.StartsWith("video/", StringComparison.Ordinal) => MessageKind.Video,
        _ => MessageKind.Document,
    };
}
