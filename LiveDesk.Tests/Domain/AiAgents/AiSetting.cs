using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.AiAgents;

/// <summary>A conversation that an AI agent holds, in which the customer waits since 5 s for an answer to message 7.</summary>
internal static class AiSetting
{
    public const int Version = 2;
    public const long Question = 7;

    public static readonly Actor Bot = new(ActorKind.Ai, "ai_1", "Bot");

    public static readonly ProviderTraits Traits = new()
    {
        Name = "twilio",
        Types = [ChannelType.WhatsApp],
        Credentials = [],
        MaximumTextLength = 100,
        DefaultRate = 1,
    };

    public static ContactState Waiting(Func<Contact, Contact>? contact = null, Func<Conversation, Conversation>? conversation = null) =>
        Given.Talking(contact, c =>
        {
            Conversation held = c with
            {
                Owner = Owner.Ai("ai_1", "Bot"),
                OwnerVersion = Version,
                LastQuestion = Question,
                CustomerWaitingSince = Given.Now.AddSeconds(-5),
            };
            return conversation?.Invoke(held) ?? held;
        });

    public static AiTurn Turn(AiAnswer answer, AiProgress? before = null, AiAgentKind kind = AiAgentKind.Gpt) =>
        new(Given.ConversationId, kind, Bot, before ?? new AiProgress(Version), Question, answer, Given.Channel(), Traits);

    public static AiTurn Says(string? text, params AiEffect[] effects) => Turn(new AiAnswer.Said(text, effects));

    /// <summary>A message of the conversation; the sequence number is also the minute.</summary>
    public static Message Line(long sequence, MessageDirection direction, string? text, ActorKind author = ActorKind.Contact, MessageKind kind = MessageKind.Text)
    {
        DateTimeOffset at = Given.Now.AddHours(-1).AddMinutes(sequence);
        return new Message
        {
            Id = MessageId.Create(Given.ConversationId, at, sequence),
            Direction = direction,
            Author = new Actor(author),
            Content = new MessageContent { Kind = kind, Text = text },
            Channel = Given.ChannelId(),
            OccurredAt = at,
            ReceivedAt = at,
        };
    }
}
