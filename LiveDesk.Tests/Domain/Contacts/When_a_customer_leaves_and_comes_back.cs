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

        ContactState gone = there.Apply(OptOut.Decide(there, Bot, Subscription(false, Now), Now).Events);
        ContactState back = gone.Apply(OptOut.Decide(gone, Bot, Subscription(true, Now.AddMinutes(1)), Now).Events);

        Assert.True(gone.Contact!.IsOptedOut(Bot));
        Assert.False(back.Contact!.IsOptedOut(Bot));
    }

    [Fact]
    public void Makes_nothing_of_a_subscription_that_changes_nothing()
    {
        Assert.Empty(OptOut.Decide(ContactState.None, Bot, Subscription(false, Now), Now).Events);
        Assert.Empty(OptOut.Decide(Known(), Bot, Subscription(true, Now), Now).Events);
    }

    [Fact]
    public void Is_subscribed_by_writing_whatever_late_news_says()
    {
        ContactState gone = Known() with { Contact = Known().Contact! with { OptedOutChannels = [Bot] } };
        ContactState wrote = gone.Apply(Written(gone, Now));

        Assert.False(wrote.Contact!.IsOptedOut(Bot));
        Assert.False(wrote.Latest!.Quiet);
        Assert.Empty(OptOut.Decide(wrote, Bot, Subscription(false, Now.AddSeconds(-5)), Now).Events);
        Assert.NotEmpty(OptOut.Decide(wrote, Bot, Subscription(false, Now.AddSeconds(5)), Now).Events);
    }

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
        new() { OccurredAt = at, From = new InboundSender([Customer]), Subscribed = subscribed };

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
