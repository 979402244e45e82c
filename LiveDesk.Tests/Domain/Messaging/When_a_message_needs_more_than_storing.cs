using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_message_needs_more_than_storing
{
    // Monday, 20:00 in UTC; the office closed at 17:00.
    private static readonly DateTimeOffset Evening = Given.Now.AddHours(11);

    private static readonly Channel Office = Given.Channel() with
    {
        Settings = new ChannelSettings { BusinessHours = new BusinessHoursSettings { Enabled = true, UnavailableMessage = "Closed until {{nextOpening}}." } },
    };

    [Fact]
    public void Wakes_a_snoozed_conversation()
    {
        ContactState state = Given.Talking(conversation: c => c with { Status = ConversationStatus.Snoozed, SnoozedUntil = Given.Now.AddDays(1) });

        state = Receive(state, Given.Inbound(), Given.Channel(), Given.Now);

        Assert.Equal((ConversationStatus.Open, null), (state.Latest!.Status, state.Latest.SnoozedUntil));
    }

    [Fact]
    public void Fills_the_owners_slot_again_after_a_silence()
    {
        ContactState state = Given.Talking(conversation: c => c with { Inactive = true });

        IReadOnlyList<DomainEvent> events = ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, Given.Channel(), Given.Inbound(), Given.Now);

        Assert.Contains(events, e => e is ConversationActivityChanged { Inactive: false });
        Assert.False(state.Apply(events).Latest!.Inactive);
    }

    [Fact]
    public void Tells_once_in_each_closed_period_that_nobody_is_there()
    {
        ContactState state = Given.Talking();

        state = Receive(state, Written(Evening), Office, Evening, out string? first);
        state = Receive(state, Written(Evening.AddHours(1)), Office, Evening.AddHours(1), out string? second);
        DateTimeOffset day = Given.Now.AddDays(1).AddHours(2);
        state = Receive(state, Written(day), Office, day, out string? atWork);
        _ = Receive(state, Written(Evening.AddDays(1)), Office, Evening.AddDays(1), out string? nextEvening);

        Assert.StartsWith("Closed until", first, StringComparison.Ordinal);
        Assert.Null(second);
        Assert.Null(atWork);
        Assert.NotNull(nextEvening);
    }

    [Fact]
    public void Tells_nobody_who_is_being_answered()
    {
        Receive(Given.Talking(conversation: c => c with { LastHumanAt = Evening.AddMinutes(-4) }), Written(Evening), Office, Evening, out string? justAnswered);
        Receive(Given.Talking(conversation: c => c with { Owner = Owner.Ai("ai_1", "Bot") }), Written(Evening), Office, Evening, out string? heldByAi);
        Receive(Given.Talking(conversation: c => c with { Quiet = true }), Written(Evening), Office, Evening, out string? quiet);
        Receive(Given.Talking(conversation: c => c with { OpenedAt = Evening.AddSeconds(-5) }), Written(Evening), Office, Evening, out string? opening);
        Receive(Given.Talking(), Written(Evening), Given.Channel(), Evening, out string? alwaysOpen);

        Assert.All(new[] { justAnswered, heldByAi, quiet, opening, alwaysOpen }, Assert.Null);
    }

    [Fact]
    public void Keeps_every_message_of_a_flood_and_holds_the_automation()
    {
        ContactState state = Given.Talking(conversation: c => c with { OpenedAt = Evening.AddHours(-1), ToldClosedPeriod = "an earlier one" });
        for (int i = 0; i < FloodGuard.MessagesAMinute; i++)
            state = state.Apply(new MessageReceived(Received(state, Evening), Given.Customer, Office.Id, Evening));

        Assert.True(FloodGuard.IsHeld(state.Latest!, Evening));
        Assert.Equal(FloodGuard.MessagesAMinute, state.Latest!.InboundCount);
        Receive(state, Written(Evening), Office, Evening, out string? held);
        Assert.Null(held);
        Assert.False(FloodGuard.IsHeld(state.Latest, Evening + FloodGuard.Hold));
    }

    [Fact]
    public void Takes_the_score_of_a_closed_conversation_without_opening_another()
    {
        ContactState state = Asked();

        IReadOnlyList<DomainEvent> events = ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, Given.Channel(), Given.Inbound("5 muy bien"), Given.Now);
        ContactState after = state.Apply(events);

        Assert.Null(after.Open);
        Assert.Equal(new SurveyAnswer(5, "muy bien"), after.Contact!.Surveys.Single().State.Answer);
        Assert.Single(events.OfType<MessageReceived>());
        Assert.Equal("Thank you for your answer!", events.OfType<MessagePosted>().Single().Message.Content.Text);

        IReadOnlyList<DomainEvent> changed = ReceiveMessage.Decide(after, Given.Workspace, Given.ContactId, Given.Channel(), Given.Inbound("3"), Given.Now.AddMinutes(1));
        Assert.Equal(3, changed.OfType<SurveyChanged>().Single().Survey.State.Answer!.Score);
        Assert.Empty(changed.OfType<MessagePosted>());
    }

    [Fact]
    public void Opens_a_conversation_for_what_is_no_score_or_comes_too_late()
    {
        ContactState state = Asked();

        Assert.NotNull(Receive(state, Given.Inbound("I have another question"), Given.Channel(), Given.Now).Open);
        Assert.NotNull(Receive(state, Given.Inbound("5") with { OccurredAt = Given.Now.AddDays(8) }, Given.Channel(), Given.Now.AddDays(8)).Open);
        Assert.NotNull(Receive(state, Given.Inbound("5"), Given.Channel(2), Given.Now).Open);
    }

    [Theory]
    [InlineData("nobody", true)]
    [InlineData("a person before", true)]
    [InlineData("a person since", false)]
    [InlineData("a machine", false)]
    public void Takes_a_number_for_a_score_only_if_nobody_may_have_asked_for_another(string answered, bool isScore)
    {
        ContactState asked = Asked();
        DateTimeOffset sent = asked.Contact!.Surveys.Single().State.SentAt!.Value;
        Conversation open = Given.Conversation(2) with
        {
            AiReplied = answered == "a machine",
            LastHumanAt = answered switch { "a person before" => sent.AddMinutes(-1), "a person since" => sent.AddMinutes(1), _ => null },
        };
        var state = new ContactState(asked.Contact with { Conversations = 2, OpenConversation = open.Id }, open);

        ContactState after = Receive(state, Given.Inbound("5"), Given.Channel(), Given.Now);

        Assert.Equal(isScore ? SurveyStatus.Answered : SurveyStatus.Sent, after.Contact!.Surveys.Single().State.Status);
    }

    [Fact]
    public void Tells_once_in_as_many_messages_as_it_takes_when_somebody_will_answer()
    {
        Channel wordy = Office with
        {
            Settings = new ChannelSettings
            {
                BusinessHours = new BusinessHoursSettings { Enabled = true, UnavailableMessage = $"{new string('a', 1_500)}\n\n{new string('b', 1_500)}" },
            },
        };
        ContactState state = Given.Talking();

        IReadOnlyList<DomainEvent> events = ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, wordy, Written(Evening), Evening, 1_600);
        Message[] told = [.. events.OfType<MessagePosted>().Select(e => e.Message)];
        IReadOnlyList<DomainEvent> again = ReceiveMessage.Decide(
            state.Apply(events), Given.Workspace, Given.ContactId, wordy, Written(Evening.AddMinutes(1)), Evening.AddMinutes(1), 1_600);

        Assert.Equal(["a", "b"], told.Select(m => m.Content.Text![..1]));
        Assert.Equal([11, 12], told.Select(m => m.Id.Sequence));
        Assert.Empty(again.OfType<MessagePosted>());
    }

    private static ContactState Asked() => Given.Talking(
        c => c with
        {
            OpenConversation = null,
            Language = "en",
            Surveys =
            [
                new Survey(
                    new SurveyId(Given.ConversationId, 1), Given.ChannelId(), Owner.Agent(Given.Ana, "Ana"), null, Given.Now.AddHours(-1),
                    new SurveyState { Status = SurveyStatus.Sent, SentAt = Given.Now.AddHours(-1) }),
            ],
        },
        c => c with { Status = ConversationStatus.Closed, ClosedAt = Given.Now.AddHours(-1) });

    private static InboundMessage Written(DateTimeOffset at) => Given.Inbound() with { OccurredAt = at };

    private static Message Received(ContactState state, DateTimeOffset at) => Given.Message(null) with
    {
        Id = MessageId.Create(Given.ConversationId, at, state.Contact!.NextSequence),
        Direction = MessageDirection.In,
        Author = new Actor(ActorKind.Contact, Given.ContactId.Value),
    };

    private static ContactState Receive(ContactState state, InboundMessage inbound, Channel channel, DateTimeOffset now) =>
        Receive(state, inbound, channel, now, out _);

    private static ContactState Receive(ContactState state, InboundMessage inbound, Channel channel, DateTimeOffset now, out string? told)
    {
        IReadOnlyList<DomainEvent> events = ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, channel, inbound, now);
        told = events.OfType<MessagePosted>().SingleOrDefault()?.Message.Content.Text;
        return state.Apply(events);
    }
}
