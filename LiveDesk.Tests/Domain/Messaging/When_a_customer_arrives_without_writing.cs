using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using static LiveDesk.Tests.Domain.Messaging.MessagingStories;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_customer_arrives_without_writing
{
    [Fact]
    public void Opens_a_conversation_of_a_new_contact()
    {
        IReadOnlyList<DomainEvent> events = Decide(ContactState.None, Welcome());
        ContactState after = ContactState.None.Apply(events);

        Assert.Equal([typeof(ContactCreated), typeof(ConversationOpened), typeof(CustomerArrived)], events.Select(e => e.GetType()));
        Assert.Equal(OpenedSource.Welcome, after.Open!.OpenedBy.Source);
        Assert.Equal((0, null), (after.Open.InboundCount, after.Open.CustomerWaitingSince));
    }

    [Fact]
    public void Opens_no_second_conversation()
    {
        ContactState before = Written();

        ContactState after = before.Apply(Decide(before, Welcome()));

        Assert.Equal(before.Open!.Id, after.Open!.Id);
        Assert.Equal(1, after.Contact!.Conversations);
    }

    [Fact]
    public void Opens_the_next_one_after_a_close() => Assert.Equal(2, Closed().Apply(Decide(Closed(), Welcome())).Open!.Id.Number);

    [Fact]
    public void Lets_the_desk_write_for_a_day()
    {
        ContactState after = ContactState.None.Apply(Decide(ContactState.None, Welcome()));

        Assert.True(after.Contact!.IsWindowOpen(Page.Id, ChannelType.Messenger, Now.AddHours(23)));
        Assert.False(after.Contact!.IsWindowOpen(Page.Id, ChannelType.Messenger, Now.AddHours(24)));
    }

    [Fact]
    public void Keeps_what_the_customer_was_told_with_the_answer()
    {
        MessagePosted told = Decide(ContactState.None, Welcome() with { Answered = "Vítejte!" }).OfType<MessagePosted>().Single();

        Assert.Null(told.To);
        Assert.Equal(("Vítejte!", MessageDirection.Out, DeliveryStatus.Sent), (told.Message.Content.Text, told.Message.Direction, told.Message.Status));
        Assert.Equal(Actor.System, told.Message.Author);
    }

    [Fact]
    public void Opens_nothing_for_a_blocked_contact() => Assert.Empty(Decide(Blocked(), Welcome()));

    [Fact]
    public void Shows_what_brought_the_customer_here()
    {
        CustomerArrived arrived = Decide(Written(), Welcome(new Referral("ADS", "77", null, "Summer sale", null, "ref"))).OfType<CustomerArrived>().Single();

        Assert.Equal("Came through ads: Summer sale", Timeline.Entry(arrived, 9)!.Content.Text);
        Assert.Null(Timeline.Entry(arrived with { Referral = null }, 9));
    }

    private static IReadOnlyList<DomainEvent> Decide(ContactState state, InboundWelcome welcome) => ReceiveWelcome.Decide(state, Workspace, Id, Page, welcome, Now);
}
