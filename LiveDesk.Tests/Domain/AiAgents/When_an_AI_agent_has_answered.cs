using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.AiAgents;

public sealed class When_an_AI_agent_has_answered
{
    private static readonly AiEffect.HandOff HandOff = new("Wants a refund.");
    private static readonly AiEffect.Close Done = new(new ClosingNote("Orders", "Arrives tomorrow."));

    [Fact]
    public void Says_it_to_the_customer_and_keeps_count()
    {
        ContactState after = After(AiSetting.Waiting(), AiSetting.Says("Tomorrow."), out IReadOnlyList<DomainEvent> events);

        Message said = events.OfType<MessagePosted>().Single().Message;
        Assert.Equal((MessageDirection.Out, AiSetting.Bot, "Tomorrow."), (said.Direction, said.Author, said.Content.Text));
        Assert.Equal(new AiProgress(AiSetting.Version, Turns: 1, AnsweredUpTo: AiSetting.Question), after.Open!.AiProgress);
        Assert.Null(after.Open.CustomerWaitingSince);
        Assert.Equal((OwnerKind.Ai, AiSetting.Version, (DateTimeOffset?)null), (after.Open.Owner.Kind, after.Open.OwnerVersion, after.Open.FirstReplyAt));
    }

    [Theory]
    [InlineData("closed", "owner_changed")]
    [InlineData("snoozed", "owner_changed")]
    [InlineData("a person's", "owner_changed")]
    [InlineData("given back", "owner_changed")]
    [InlineData("opted out", "owner_changed")]
    [InlineData("answered", "answered")]
    [InlineData("answered by another turn", "turn_taken")]
    [InlineData("asked more", "superseded")]
    public void Is_discarded_if_the_conversation_is_meanwhile(string meanwhile, string code)
    {
        ContactState state = meanwhile switch
        {
            "closed" => AiSetting.Waiting(conversation: c => c with { Status = ConversationStatus.Closed }),
            "snoozed" => AiSetting.Waiting(conversation: c => c with { Status = ConversationStatus.Snoozed }),
            "a person's" => AiSetting.Waiting(conversation: c => c with { Owner = Owner.Agent(Given.Ana, "Ana"), OwnerVersion = c.OwnerVersion + 1 }),
            "given back" => AiSetting.Waiting(conversation: c => c with { OwnerVersion = c.OwnerVersion + 2 }),
            "opted out" => AiSetting.Waiting(c => c with { OptedOutChannels = [Given.ChannelId()] }),
            "answered" => AiSetting.Waiting(conversation: c => c with { CustomerWaitingSince = null }),
            "answered by another turn" => AiSetting.Waiting(conversation: c => c with { AiProgress = new AiProgress(AiSetting.Version, 1, 5) }),
            _ => AiSetting.Waiting(conversation: c => c with { LastQuestion = AiSetting.Question + 1 }),
        };

        Assert.Equal(code, TakeAiTurn.Decide(state, AiSetting.Says("Tomorrow."), Given.Now).Refusal?.Code);
    }

    [Fact]
    public void Is_given_to_a_customer_who_never_stops_writing_and_the_rest_is_answered_later()
    {
        ContactState state = AiSetting.Waiting(conversation: c => c with { LastQuestion = 9, CustomerWaitingSince = Given.Now - AiTurnPlan.Patience });

        ContactState after = After(state, AiSetting.Says("To the first."), out _);

        Assert.Equal(Given.Now, after.Open!.CustomerWaitingSince);
        Assert.Equal(AiSetting.Question, after.Open.AiProgress!.AnsweredUpTo);
    }

    [Fact]
    public void Is_cut_to_what_the_channel_takes()
    {
        After(AiSetting.Waiting(), AiSetting.Says($"{new string('x', 60)}. {new string('y', 60)}."), out IReadOnlyList<DomainEvent> events);

        Assert.Equal($"{new string('x', 60)}.…", events.OfType<MessagePosted>().Single().Message.Content.Text);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("always", 0)]
    public void Tells_when_people_will_be_there_if_it_leaves_outside_their_hours(string? told, int times)
    {
        ContactState state = AiSetting.Waiting(conversation: c => c with { ToldClosedPeriod = told });
        Channel closed = Given.Channel() with
        {
            Settings = new ChannelSettings { BusinessHours = new BusinessHoursSettings { Enabled = true, UnavailableMessage = "Closed.", Days = new Dictionary<string, DayHours>() } },
        };

        ContactState after = After(state, AiSetting.Says(null, HandOff) with { Channel = closed }, out IReadOnlyList<DomainEvent> events);

        Assert.Equal(times, events.OfType<MessagePosted>().Count(e => e.Message is { Direction: MessageDirection.Out, Content.Text: "Closed." }));
        Assert.Equal("always", after.Open!.ToldClosedPeriod);
        Assert.Equal(Given.Now.AddSeconds(-5), after.Open.CustomerWaitingSince);
    }

