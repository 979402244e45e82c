using System.Text;
using System.Text.Unicode;

namespace LiveDesk.Domain.Messaging;

/// <summary>What the first bytes of a file say it is.</summary>
public enum SniffedKind
{
    /// <summary>A type that channels carry; <see cref="SniffedContent.ContentType"/> names it.</summary>
    Known,

    /// <summary>None of the types that are known. Whether it may go as a document is for the channel to say.</summary>
    Unknown,

    /// <summary>A program, a script or active markup: never taken.</summary>
    Refused,
}

/// <param name="ContentType">Without parameters; null unless known. Of a refused file: what it is.</param>
public readonly record struct SniffedContent(SniffedKind Kind, string? ContentType);

/// <summary>
/// Tells a file's type by its contents, because the name and the declared type are the sender's word. The start of a file is enough;
/// more of it than <see cref="BytesNeeded"/> is not looked at.
/// </summary>
public static class ContentSniffer
{
    /// <summary>Give at least this much of the file, or all of it.</summary>
    public const int BytesNeeded = 4096;

    private static readonly SniffedContent Unknown = new(SniffedKind.Unknown, null);

    private static readonly string[] ActiveMarkup =
        ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<object", "<embed", "<?php", "<%"];

    public static SniffedContent Sniff(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> bytes = start[..Math.Min(start.Length, BytesNeeded)];
        if (bytes.IsEmpty) return Unknown;
        if (Program(bytes) is { } program) return new SniffedContent(SniffedKind.Refused, program);
        if (Binary(bytes) is { } type) return new SniffedContent(SniffedKind.Known, type);
        return Text(bytes);
    }

    /// <summary>
    /// Whether a sniffed type is what was declared: the same, a container of it that looks alike (<c>audio/mp4</c> and <c>video/mp4</c>), or
    /// the plain text or archive that a declared document format consists of. Parameters of the declared type do not count.
    /// </summary>
    public static bool Agrees(SniffedContent sniffed, string? declared)
    {
        if (sniffed is not { Kind: SniffedKind.Known, ContentType: { } type } || declared is null) return false;
        string plain = declared.Split(';')[0].Trim().ToLowerInvariant();
        return Canonical(plain) == type || (type, plain) switch
        {
            ("video/mp4", "audio/mp4" or "audio/x-m4a" or "audio/m4a" or "video/quicktime" or "video/3gpp") => true,
            ("audio/mp4" or "video/3gpp", "video/mp4") => true,
            ("video/3gpp", "audio/3gpp") => true,
            ("video/webm", "audio/webm") => true,
            ("audio/ogg", "video/ogg" or "application/ogg") => true,
            ("text/plain", "text/csv" or "text/markdown" or "application/json") => true,
            ("application/zip", _) => plain.StartsWith("application/vnd.openxmlformats-officedocument.", StringComparison.Ordinal),
            ("application/x-ole-storage", _) => plain is "application/msword" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint",
            _ => false,
        };
    }

    private static string Canonical(string type) => type switch
    {
        "image/jpg" or "image/pjpeg" => "image/jpeg",
        "audio/mp3" => "audio/mpeg",
        "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "audio/wav",
        "audio/x-aac" or "audio/aacp" => "audio/aac",
        "text/x-vcard" or "text/directory" => "text/vcard",
        _ => type,
    };

    private static string? Program(ReadOnlySpan<byte> b) => b switch
    {
        // The header of a program has zeros; a text that begins with these letters has none.
        [(byte)'M', (byte)'Z', ..] when b[..Math.Min(b.Length, 64)].Contains((byte)0) => "application/x-msdownload",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "application/x-elf",
        [0xFE, 0xED, 0xFA, 0xCE or 0xCF, ..] or [0xCE or 0xCF, 0xFA, 0xED, 0xFE, ..] => "application/x-mach-binary",
        [0xCA, 0xFE, 0xBA, 0xBE, ..] => "application/java-vm",
        [0x00, (byte)'a', (byte)'s', (byte)'m', ..] => "application/wasm",
        [(byte)'#', (byte)'!', ..] when !b.StartsWith("#!AMR"u8) => "text/x-script",
        [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00, ..] => "application/x-ms-shortcut",
        _ => null,
    };

