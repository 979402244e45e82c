using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

public enum UploadKind
{
    Attachment,

    /// <summary>A draft that is sent once.</summary>
    VoiceNote,
}

/// <summary>A file that the desk was given: <c>at_</c> or <c>vn_</c> and 16 characters of base 32. With its workspace it names the stored file.</summary>
[JsonConverter(typeof(StringIdConverter<UploadId>))]
public readonly record struct UploadId : IStringId<UploadId>
{
    private UploadId(string value) => Value = value;

    public string Value { get; }

    public UploadKind Kind => Value.StartsWith("vn_", StringComparison.Ordinal) ? UploadKind.VoiceNote : UploadKind.Attachment;

    /// <param name="random">80 random bits.</param>
    public static UploadId From(UploadKind kind, ReadOnlySpan<byte> random) => new(Prefix(kind) + Base32.Encode(random[..10]));

    /// <summary>The same for the same idempotency key, so that a repeated upload finds the first.</summary>
    public static UploadId Of(UploadKind kind, WorkspaceId workspace, string idempotencyKey) =>
        From(kind, SHA256.HashData(Encoding.UTF8.GetBytes($"{workspace}\n{idempotencyKey}")));

    public static bool TryParse(string? text, out UploadId id)
    {
        bool valid = text is { Length: 19 } && (text.StartsWith("at_", StringComparison.Ordinal) || text.StartsWith("vn_", StringComparison.Ordinal))
            && Base32.IsEncoded(text.AsSpan(3));
        id = valid ? new UploadId(text!) : default;
        return valid;
    }

    /// <summary>Where the file is stored.</summary>
    public string KeyIn(WorkspaceId workspace) => $"uploads/{workspace}/{Value}";

    public override string ToString() => Value;

    private static string Prefix(UploadKind kind) => kind == UploadKind.VoiceNote ? "vn_" : "at_";
}
