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
}

/// <summary>AES-256-GCM under one key; the text is <c>v1.{key id}.{nonce, tag and cipher in base 64}</c>.</summary>
internal sealed class AesGcmSecretProtector : ISecretProtector
{
    private const string Version = "v1";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;
    private readonly string _keyId;

    /// <param name="key">32 bytes.</param>
    public AesGcmSecretProtector(byte[] key)
    {
        if (key.Length != 32) throw new ArgumentException("The key for secrets must have 32 bytes.", nameof(key));
        _key = key;
        _keyId = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
    }

    public string Protect(string secret, string purpose)
    {
        byte[] clear = Encoding.UTF8.GetBytes(secret);
        byte[] sealedBytes = new byte[NonceLength + TagLength + clear.Length];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, clear, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{_keyId}.{Convert.ToBase64String(sealedBytes)}";
    }

    public string Unprotect(string protectedSecret, string purpose)
    {
        string[] parts = protectedSecret.Split('.', 3);
        if (parts is not [Version, _, _]) throw new CryptographicException("Not a secret of ours.");
        if (parts[1] != _keyId) throw new CryptographicException($"The secret was encrypted under the key {parts[1]}, not {_keyId}.");
        byte[] sealedBytes = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], sealedBytes, out int length) || length < NonceLength + TagLength)
            throw new CryptographicException("The secret is damaged.");
        sealedBytes = sealedBytes[..length];
        byte[] clear = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), clear,
            Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(clear);
    }
}