    [Fact]
    public void Gives_the_conversation_to_people_after_its_last_words()
    {
        ContactState after = After(AiSetting.Waiting(), AiSetting.Says("I will get somebody.", HandOff, Done), out IReadOnlyList<DomainEvent> events);

        Assert.Equal(
            [typeof(MessagePosted), typeof(MessagePosted), typeof(ConversationUnassigned), typeof(ConversationHandedOver)], events.Select(e => e.GetType()));
        Assert.Equal("ai_hand_off:asked", events.OfType<ConversationUnassigned>().Single().Reason);
        Assert.Equal((OwnerKind.None, AiSetting.Version + 1, HandOffReason.Asked), (after.Open!.Owner.Kind, after.Open.OwnerVersion, after.Open.AiDone));
        Assert.NotNull(after.Open.CustomerWaitingSince);
        Message note = events.OfType<MessagePosted>().Last().Message;
        Assert.Equal((MessageDirection.Note, AiSetting.Bot, "Bot handed over: a person is asked for. Wants a refund."), (note.Direction, note.Author, note.Content.Text));
        Assert.Equal(events.OfType<MessagePosted>().First().Message.Id.Sequence + 1, note.Id.Sequence);
    }

    [Fact]
    public void Gives_the_conversation_to_people_also_if_the_customer_has_written_more() => Assert.Null(TakeAiTurn.Decide(
        AiSetting.Waiting(conversation: c => c with { LastQuestion = 9 }), AiSetting.Says(null, HandOff), Given.Now).Refusal);

