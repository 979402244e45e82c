using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Assignment;

public sealed class When_a_conversation_gets_an_owner
{
    private static readonly Owner Ana = Owner.Agent(Given.Ana, "Ana"), Luis = Owner.Agent(Given.Luis, "Luis");

    [Fact]
    public void Writes_who_why_and_a_new_version()
    {
        ContactState state = Given.Talking();

        ContactState after = state.Apply(Assign(state, Ana).Events);

        Assert.Equal((Ana, 1, "load"), (after.Open!.Owner, after.Open.OwnerVersion, after.Open.AssignmentReason));
        Assert.True(after.Open.LastActivityAt > state.Open!.LastActivityAt);
    }

    [Fact]
    public void Changes_nothing_for_the_owner_it_has() =>
        Assert.Same(Decision.Nothing, Assign(Given.Talking(conversation: c => c with { Owner = Ana }), Ana));

    [Fact]
    public void Moves_to_another_by_hand_but_not_by_machine()
    {
        ContactState held = Given.Talking(conversation: c => c with { Owner = Ana });

        Assert.Equal(Ana, Assert.IsType<ConversationAssigned>(Assert.Single(Assign(held, Luis).Events)).Previous);
        Assert.Equal((RefusalKind.Conflict, "already_owned"), Kind(Assign(held, Luis, onlyIfUnowned: true)));
        Assert.Equal((RefusalKind.Conflict, "already_owned"), Kind(Assign(held, Ana, onlyIfUnowned: true)));
    }

    [Fact]
    public void Tells_the_team_from_the_person()
    {
        ContactState held = Given.Talking(conversation: c => c with { Owner = Ana, TeamId = "t1" });

        ContactState moved = held.Apply(Assign(held, Ana, team: "t2").Events);

        Assert.Equal("t2", moved.Open!.TeamId);
        Assert.Same(Decision.Nothing, Assign(held, Ana, team: "t1"));
    }

    [Fact]
    public void Is_too_late_when_it_is_closed()
    {
        ContactState closed = Given.Talking(c => c with { OpenConversation = null }, c => c with { Status = ConversationStatus.Closed });

        Assert.Equal((RefusalKind.Rule, "conversation_closed"), Kind(Assign(closed, Ana)));
        Assert.Equal((RefusalKind.Rule, "conversation_closed"), Kind(Unassign(closed)));
        Assert.Equal(RefusalKind.NotFound, Assign(ContactState.None, Ana).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, Unassign(ContactState.None).Refusal?.Kind);
    }

    [Fact]
    public void Loses_it_again_under_yet_another_version()
    {
        ContactState held = Given.Talking(conversation: c => c with { Owner = Ana, OwnerVersion = 4, AssignmentReason = "load" });

        ContactState after = held.Apply(Unassign(held).Events);

        Assert.Equal((Owner.None, 5), (after.Open!.Owner, after.Open.OwnerVersion));
        Assert.Null(after.Open.AssignmentReason);
        Assert.Same(Decision.Nothing, Unassign(after));
    }

    private static (RefusalKind?, string?) Kind(Decision decision) => (decision.Refusal?.Kind, decision.Refusal?.Code);

    private static Decision Unassign(ContactState state) => UnassignConversation.Decide(state, Given.ConversationId, "manual", Actor.System, Given.Now);

    private static Decision Assign(ContactState state, Owner owner, string? team = null, bool onlyIfUnowned = false) =>
        AssignConversation.Decide(state, new AssignCommand(Given.ConversationId, owner, team, "load", Actor.System, onlyIfUnowned), Given.Now);
}
