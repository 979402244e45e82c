using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Messaging;

/// <summary>A WhatsApp channel, a customer who wrote on it an hour ago, and what the desk answered.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");
    public static readonly ContactIdentity Address = new(ChannelType.WhatsApp, "+15550001111");
    public static readonly ContactId ContactId = ContactId.Of(Workspace, Address);
    public static readonly ConversationId ConversationId = new(ContactId, 1);

    public static readonly Channel Channel = new()
    {
        Workspace = Workspace,
        Id = ChannelId.From(new byte[10]),
        Name = "Ventas",
        Type = ChannelType.WhatsApp,
        Provider = "some",
        Credentials = new Dictionary<string, string>(),
        WebhookToken = new WebhookToken("t"),
        CreatedAt = Now,
    };

    public static readonly Contact Contact = new()
    {
        Workspace = Workspace,
        Id = ContactId,
        Identities = [Address],
        LastInboundAt = new Dictionary<string, DateTimeOffset> { [Channel.Id.Value] = Now.AddHours(-1) },
        OpenConversation = ConversationId,
        Conversations = 1,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static readonly Conversation Conversation = new()
    {
        Id = ConversationId,
        Channel = Channel.Id,
        OpenedAt = Now,
        OpenedBy = new OpenedBy(OpenedSource.Contact),
        LastActivityAt = Now,
    };

    public static readonly ContactState State = new(Contact, Conversation);

    public static readonly ProviderTraits Traits = new()
    {
        Name = "some",
        Types = [ChannelType.WhatsApp],
        Credentials = [],
        MaximumTextLength = 1_600,
        DefaultRate = 80,
        SendsVoice = true,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.WhatsApp] = MediaLimits.WhatsApp },
    };

    public static Message Outgoing(DeliveryStatus status) => new()
    {
        Id = MessageId.Create(ConversationId, Now.AddMinutes(-5), 7),
        Direction = MessageDirection.Out,
        Author = new Actor(ActorKind.Agent, "ag_1", "Ana"),
        Content = MessageContent.OfText("Mañana."),
        Channel = Channel.Id,
        Status = status,
        Failure = status == DeliveryStatus.Failed ? new DeliveryFailure("unreachable", "30003", "Off.") : null,
        ProviderId = "SM1",
        Attempts = [new SendAttempt(1, Now.AddMinutes(-5), "sent", "SM1")],
        OccurredAt = Now.AddMinutes(-5),
        ReceivedAt = Now.AddMinutes(-5),
    };

    /// <summary>A customer's message with files that are still to be fetched.</summary>
    public static Message Incoming(params string[] sources)
    {
        var id = MessageId.Create(ConversationId, Now, 3);
        return new Message
        {
            Id = id,
            Direction = MessageDirection.In,
            Author = new Actor(ActorKind.Contact, ContactId.Value),
            Content = new MessageContent
            {
                Kind = MessageKind.Image,
                Text = "Mira",
                Attachments = [.. sources.Select((s, n) => new Attachment($"{id}_{n}", "image/jpeg", AttachmentState.Pending, Source: s))],
            },
            Channel = Channel.Id,
            OccurredAt = Now,
            ReceivedAt = Now,
        };
    }
}
