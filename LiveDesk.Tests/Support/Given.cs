using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Support;

/// <summary>One of everything, for tests that change what they are about.</summary>
internal static class Given
{
    public static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");

    /// <summary>2026-03-02 09:00 UTC, as the fake clock starts.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ContactIdentity Customer = new(ChannelType.WhatsApp, "+15550001111");

    public static readonly ContactId ContactId = ContactId.Of(Workspace, Customer);

    public static readonly ConversationId ConversationId = new(ContactId, 1);

    public static readonly AgentId Ana = Agent(1);

    public static readonly AgentId Luis = Agent(2);

    public static AgentId Agent(byte number) => AgentId.From([0, 0, 0, 0, 0, 0, 0, 0, 0, number]);

    public static ChannelId ChannelId(byte number = 1) => LiveDesk.Domain.Channels.ChannelId.From([0, 0, 0, 0, 0, 0, 0, 0, 0, number]);

    public static Channel Channel(byte number = 1, ChannelType type = ChannelType.WhatsApp) => new()
    {
        Workspace = Workspace,
        Id = ChannelId(number),
        Name = "Sales",
        Type = type,
        Provider = "twilio",
        PhoneNumber = E164.Parse("+15550002222"),
        Credentials = new Dictionary<string, string>(),
        WebhookToken = new WebhookToken("0123456789abcdefghjkmnpqrstvwxyz"),
        AgentIds = [Ana, Luis],
        CreatedAt = Now,
    };

    public static Contact Contact(params ContactIdentity[] identities) => new()
    {
        Workspace = Workspace,
        Id = ContactId,
        Identities = identities.Length == 0 ? [Customer] : identities,
        LastInboundAt = new Dictionary<string, DateTimeOffset> { [ChannelId().Value] = Now.AddHours(-1) },
        CreatedAt = Now.AddDays(-1),
        UpdatedAt = Now.AddDays(-1),
    };

    public static Conversation Conversation(int number = 1) => new()
    {
        Id = new ConversationId(ContactId, number),
        Channel = ChannelId(),
        OpenedAt = Now.AddHours(-1),
        OpenedBy = new OpenedBy(OpenedSource.Contact),
        LastActivityAt = Now.AddHours(-1),
    };

    /// <summary>A contact with one open conversation.</summary>
    public static ContactState Talking(Func<Contact, Contact>? contact = null, Func<Conversation, Conversation>? conversation = null)
    {
        Conversation open = Conversation();
        Contact known = Contact() with { Conversations = 1, OpenConversation = open.Id, NextSequence = 10 };
        return new ContactState(contact?.Invoke(known) ?? known, conversation?.Invoke(open) ?? open);
    }

    public static InboundMessage Inbound(string text = "Hello", string providerId = "SM1", ContactIdentity? from = null) => new()
    {
        ProviderId = providerId,
        From = new InboundSender([from ?? Customer], "Zoë"),
        Content = MessageContent.OfText(text),
        OccurredAt = Now,
    };

    public static Message Message(DeliveryStatus? status = DeliveryStatus.Queued, string text = "Hello", long sequence = 7) => new()
    {
        Id = MessageId.Create(ConversationId, Now, sequence),
        Direction = MessageDirection.Out,
        Author = new Actor(ActorKind.Agent, Ana.Value, "Ana"),
        Content = MessageContent.OfText(text),
        Channel = ChannelId(),
        Status = status,
        OccurredAt = Now,
        ReceivedAt = Now,
    };
}
