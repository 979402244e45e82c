using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Domain.Messaging.MessagingStories;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_customer_reacts
{
    [Fact]
    public void Leaves_a_closed_conversation_closed_and_as_it_was()
    {
        ContactState before = Closed();

        ContactState after = Receive(before, "👍", MessageKind.Reaction);

        Assert.Equal(before.Latest, after.Latest);
        Assert.Equal(1, after.Contact!.Conversations);
    }

    [Fact]
    public void Waits_for_no_answer()
    {
        ContactState written = Written();
        ContactState answered = written with { Latest = written.Latest! with { CustomerWaitingSince = null } };

        Assert.Null(Receive(answered, "👍", MessageKind.Reaction).Open!.CustomerWaitingSince);
        Assert.Equal(Now, Receive(answered, "Well?").Open!.CustomerWaitingSince);
    }

    [Fact]
    public void Opens_the_first_conversation_of_somebody_unknown() =>
        Assert.Equal(1, Receive(ContactState.None, "👍", MessageKind.Reaction).Open!.Id.Number);
}
