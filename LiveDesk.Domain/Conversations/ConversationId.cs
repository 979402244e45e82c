using System.Text.Json.Serialization;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>A contact's n-th conversation, from 1. The id alone finds its row.</summary>
[JsonConverter(typeof(StringIdConverter<ConversationId>))]
public readonly record struct ConversationId(ContactId Contact, int Number) : IStringId<ConversationId>
{
    /// <summary>The most conversations that one contact can have; the row key counts down from it.</summary>
    public const int MaximumNumber = 999_999;

    private const string Prefix = "cv_";

    public string Value => $"{Prefix}{Contact.Key}_{Base32.Encode(Number)}";

    public static bool TryParse(string? text, out ConversationId id)
    {
        id = default;
        string[]? parts = text?.Split('_');
        if (parts is not ["cv", _, _] || !ContactId.TryFromKey(parts[1], out ContactId contact)
            || !Base32.TryDecode(parts[2], out long number) || number is < 1 or > MaximumNumber) return false;
        id = new ConversationId(contact, (int)number);
        return true;
    }

    public override string ToString() => Value;
}
