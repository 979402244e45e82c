using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// Derived from the workspace and the identity a contact was first seen with, so that finding a contact costs no read.
/// </summary>
[JsonConverter(typeof(StringIdConverter<ContactId>))]
public readonly record struct ContactId : IStringId<ContactId>
{
    /// <summary>Characters of the hash: 120 bits.</summary>
    public const int KeyLength = 24;

    private const string Prefix = "ct_";

    private ContactId(string key) => Key = key;

    /// <summary>The id without its prefix; ids of conversations, messages and surveys carry it.</summary>
    public string Key { get; }

    public string Value => Prefix + Key;

    public static ContactId Of(WorkspaceId workspace, ContactIdentity identity)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{workspace}\n{identity.Key}"));
        return new ContactId(Base32.Encode(hash.AsSpan(0, 15)));
    }

    public static bool TryParse(string? text, out ContactId id)
    {
        id = default;
        return text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && TryFromKey(text.AsSpan(Prefix.Length), out id);
    }

    public static bool TryFromKey(ReadOnlySpan<char> key, out ContactId id)
    {
        bool valid = key.Length == KeyLength && Base32.IsEncoded(key);
        id = valid ? new ContactId(key.ToString()) : default;
        return valid;
    }

    public override string ToString() => Value;
}
