using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Contacts;

public sealed class When_a_customer_leaves_and_comes_back
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");
    private static readonly ChannelId Bot = ChannelId.From(new byte[10]);
    private static readonly ContactIdentity Customer = new(ChannelType.Viber, "01234567890A=", Bot.Value);

    [Fact]
    public void Opts_out_with_unsubscribing_and_in_with_subscribing()
    {
        ContactState there = Known();

        ContactState gone = there.Apply(Decide(there, Subscription(false, Now)).Events);
        ContactState back = gone.Apply(Decide(gone, Subscription(true, Now.AddMinutes(1))).Events);

        Assert.True(gone.Contact!.IsOptedOut(Bot));
        Assert.False(back.Contact!.IsOptedOut(Bot));
    }

    [Fact]
    public void Makes_nothing_of_a_subscription_that_changes_nothing()
    {
        Assert.Empty(Decide(ContactState.None, Subscription(false, Now)).Events);
        Assert.Empty(Decide(Known(), Subscription(true, Now)).Events);
    }

    [Fact]
    public void Becomes_a_contact_by_subscribing_and_no_conversation_opens()
    {
        ContactState state = ContactState.None.Apply(Decide(ContactState.None, Subscription(true, Now)).Events);

        Assert.Equal(("Ann", Customer), (state.Contact!.Name, Assert.Single(state.Contact.Identities)));
        Assert.Null(state.Latest);
    }

    [Fact]
    public void Is_subscribed_by_writing_whatever_late_news_says()
    {
        ContactState gone = Known() with { Contact = Known().Contact! with { OptedOutChannels = [Bot] } };
        ContactState wrote = gone.Apply(Written(gone, Now));

        Assert.False(wrote.Contact!.IsOptedOut(Bot));
        Assert.False(wrote.Latest!.Quiet);
        Assert.Empty(Decide(wrote, Subscription(false, Now.AddSeconds(-5))).Events);
        Assert.NotEmpty(Decide(wrote, Subscription(false, Now.AddSeconds(5))).Events);
    }

    private static Decision Decide(ContactState state, InboundSubscription subscription) =>
        OptOut.Decide(state, Workspace, ContactId.Of(Workspace, Customer), Bot, subscription, Now);

    private static IReadOnlyList<DomainEvent> Written(ContactState state, DateTimeOffset at) => ReceiveMessage.Decide(
        state, Workspace, ContactId.Of(Workspace, Customer), Channel, new InboundMessage
        {
            OccurredAt = at,
            ProviderId = "1",
            From = new InboundSender([Customer]),
            Content = MessageContent.OfText("hi"),
        }, at);

    private static ContactState Known() => new(new Contact
    {
        Workspace = Workspace,
        Id = ContactId.Of(Workspace, Customer),
        Identities = [Customer],
        CreatedAt = Now,
        UpdatedAt = Now,
    }, null);

    private static InboundSubscription Subscription(bool subscribed, DateTimeOffset at) =>
        new() { OccurredAt = at, From = new InboundSender([Customer], "Ann"), Subscribed = subscribed };

    private static readonly Channel Channel = new()
    {
        Workspace = Workspace,
        Id = Bot,
        Name = "Bot",
        Type = ChannelType.Viber,
        Provider = "viber",
        Credentials = new Dictionary<string, string>(),
        WebhookToken = new WebhookToken("t"),
        CreatedAt = Now,
    };
}