    [Theory]
    [InlineData(HandOffReason.Asked)]
    [InlineData(HandOffReason.NotUnderstood)]
    [InlineData(HandOffReason.TurnLimit)]
    [InlineData(HandOffReason.Timeout)]
    [InlineData(HandOffReason.Error)]
    [InlineData(HandOffReason.Misconfigured)]
    [InlineData(HandOffReason.WindowClosed)]
    [InlineData(HandOffReason.Flood)]
    public void Gives_the_conversation_to_people_silently_if_it_failed(HandOffReason reason)
    {
        AiTurn turn = AiSetting.Turn(new AiAnswer.Failed(reason, "Because.")) with { Channel = null, Provider = null };

        ContactState after = After(AiSetting.Waiting(), turn, out IReadOnlyList<DomainEvent> events);

        Assert.Equal(reason, after.Open!.AiDone);
        Message note = events.OfType<MessagePosted>().Single().Message;
        Assert.Equal(MessageDirection.Note, note.Direction);
        Assert.Equal($"Bot handed over: {reason.Words()}. Because.", note.Content.Text);
        Assert.StartsWith("ai_hand_off:", events.OfType<ConversationUnassigned>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_conversation_to_people_if_the_window_has_closed_meanwhile()
    {
        ContactState state = AiSetting.Waiting(c => c with { LastInboundAt = new Dictionary<string, DateTimeOffset> { [Given.ChannelId().Value] = Given.Now.AddDays(-2) } });

        ContactState after = After(state, AiSetting.Says("Tomorrow."), out IReadOnlyList<DomainEvent> events);

        Assert.Equal(HandOffReason.WindowClosed, after.Open!.AiDone);
        Assert.DoesNotContain(events.OfType<MessagePosted>(), m => m.To is not null);
    }

    [Fact]
    public void Gives_the_conversation_to_people_if_its_channel_is_gone()
    {
        ContactState after = After(AiSetting.Waiting(), AiSetting.Says("Tomorrow.") with { Channel = null }, out _);

        Assert.Equal(HandOffReason.Misconfigured, after.Open!.AiDone);
    }

    [Fact]
    public void May_fail_to_understand_once()
    {
        var sorry = new AiAnswer.Said("Sorry?", [], Understood: false);

        ContactState once = After(AiSetting.Waiting(), AiSetting.Turn(sorry), out _);
        ContactState again = Asking(once);
        ContactState twice = After(again, AiSetting.Turn(sorry, once.Open!.AiProgress), out IReadOnlyList<DomainEvent> events);

        Assert.Equal(1, once.Open!.AiProgress!.NotUnderstood);
        Assert.Equal(HandOffReason.NotUnderstood, twice.Open!.AiDone);
        Assert.DoesNotContain(events.OfType<MessagePosted>(), m => m.To is not null);
    }

    [Fact]
    public void Begins_to_count_anew_when_it_understands()
    {
        var before = new AiProgress(AiSetting.Version, 1, 5, NotUnderstood: 1);
        ContactState state = AiSetting.Waiting(conversation: c => c with { AiProgress = before });

        Assert.Equal(0, After(state, AiSetting.Turn(new AiAnswer.Said("Yes.", []), before), out _).Open!.AiProgress!.NotUnderstood);
    }

    [Fact]
    public void Hands_over_at_once_if_it_neither_understands_nor_says_so() => Assert.Equal(
        HandOffReason.NotUnderstood, After(AiSetting.Waiting(), AiSetting.Turn(new AiAnswer.Said(null, [], Understood: false)), out _).Open!.AiDone);

    [Theory]
    [InlineData(AiAgentKind.Gpt, ClosedSource.Ai)]
    [InlineData(AiAgentKind.Dialogflow, ClosedSource.Dialogflow)]
    public void Closes_after_its_last_words(AiAgentKind kind, ClosedSource source)
    {
        ContactState after = After(AiSetting.Waiting(), AiSetting.Says("Bye!", Done) with { Kind = kind }, out IReadOnlyList<DomainEvent> events);

        Assert.Equal((ConversationStatus.Closed, new ClosedBy(source, "ai_1"), Done.Note), (after.Latest!.Status, after.Latest.ClosedBy, after.Latest.ClosingNote));
        Assert.Null(after.Latest.CustomerWaitingSince);
        Assert.IsType<MessagePosted>(events[0]);
    }

    [Fact]
    public void Tags_with_what_can_be_a_tag()
    {
        ContactState state = AiSetting.Waiting(conversation: c => c with { Tags = ["vip", "new"] });

        ContactState after = After(
            state, AiSetting.Says("Ok.", new AiEffect.AddTags(["orders", "", "two\nlines", new string('x', 51)]), new AiEffect.RemoveTags(["VIP"])), out _);

        Assert.Equal(["new", "orders"], after.Open!.Tags);
    }

    [Fact]
    public void Tells_people_something_without_giving_up()
    {
        ContactState after = After(AiSetting.Waiting(), AiSetting.Says(null, new AiEffect.Notify("Order 17")), out IReadOnlyList<DomainEvent> events);

        Assert.Equal((MessageDirection.Note, "Order 17"), (events.OfType<MessagePosted>().Single().Message.Direction, events.OfType<MessagePosted>().Single().Message.Content.Text));
        Assert.Equal(OwnerKind.Ai, after.Open!.Owner.Kind);
        Assert.Null(after.Open.CustomerWaitingSince);
    }

    [Fact]
    public void Is_asked_again_if_somebody_gives_the_conversation_back()
    {
        ContactState handedOver = After(AiSetting.Waiting(), AiSetting.Says(null, HandOff), out _);

        ContactState back = handedOver.Apply(new ConversationAssigned(
            Given.ConversationId, Owner.Ai("ai_1", "Bot"), Owner.None, null, "manual", new Actor(ActorKind.Agent, Given.Ana.Value), Given.Now));

        Assert.Null(back.Open!.AiDone);
        Assert.Equal(0, AiProgress.Of(back.Open).Turns);
        Assert.Equal(AiTurnStep.Ask, AiTurnPlan.Look(back, new AiTurnWork(Given.Workspace, Given.ConversationId, back.Open.OwnerVersion, AiSetting.Question), Given.Now));
    }

    private static ContactState Asking(ContactState state)
    {
        Message more = AiSetting.Line(state.Contact!.NextSequence, MessageDirection.In, "Again");
        ContactState asked = state.Apply(new MessageReceived(more, Given.Customer, Given.ChannelId(), Given.Now));
        // As if it were the question that the turn of the setting is about.
        return asked with { Latest = asked.Latest! with { LastQuestion = AiSetting.Question } };
    }

    private static ContactState After(ContactState state, AiTurn turn, out IReadOnlyList<DomainEvent> events)
    {
        Decision decision = TakeAiTurn.Decide(state, turn, Given.Now);
        Assert.Null(decision.Refusal);
        events = decision.Events;
        return state.Apply(events);
    }
}
