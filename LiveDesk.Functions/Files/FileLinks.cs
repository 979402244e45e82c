using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Files;

/// <summary>What the token of a link says.</summary>
internal enum LinkVerdict
{
    Valid,
    Expired,
    Forged,
}

/// <summary>
/// Public, short-lived addresses of stored files: <c>{base}/api/media/{token}/{name}</c>. The token carries the file's key and the instant of expiry
/// under an HMAC; whoever has it may read that one file until then.
/// </summary>
internal sealed class FileLinks(LiveDeskOptions options, TimeProvider time) : IMediaLinks
{
    /// <summary>A provider may fetch a file only when its own queue gets there (Twilio: up to 4 h).</summary>
    private static readonly TimeSpan ForProviders = TimeSpan.FromHours(6);

    private static readonly TimeSpan ForReaders = TimeSpan.FromHours(1);

    // Expiries fall on quarters of an hour, so that a list that is read again shows the same address and a browser its copy.
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(15);

    private const int MacLength = 16;
    private const int ExpiryLength = 8;

    private readonly byte[] _key = KeyOf(options.SecretsKey);

    // Links that were given out before the key was rotated are good until they expire.
    private readonly byte[]? _previous = options.SecretsKeyPrevious is { } previous ? KeyOf(previous) : null;

    public Task<IReadOnlyList<OutboundMedia>> OfAsync(WorkspaceId workspace, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OutboundMedia>>(
            [.. attachments.Where(a => a.Key is not null).Select(a => new OutboundMedia(a, Of(a.Key!, a.FileName, ForProviders)))]);

    /// <summary>For a reader of the API; null while there is no copy.</summary>
    public string? Of(Attachment attachment) =>
        attachment is { State: AttachmentState.Ready, Key: { } key } ? Of(key, attachment.FileName, ForReaders).AbsoluteUri : null;

    public string Of(StoredFile file) => Of(file.Key, file.Facts.FileName, ForReaders).AbsoluteUri;

    public LinkVerdict Read(string token, out string key, out DateTimeOffset expires)
    {
        (key, expires) = ("", default);
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            return LinkVerdict.Forged;
        }
        if (bytes.Length <= MacLength + ExpiryLength) return LinkVerdict.Forged;
        if (!IsSigned(bytes, _key) && (_previous is null || !IsSigned(bytes, _previous))) return LinkVerdict.Forged;
        expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(MacLength)));
        key = Encoding.UTF8.GetString(bytes.AsSpan(MacLength + ExpiryLength));
        return expires > time.GetUtcNow() ? LinkVerdict.Valid : LinkVerdict.Expired;
    }

    private Uri Of(string key, string? fileName, TimeSpan lifetime)
    {
        long quarter = (long)Rounding.TotalSeconds;
        long expires = ((time.GetUtcNow() + lifetime).ToUnixTimeSeconds() / quarter + 1) * quarter;
        byte[] token = new byte[MacLength + ExpiryLength + Encoding.UTF8.GetByteCount(key)];
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(MacLength), expires);
        Encoding.UTF8.GetBytes(key, token.AsSpan(MacLength + ExpiryLength));
        Mac(_key, token.AsSpan(MacLength)).CopyTo(token, 0);
        string name = Uri.EscapeDataString(fileName ?? "file");
        return new Uri($"{options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}/api/media/{Base64Url.EncodeToString(token)}/{name}");
    }

    private static bool IsSigned(byte[] token, byte[] key) =>
        CryptographicOperations.FixedTimeEquals(Mac(key, token.AsSpan(MacLength)), token.AsSpan(0, MacLength));

    private static byte[] Mac(byte[] key, ReadOnlySpan<byte> signed) => HMACSHA256.HashData(key, signed)[..MacLength];

    private static byte[] KeyOf(byte[] secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "livedesk file links"u8.ToArray());
}
