using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Conversations;

public sealed class When_something_is_done_to_a_conversation
{
    private static readonly Actor Person = new(ActorKind.Agent, Given.Ana.Value, "Ana");
    private static readonly ReopenSettings Within = new(TimeSpan.FromHours(1));

    [Theory]
    [InlineData(ConversationStatus.Open, "Assign,Unassign,Close,Snooze,Priority,Tags,Read,Notes,Messages")]
    [InlineData(ConversationStatus.Snoozed, "Assign,Unassign,Close,Reopen,Snooze,Priority,Tags,Read,Notes,Messages")]
    [InlineData(ConversationStatus.Closed, "Reopen,Tags,Read,Notes")]
    public void Allows_what_the_table_says(ConversationStatus status, string allowed) =>
        Assert.Equal(allowed, string.Join(",", ConversationTransitions.Allowed(status)));

    [Fact]
    public void Refuses_the_rest_with_what_is_allowed()
    {
        Refusal? refusal = SnoozeConversation.Decide(Closed(), Given.ConversationId, null, Person, Given.Now).Refusal;

        Assert.Equal((RefusalKind.Rule, "conversation_closed"), (refusal!.Kind, refusal.Code));
        Assert.Contains("reopen, tags, read, notes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("conversation_closed", PrioritizeConversation.Decide(Closed(), Given.ConversationId, Priority.High, Person, Given.Now).Refusal?.Code);
    }

    [Fact]
    public void Sleeps_until_its_time_and_is_woken_once()
    {
        ContactState state = Given.Talking();
        DateTimeOffset until = Given.Now.AddHours(2);
        state = state.Apply(SnoozeConversation.Decide(state, Given.ConversationId, until, Person, Given.Now).Events);
        int version = state.Latest!.TimerVersion;

        Assert.Equal((ConversationStatus.Snoozed, until), (state.Latest.Status, state.Latest.SnoozedUntil));
        Assert.Same(Decision.Nothing, SnoozeConversation.Decide(state, Given.ConversationId, until, Person, Given.Now));
        Assert.Same(Decision.Nothing, WakeConversation.Decide(state, Given.ConversationId, version, until.AddTicks(-1)));
        Assert.Same(Decision.Nothing, WakeConversation.Decide(state, Given.ConversationId, version - 1, until));
        state = state.Apply(WakeConversation.Decide(state, Given.ConversationId, version, until).Events);
        Assert.Equal((ConversationStatus.Open, null), (state.Latest!.Status, state.Latest.SnoozedUntil));
        Assert.Same(Decision.Nothing, WakeConversation.Decide(state, Given.ConversationId, version, until));
    }

    [Theory]
    [InlineData(0, "until_passed")]
    [InlineData(-5, "until_passed")]
    [InlineData(60 * 24 * 400, "until_too_far")]
    public void Does_not_sleep_into_the_past_or_for_ever(int minutes, string code)
    {
        Refusal? refusal = SnoozeConversation.Decide(Given.Talking(), Given.ConversationId, Given.Now.AddMinutes(minutes), Person, Given.Now).Refusal;

        Assert.Equal((code, "until"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Gives_the_customer_time_anew_when_it_wakes()
    {
        ContactState state = Given.Talking(conversation: c => c with { AwaitingCustomerSince = Given.Now.AddDays(-2), Status = ConversationStatus.Snoozed });

        state = state.Apply(ReopenConversation.Decide(state, Given.ConversationId, new ReopenSettings(), Person, Given.Now).Events);

        Assert.Equal((ConversationStatus.Open, Given.Now), (state.Latest!.Status, state.Latest.AwaitingCustomerSince));
    }

    [Fact]
    public void Reopens_within_the_channels_time_as_the_next_cycle()
    {
        ContactState closed = Closed();

        ContactState again = closed.Apply(ReopenConversation.Decide(closed, Given.ConversationId, Within, Person, Given.Now.AddMinutes(59)).Events);

        Assert.Equal(Given.ConversationId, again.Open!.Id);
        Assert.Equal(Given.ConversationId, again.Contact!.OpenConversation);
        Assert.Equal((2, Given.Now.AddMinutes(59)), (again.Open.Cycle, again.Open.CycleOpenedAt));
        Assert.Equal((OwnerKind.None, OwnerKind.Agent), (again.Open.Owner.Kind, again.Open.FormerOwner!.Kind));
        Assert.Equal((null, null, null), (again.Open.ClosedAt, again.Open.ClosedBy, again.Open.FirstReplyAt));
        Assert.Same(Decision.Nothing, ReopenConversation.Decide(again, Given.ConversationId, Within, Person, Given.Now));
    }

    [Fact]
    public void Does_not_reopen_where_or_when_the_channel_does_not()
    {
        ContactState next = Given.Talking(
            c => c with { Conversations = 2, OpenConversation = new ConversationId(Given.ContactId, 2) }, c => c with { Id = new ConversationId(Given.ContactId, 2) });
        ContactState blocked = Closed() with { Contact = Closed().Contact! with { Blocked = true } };

        Assert.Equal(RefusalKind.Conflict, Reopen(Closed(), new ReopenSettings(), 0));
        Assert.Equal(RefusalKind.Conflict, Reopen(Closed(), Within, 60));
        Assert.Equal(RefusalKind.Conflict, Reopen(next, Within, 0));
        Assert.Equal(RefusalKind.Rule, Reopen(blocked, Within, 0));
        Assert.Equal(RefusalKind.NotFound, Reopen(ContactState.None, Within, 0));

        static RefusalKind? Reopen(ContactState state, ReopenSettings settings, int minutes) =>
            ReopenConversation.Decide(state, Given.ConversationId, settings, Person, Given.Now.AddMinutes(minutes)).Refusal?.Kind;
    }

    [Fact]
    public void Keeps_each_tag_once_whatever_its_case()
    {
        ContactState state = Tag(Given.Talking(), ["VIP", "vip", " Madrid "], []);
        Assert.Equal(["VIP", "Madrid"], state.Latest!.Tags);

        Assert.Same(Decision.Nothing, TagConversation.Decide(state, Given.ConversationId, ["madrid"], ["unknown"], Person, Given.Now));
        state = Tag(state, ["new"], ["vip"]);
        Assert.Equal(["Madrid", "new"], state.Latest!.Tags);
        Assert.Equal("add[1]", TagConversation.Decide(state, Given.ConversationId, ["x", " "], [], Person, Given.Now).Refusal?.Field);
        string[] many = [.. Enumerable.Range(0, 19).Select(i => $"tag {i}")];
        Assert.Equal("too_many_tags", TagConversation.Decide(state, Given.ConversationId, many, [], Person, Given.Now).Refusal?.Code);

        static ContactState Tag(ContactState state, string[] add, string[] remove) =>
            state.Apply(TagConversation.Decide(state, Given.ConversationId, add, remove, Person, Given.Now).Events);
    }

    [Fact]
    public void Is_read_by_one_person_for_that_person_alone()
    {
        ContactState state = Given.Talking(conversation: c => c with { InboundCount = 3 });

        state = state.Apply(ReadConversation.Decide(state, Given.ConversationId, Given.Ana.Value, Given.Now).Events);

        Assert.Equal((0, 3), (state.Latest!.UnreadFor(Given.Ana.Value), state.Latest.UnreadFor(Given.Luis.Value)));
        Assert.Same(Decision.Nothing, ReadConversation.Decide(state, Given.ConversationId, Given.Ana.Value, Given.Now));
    }

    [Fact]
    public void Has_one_survey_for_each_close_and_takes_back_the_unanswered_one()
    {
        Channel channel = Given.Channel() with { Settings = new ChannelSettings { Csat = new CsatSettings { Enabled = true } } };
        ContactState state = Given.Talking(conversation: c => c with { FirstReplyAt = Given.Now, Owner = Owner.Agent(Given.Ana, "Ana") });

        state = Close(state);
        state = state.Apply(ReopenConversation.Decide(state, Given.ConversationId, Within, Person, Given.Now).Events);
        state = state.Apply(new ConversationAssigned(Given.ConversationId, Owner.Agent(Given.Luis, "Luis"), Owner.None, null, "load", Actor.System, Given.Now));
        state = state with { Latest = state.Latest! with { FirstReplyAt = Given.Now } };
        state = Close(state);

        Assert.Equal([(1, SurveyStatus.Withdrawn, Given.Ana.Value), (2, SurveyStatus.Scheduled, Given.Luis.Value)],
            state.Contact!.Surveys.Select(s => (s.Id.Cycle, s.State.Status, s.Owner.Id!)));
        Assert.Same(Decision.Nothing, CloseConversation.Decide(state, Command(), Given.Now));

        ContactState Close(ContactState open) => open.Apply(CloseConversation.Decide(open, Command(), Given.Now).Events);
        CloseCommand Command() => new(Given.ConversationId, new ClosedBy(ClosedSource.User, Given.Ana.Value), null, Person, channel);
    }

    [Theory]
    [InlineData(ClosedSource.User, null, true, false, false, 1)]
    [InlineData(ClosedSource.Auto, null, true, false, false, 1)]
    [InlineData(ClosedSource.Merge, null, true, false, false, 0)]
    [InlineData(ClosedSource.User, "Spam", true, false, false, 0)]
    [InlineData(ClosedSource.User, null, false, false, false, 0)]
    [InlineData(ClosedSource.User, null, true, true, false, 0)]
    [InlineData(ClosedSource.User, null, true, false, true, 0)]
    public void Asks_only_whom_it_has_answered_and_may_ask(ClosedSource source, string? category, bool replied, bool blocked, bool optedOut, int surveys)
    {
        Channel channel = Given.Channel() with { Settings = new ChannelSettings { Csat = new CsatSettings { Enabled = true } } };
        ContactState state = Given.Talking(
            c => c with { Blocked = blocked, OptedOutChannels = optedOut ? [channel.Id] : [] },
            c => c with { FirstReplyAt = replied ? Given.Now : null });
        var command = new CloseCommand(
            Given.ConversationId, new ClosedBy(source), category is null ? null : new ClosingNote(category, null), Actor.System, channel);

        Assert.Equal(surveys, state.Apply(CloseConversation.Decide(state, command, Given.Now).Events).Contact!.Surveys.Count);
    }

    [Fact]
    public void Its_survey_knows_how_it_was_closed()
    {
        Channel channel = Given.Channel() with { Settings = new ChannelSettings { Csat = new CsatSettings { Enabled = true } } };
        ContactState state = Given.Talking(conversation: c => c with { FirstReplyAt = Given.Now });
        var command = new CloseCommand(
            Given.ConversationId, new ClosedBy(ClosedSource.Ai), new ClosingNote("Orders", "Sold.") { CategoryId = "cat_1" }, Actor.System, channel);

        Survey survey = state.Apply(CloseConversation.Decide(state, command, Given.Now).Events).Contact!.Surveys.Single();
        SurveyFact? fact = SurveyWork.Of(Given.Workspace, survey with { State = survey.State with { SentAt = Given.Now } })?.Fact;

        Assert.Equal((ClosedSource.Ai, "Orders", "cat_1"), (fact?.ClosedSource, fact?.Category, fact?.CategoryId));
    }

    private static ContactState Closed() => Given.Talking(
        c => c with { OpenConversation = null },
        c => c with { Status = ConversationStatus.Closed, ClosedAt = Given.Now, Owner = Owner.Agent(Given.Ana, "Ana"), FirstReplyAt = Given.Now });
}
