using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Messaging;

/// <summary>A page, a customer of it, and the states that they can be in.</summary>
internal static class MessagingStories
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");
    public static readonly ContactIdentity Customer = new(ChannelType.Messenger, "3383290475046708", "117172741761305");
    public static readonly ContactId Id = ContactId.Of(Workspace, Customer);
    public static readonly InboundSender Sender = new([Customer]);

    public static Channel Page { get; } = new()
    {
        Workspace = Workspace,
        Id = ChannelId.From(new byte[10]),
        Name = "Page",
        Type = ChannelType.Messenger,
        Provider = "messenger",
        Credentials = new Dictionary<string, string> { ["pageId"] = "117172741761305" },
        WebhookToken = new WebhookToken("t"),
        CreatedAt = Now,
    };

    public static InboundWelcome Welcome(Referral? referral = null) => new() { ProviderId = "w1", From = Sender, Referral = referral, OccurredAt = Now.AddSeconds(-5) };

    public static InboundEcho Echo { get; } = new() { ProviderId = "m_echo", To = Sender, Content = MessageContent.OfText("From the phone"), OccurredAt = Now.AddSeconds(-5) };

    public static ContactState Written() => Receive(ContactState.None, "Hi");

    public static ContactState Receive(ContactState state, string text, MessageKind kind = MessageKind.Text) => state.Apply(ReceiveMessage.Decide(
        state, Workspace, Id, Page,
        new InboundMessage { ProviderId = text, From = Sender, Content = new MessageContent { Kind = kind, Text = text }, OccurredAt = Now.AddMinutes(-1) }, Now));

    public static ContactState HeldByAi()
    {
        ContactState state = Written();
        return state.Apply(new ConversationAssigned(state.Open!.Id, Owner.Ai("ai_1", "Bot"), Owner.None, null, "ai", Actor.System, Now));
    }

    public static ContactState Closed()
    {
        ContactState state = Written();
        return state.Apply(new ConversationClosed(state.Open!.Id, new ClosedBy(ClosedSource.User), null, Actor.System, Now));
    }

    public static ContactState Blocked()
    {
        ContactState state = Closed();
        return state with { Contact = state.Contact! with { Blocked = true } };
    }
}
