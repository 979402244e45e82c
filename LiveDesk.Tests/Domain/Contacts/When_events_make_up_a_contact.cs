using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Contacts;

public sealed class When_events_make_up_a_contact
{
    [Fact]
    public void A_whole_life_adds_up()
    {
        Owner ana = Owner.Agent(Given.Ana, "Ana");
        ContactState state = ContactState.None.Apply(
        [
            new ContactCreated(Given.Contact(), Given.Now),
            new ConversationOpened(Given.Conversation(), Actor.System, Given.Now),
            new MessageReceived(Incoming("Hi", 1), Given.Customer, Given.ChannelId(), Given.Now),
            new ConversationAssigned(Given.ConversationId, ana, Owner.None, "t1", "load", Actor.System, Given.Now),
            new MessagePosted(Given.Message(sequence: 2), Given.Customer, Given.Now.AddMinutes(1)),
            new ConversationRead(Given.ConversationId, Given.Ana.Value, 1, Given.Now.AddMinutes(1)),
            new ConversationClosed(Given.ConversationId, new ClosedBy(ClosedSource.User), null, Actor.System, Given.Now.AddMinutes(2)),
        ]);

        Assert.Equal((1, (ConversationId?)null, 3L), (state.Contact!.Conversations, state.Contact.OpenConversation, state.Contact.NextSequence));
        Conversation closed = state.Latest!;
        Assert.Equal((ana, 1, "t1", "load"), (closed.Owner, closed.OwnerVersion, closed.TeamId, closed.AssignmentReason));
        Assert.Equal((0, 1), (closed.UnreadFor(Given.Ana.Value), closed.UnreadFor(Given.Luis.Value)));
        Assert.Equal(Given.Now.AddMinutes(1), closed.FirstReplyAt);
    }

    [Fact]
    public void What_is_about_an_earlier_conversation_does_not_touch_the_latest()
    {
        var second = new ConversationId(Given.ContactId, 2);
        ContactState state = Given.Talking(c => c with { Conversations = 2, OpenConversation = second }, c => c with { Id = second });

        ContactState after = state.Apply(
        [
            new ConversationAssigned(Given.ConversationId, Owner.Agent(Given.Ana, "Ana"), Owner.None, null, "x", Actor.System, Given.Now),
            new MessagePosted(Given.Message(sequence: 1), null, Given.Now),
            new ConversationRead(Given.ConversationId, Given.Ana.Value, 1, Given.Now),
        ]);

        Assert.Equal(state.Latest, after.Latest);
        Assert.Equal(second, after.Contact!.OpenConversation);
    }

    [Fact]
    public void A_message_that_comes_late_does_not_become_the_last_one()
    {
        ContactState state = Given.Talking().Apply(new MessageReceived(Incoming("new", 10), Given.Customer, Given.ChannelId(), Given.Now));

        ContactState after = state.Apply(
            new MessageReceived(Incoming("old", 11) with { OccurredAt = Given.Now.AddMinutes(-5) }, Given.Customer, Given.ChannelId(), Given.Now));

        Assert.Equal("new", after.Open!.LastMessage!.Preview);
        Assert.Equal(2, after.Open.InboundCount);
    }

    [Fact]
    public void A_preview_is_not_cut_through_a_character()
    {
        ContactState state = Given.Talking().Apply(
            new MessageReceived(Incoming(new string('a', 119) + "😀 and more", 10), Given.Customer, Given.ChannelId(), Given.Now));

        Assert.Equal(new string('a', 119) + "…", state.Open!.LastMessage!.Preview);
    }

    [Fact]
    public void Activity_never_goes_back()
    {
        ContactState state = Given.Talking(conversation: c => c with { LastActivityAt = Given.Now.AddMinutes(1) });

        ContactState after = state.Apply(new MessageReceived(Incoming("x", 10), Given.Customer, Given.ChannelId(), Given.Now));

        Assert.True(after.Open!.LastActivityAt > state.Open!.LastActivityAt);
    }

    private static Message Incoming(string text, long sequence) => Given.Message(null, text, sequence) with { Direction = MessageDirection.In };
}
