using System.Globalization;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>Names of files as people see them. A name decides nothing about a file; it only must do no harm.</summary>
public static class FileNames
{
    private const int MaximumLength = 150;

    /// <summary>What a double click would run.</summary>
    private static readonly HashSet<string> Dangerous = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".msi", ".msp", ".dll", ".cpl", ".jar", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1",
        ".hta", ".lnk", ".url", ".reg", ".sh", ".app", ".apk", ".ipa", ".dmg", ".iso", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".svg", ".svgz", ".php",
    };

    private static readonly Dictionary<string, string> Extensions = new()
    {
        ["image/jpeg"] = "jpg", ["image/png"] = "png", ["image/gif"] = "gif", ["image/webp"] = "webp", ["image/heic"] = "heic", ["audio/ogg"] = "ogg",
        ["audio/mpeg"] = "mp3", ["audio/mp4"] = "m4a", ["audio/aac"] = "aac", ["audio/amr"] = "amr", ["audio/wav"] = "wav", ["audio/webm"] = "webm",
        ["video/mp4"] = "mp4", ["video/3gpp"] = "3gp", ["video/quicktime"] = "mov", ["video/webm"] = "webm", ["application/pdf"] = "pdf",
        ["application/zip"] = "zip", ["application/msword"] = "doc", ["application/vnd.ms-excel"] = "xls", ["application/vnd.ms-powerpoint"] = "ppt",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = "pptx",
        ["text/plain"] = "txt", ["text/csv"] = "csv", ["text/vcard"] = "vcf",
    };

    /// <summary>The last part of a path, without what file systems, headers or readers stumble over; null if nothing is left.</summary>
    public static string? Clean(string? name)
    {
        if (name is null) return null;
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string clean = new string([.. last.Where(IsPlain)]).Trim(' ', '.');
        if (clean.Length == 0) return null;
        if (clean.Length <= MaximumLength) return clean;
        string extension = Path.GetExtension(clean);
        if (extension.Length > 10) extension = "";
        int cut = MaximumLength - extension.Length;
        if (char.IsHighSurrogate(clean[cut - 1])) cut--;
        return clean[..cut] + extension;
    }

    public static bool IsDangerous(string? name) => name is not null && Dangerous.Contains(Path.GetExtension(name));

    /// <summary>A name for a file that came without one: <c>image.jpg</c>.</summary>
    public static string Standard(string contentType)
    {
        string plain = contentType.Split(';')[0].Trim();
        string stem = plain.Split('/')[0] is "image" or "audio" or "video" ? plain.Split('/')[0] : "file";
        return $"{stem}.{Extensions.GetValueOrDefault(plain, "bin")}";
    }

    // Marks that turn the direction of writing make "gpj.exe" out of "exe.jpg".
    private static bool IsPlain(char c) =>
        !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && !"\"<>|:*?".Contains(c, StringComparison.Ordinal);
}
