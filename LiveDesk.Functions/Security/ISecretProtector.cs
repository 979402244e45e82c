using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Functions.Security;

/// <summary>Encrypts what must not stand in a table in clear.</summary>
internal interface ISecretProtector
{
    /// <param name="purpose">What the secret belongs to; it cannot be read under another purpose.</param>
    string Protect(string secret, string purpose);

    /// <exception cref="CryptographicException">Encrypted under another key or purpose, or damaged.</exception>
    string Unprotect(string protectedSecret, string purpose);

    /// <summary>Whether it was encrypted under the key in force, so that the key before is not needed for it.</summary>
    bool IsCurrent(string protectedSecret);
}

/// <summary>
/// AES-256-GCM; the text is <c>v1.{key id}.{nonce, tag and cipher in base 64}</c>. The key's id (the beginning of its SHA-256) says which key to
/// read it with, so that two may be in use while one replaces the other. What is written is always under the new one.
/// </summary>
internal sealed class AesGcmSecretProtector : ISecretProtector
{
    private const string Version = "v1";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly string _keyId;
    private readonly Dictionary<string, byte[]> _keys;

    /// <param name="key">32 bytes; encrypts and decrypts.</param>
    /// <param name="previous">32 bytes; decrypts what it encrypted before <paramref name="key"/> took its place. Null: none.</param>
    public AesGcmSecretProtector(byte[] key, byte[]? previous = null)
    {
        if (key.Length != 32 || previous is { Length: not 32 }) throw new ArgumentException("A key for secrets must have 32 bytes.", nameof(key));
        _keyId = IdOf(key);
        _keys = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [_keyId] = key };
        if (previous is not null) _keys.TryAdd(IdOf(previous), previous);
    }

    public string Protect(string secret, string purpose)
    {
        byte[] clear = Encoding.UTF8.GetBytes(secret);
        byte[] sealedBytes = new byte[NonceLength + TagLength + clear.Length];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[_keyId], TagLength);
        aes.Encrypt(nonce, clear, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{_keyId}.{Convert.ToBase64String(sealedBytes)}";
    }

    public string Unprotect(string protectedSecret, string purpose)
    {
        string[] parts = protectedSecret.Split('.', 3);
        if (parts is not [Version, _, _]) throw new CryptographicException("Not a secret of ours.");
        if (!_keys.TryGetValue(parts[1], out byte[]? key))
            throw new CryptographicException($"The secret was encrypted under the key {parts[1]}; known are {string.Join(" and ", _keys.Keys)}.");
        byte[] sealedBytes = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], sealedBytes, out int length) || length < NonceLength + TagLength)
            throw new CryptographicException("The secret is damaged.");
        sealedBytes = sealedBytes[..length];
        byte[] clear = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), clear,
            Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(clear);
    }

    public bool IsCurrent(string protectedSecret) => protectedSecret.StartsWith($"{Version}.{_keyId}.", StringComparison.Ordinal);

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
}
