using System.Text.Json.Serialization;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// Carries its conversation, the instant it is sorted by (milliseconds since 1970, the provider's time) and the contact's running
/// sequence number, so that a delivery receipt finds its message with one point read.
/// </summary>
[JsonConverter(typeof(StringIdConverter<MessageId>))]
public readonly record struct MessageId(ConversationId Conversation, long OccurredAt, long Sequence) : IStringId<MessageId>
{
    private const string Prefix = "ms_";

    public ContactId Contact => Conversation.Contact;

    public string Value =>
        $"{Prefix}{Conversation.Contact.Key}_{Base32.Encode(Conversation.Number)}_{Base32.Encode(OccurredAt)}_{Base32.Encode(Sequence)}";

    public static MessageId Create(ConversationId conversation, DateTimeOffset occurredAt, long sequence) =>
        new(conversation, Math.Max(0, occurredAt.ToUnixTimeMilliseconds()), sequence);

    public static bool TryParse(string? text, out MessageId id)
    {
        id = default;
        string[]? parts = text?.Split('_');
        if (parts is not ["ms", _, _, _, _] || !ContactId.TryFromKey(parts[1], out ContactId contact)
            || !Base32.TryDecode(parts[2], out long number) || number is < 1 or > ConversationId.MaximumNumber
            || !Base32.TryDecode(parts[3], out long occurredAt) || occurredAt > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !Base32.TryDecode(parts[4], out long sequence)) return false;
        id = new MessageId(new ConversationId(contact, (int)number), occurredAt, sequence);
        return true;
    }

    public override string ToString() => Value;
}
