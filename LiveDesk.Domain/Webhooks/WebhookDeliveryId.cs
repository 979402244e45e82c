using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>Tells when the event happened and which it was: the id alone finds the row, and rows are in the order of the events.</summary>
/// <param name="OccurredAt">Milliseconds since 1970.</param>
public readonly record struct WebhookDeliveryId(long OccurredAt, string Hash)
{
    private const int HashLength = 24;

    public static string HashOf(string eventId) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)).AsSpan(0, 15));

    public static bool TryParse(string? text, out WebhookDeliveryId id)
    {
        id = default;
        if (text?.Split('_') is not ["wd", var at, { Length: HashLength } hash] || !Base32.TryDecode(at, out long occurredAt) || !Base32.IsEncoded(hash)
            || occurredAt > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;
        id = new WebhookDeliveryId(occurredAt, hash);
        return true;
    }

    public override string ToString() => $"wd_{Base32.Encode(OccurredAt)}_{Hash}";
}
