using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Conversations;

public sealed class When_a_conversation_is_closed
{
    private static readonly Actor Person = new(ActorKind.Agent, Given.Ana.Value, "Ana");

    [Fact]
    public void Says_who_and_frees_the_slot_of_the_contact()
    {
        ContactState state = Given.Talking(conversation: c => c with { Owner = Owner.Agent(Given.Ana, "Ana"), CustomerWaitingSince = Given.Now });

        ContactState after = state.Apply(Decide(state).Events);

        Assert.Null(after.Open);
        Assert.Null(after.Contact!.OpenConversation);
        Assert.Equal((ConversationStatus.Closed, Given.Now, ClosedSource.User), (after.Latest!.Status, after.Latest.ClosedAt, after.Latest.ClosedBy!.Source));
        Assert.Null(after.Latest.CustomerWaitingSince);
        Assert.Equal(state.Open!.TimerVersion + 1, after.Latest.TimerVersion);
        Assert.Equal(OwnerKind.Agent, after.Latest.Owner.Kind); // reports want to know who closed it
    }

    [Fact]
    public void Is_not_closed_twice()
    {
        ContactState closed = Given.Talking();
        closed = closed.Apply(Decide(closed).Events);

        Assert.Same(Decision.Nothing, Decide(closed));
    }

    [Fact]
    public void Leaves_the_next_conversation_alone()
    {
        ContactState next = Given.Talking(
            c => c with { Conversations = 2, OpenConversation = new ConversationId(Given.ContactId, 2) }, c => c with { Id = new ConversationId(Given.ContactId, 2) });

        Assert.Same(Decision.Nothing, Decide(next));
        Assert.Equal(RefusalKind.NotFound, Decide(Given.Talking(), Command() with { Conversation = new ConversationId(Given.ContactId, 9) }).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, Decide(ContactState.None).Refusal?.Kind);
    }

    [Theory]
    [InlineData(ClosingNotePolicy.Optional, null, null, null)]
    [InlineData(ClosingNotePolicy.Optional, "Sold", "x", null)]
    [InlineData(ClosingNotePolicy.SummaryOptional, null, null, "category")]
    [InlineData(ClosingNotePolicy.SummaryOptional, " ", "x", "category")]
    [InlineData(ClosingNotePolicy.SummaryOptional, "Sold", null, null)]
    [InlineData(ClosingNotePolicy.Required, null, "x", "category")]
    [InlineData(ClosingNotePolicy.Required, "Sold", null, "summary")]
    [InlineData(ClosingNotePolicy.Required, "Sold", "  ", "summary")]
    [InlineData(ClosingNotePolicy.Required, "Sold", "x", null)]
    [InlineData(ClosingNotePolicy.Off, null, null, null)]
    [InlineData(ClosingNotePolicy.Off, "Sold", null, "category")]
    [InlineData(ClosingNotePolicy.Off, null, "x", "summary")]
    public void Wants_the_note_that_the_channel_asks_of_people(ClosingNotePolicy policy, string? category, string? summary, string? field)
    {
        ClosingNote? note = category is null && summary is null ? null : new ClosingNote(category, summary);
        CloseCommand command = Command() with { Note = note, Channel = Given.Channel() with { Settings = new ChannelSettings { ClosingNotes = policy } } };

        Decision byPerson = Decide(Given.Talking(), command);
        Decision byMachine = Decide(Given.Talking(), command with { ClosedBy = new ClosedBy(ClosedSource.Auto), By = Actor.System });

        Assert.Equal(field, byPerson.Refusal?.Field);
        Assert.Equal(field is null ? null : (RefusalKind?)RefusalKind.Rule, byPerson.Refusal?.Kind);
        Assert.Null(byMachine.Refusal);
    }

    [Theory]
    [InlineData(true, ClosedSource.User, OwnerKind.None)]
    [InlineData(false, ClosedSource.User, OwnerKind.Agent)]
    [InlineData(true, ClosedSource.Auto, OwnerKind.Agent)]
    public void Unassigns_where_the_channel_says_so_and_a_person_closed(bool unassign, ClosedSource source, OwnerKind owner)
    {
        ContactState state = Given.Talking(conversation: c => c with { Owner = Owner.Agent(Given.Ana, "Ana") });
        CloseCommand command = Command() with { ClosedBy = new ClosedBy(source), Channel = Given.Channel() with { Settings = new ChannelSettings { UnassignOnManualClose = unassign } } };

        Assert.Equal(owner, state.Apply(Decide(state, command).Events).Latest!.Owner.Kind);
    }

    private static Decision Decide(ContactState state, CloseCommand? command = null) => CloseConversation.Decide(state, command ?? Command(), Given.Now);

    private static CloseCommand Command() =>
        new(Given.ConversationId, new ClosedBy(ClosedSource.User, Given.Ana.Value), null, Person, Given.Channel());
}
