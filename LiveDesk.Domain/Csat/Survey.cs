using System.Text.Json.Serialization;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Csat;

/// <summary>The survey of one close: there is at most one for each cycle of a conversation.</summary>
[JsonConverter(typeof(StringIdConverter<SurveyId>))]
public readonly record struct SurveyId(ConversationId Conversation, int Cycle) : IStringId<SurveyId>
{
    private const int MaximumCycle = 99_999;

    public string Value => $"sv_{Conversation.Contact.Key}_{Base32.Encode(Conversation.Number)}_{Base32.Encode(Cycle)}";

    public static bool TryParse(string? text, out SurveyId id)
    {
        id = default;
        string[]? parts = text?.Split('_');
        if (parts is not ["sv", _, _, _] || !ContactId.TryFromKey(parts[1], out ContactId contact)
            || !Base32.TryDecode(parts[2], out long number) || number is < 1 or > ConversationId.MaximumNumber
            || !Base32.TryDecode(parts[3], out long cycle) || cycle is < 1 or > MaximumCycle) return false;
        id = new SurveyId(new ConversationId(contact, (int)number), (int)cycle);
        return true;
    }

    public override string ToString() => Value;
}

/// <summary>A survey with what it is about.</summary>
/// <param name="Owner">Who had the conversation at its close; the score is credited to this person or AI agent.</param>
public sealed record Survey(SurveyId Id, ChannelId Channel, Owner Owner, string? TeamId, DateTimeOffset ClosedAt, SurveyState State)
{
    /// <summary>How the conversation was closed; null for a survey of before that was kept.</summary>
    public ClosedSource? ClosedSource { get; init; }

    /// <summary>Of the closing note.</summary>
    public string? Category { get; init; }

    public string? CategoryId { get; init; }

    /// <summary>Where it was asked; null before that.</summary>
    public ContactIdentity? AskedAt { get; init; }
}