    private static string? Binary(ReadOnlySpan<byte> b) => b switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        _ when b.StartsWith("GIF87a"u8) || b.StartsWith("GIF89a"u8) => "image/gif",
        _ when b.StartsWith("RIFF"u8) && b.Length >= 12 => Riff(b[8..12]),
        _ when b.Length >= 12 && b[4..].StartsWith("ftyp"u8) => IsoMedia(b[8..12]),
        _ when b.StartsWith("OggS"u8) => "audio/ogg",
        _ when b.StartsWith("#!AMR\n"u8) || b.StartsWith("#!AMR-WB\n"u8) => "audio/amr",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => b.IndexOf("webm"u8) is >= 0 and < 64 ? "video/webm" : null,
        _ when b.StartsWith("ID3"u8) => "audio/mpeg",
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => "audio/aac",
        [0xFF, 0xE2 or 0xE3 or 0xF2 or 0xF3 or 0xF4 or 0xF5 or 0xF6 or 0xF7 or 0xFA or 0xFB or 0xFC or 0xFD, ..] => "audio/mpeg",
        _ when b[..Math.Min(b.Length, 1024)].IndexOf("%PDF-"u8) >= 0 => "application/pdf",
        [(byte)'P', (byte)'K', 0x03, 0x04, ..] => Zip(b),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Ole(b),
        _ => null,
    };

    private static string? Riff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WEBP"u8) ? "image/webp" : form.SequenceEqual("WAVE"u8) ? "audio/wav" : null;

    private static string? IsoMedia(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("3g"u8) ? "video/3gpp"
        : brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) ? "audio/mp4"
        : brand.StartsWith("qt"u8) ? "video/quicktime"
        : brand.StartsWith("heic"u8) || brand.StartsWith("heix"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("avif"u8) ? null : "video/mp4";

    /// <summary>Office writes its parts in no fixed order, but their folders have names; another archive stays one.</summary>
    private static string Zip(ReadOnlySpan<byte> b)
    {
        const string Office = "application/vnd.openxmlformats-officedocument.";
        if (b.IndexOf("word/"u8) >= 0) return Office + "wordprocessingml.document";
        if (b.IndexOf("xl/"u8) >= 0) return Office + "spreadsheetml.sheet";
        if (b.IndexOf("ppt/"u8) >= 0) return Office + "presentationml.presentation";
        return "application/zip";
    }

    private static string Ole(ReadOnlySpan<byte> b) =>
        Holds(b, "WordDocument") ? "application/msword"
        : Holds(b, "Workbook") ? "application/vnd.ms-excel"
        : Holds(b, "PowerPoint Document") ? "application/vnd.ms-powerpoint" : "application/x-ole-storage";

    private static bool Holds(ReadOnlySpan<byte> b, string directoryEntry) => b.IndexOf(Encoding.Unicode.GetBytes(directoryEntry)) >= 0;

    private static SniffedContent Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            return Markup((bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]));
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        // Text of the older one-byte alphabets has bytes that are no UTF-8, but no control characters either.
        if (bytes.ContainsAnyInRange<byte>(0x00, 0x08) || bytes.ContainsAnyInRange<byte>(0x0E, 0x1A)) return Unknown;
        return Markup(Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes));
    }

    private static SniffedContent Markup(string text)
    {
        string start = text.TrimStart().ToLowerInvariant();
        if (start.StartsWith("begin:vcard", StringComparison.Ordinal)) return new SniffedContent(SniffedKind.Known, "text/vcard");
        if (start.Contains("<svg", StringComparison.Ordinal)) return new SniffedContent(SniffedKind.Refused, "image/svg+xml");
        foreach (string tag in ActiveMarkup)
            if (start.Contains(tag, StringComparison.Ordinal)) return new SniffedContent(SniffedKind.Refused, "text/html");
        return start.StartsWith('<') ? Unknown : new SniffedContent(SniffedKind.Known, "text/plain");
    }
}
