using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_the_desk_writes
{
    private static readonly Actor Person = new(ActorKind.Agent, Given.Ana.Value, "Ana");

    [Fact]
    public void Queues_the_message_for_the_customers_address()
    {
        MessagePosted posted = Assert.Single(Events(Given.Talking(conversation: Held)).OfType<MessagePosted>());

        Assert.Equal(Given.Customer, posted.To);
        Assert.Equal((MessageDirection.Out, DeliveryStatus.Queued, "Hello", Given.ChannelId()),
            (posted.Message.Direction, posted.Message.Status, posted.Message.Content.Text, posted.Message.Channel));
        Assert.Equal(10, posted.Message.Id.Sequence);
    }

    [Theory]
    [InlineData("contact_blocked")]
    [InlineData("contact_opted_out")]
    [InlineData("window_closed")]
    [InlineData("text_too_long")]
    [InlineData("conversation_closed")]
    [InlineData("no_address")]
    public void Refuses_what_the_provider_would_refuse(string code)
    {
        ContactState state = code switch
        {
            "contact_blocked" => Given.Talking(c => c with { Blocked = true }),
            "contact_opted_out" => Given.Talking(c => c with { OptedOutChannels = [Given.ChannelId()] }),
            "window_closed" => Given.Talking(c => c with { LastInboundAt = new Dictionary<string, DateTimeOffset>() }),
            "conversation_closed" => Given.Talking(c => c with { OpenConversation = null }, c => c with { Status = ConversationStatus.Closed }),
            "no_address" => Given.Talking(c => c with { Identities = [new ContactIdentity(ChannelType.Messenger, "1", "page")] }),
            _ => Given.Talking(),
        };

        Refusal refusal = Decide(state, new string('x', code == "text_too_long" ? 101 : 100)).Refusal!;

        Assert.Equal((RefusalKind.Rule, code), (refusal.Kind, refusal.Code));
        Assert.NotEmpty(refusal.Message);
    }

    [Theory]
    [InlineData(23, 59, true)]
    [InlineData(24, 0, false)]
    public void Closes_the_window_24_hours_after_the_last_word(int hours, int minutes, bool open)
    {
        DateTimeOffset last = Given.Now.AddHours(-hours).AddMinutes(-minutes);
        ContactState state = Given.Talking(c => c with { LastInboundAt = new Dictionary<string, DateTimeOffset> { [Given.ChannelId().Value] = last } });

        Assert.Equal(open, Decide(state).Refusal is null);
    }

    [Fact]
    public void Lets_a_template_through_a_closed_window_and_an_SMS_at_any_time()
    {
        ContactState state = Given.Talking(c => c with { LastInboundAt = new Dictionary<string, DateTimeOffset>() });
        var template = new MessageContent { Kind = MessageKind.Template, Template = new TemplateContent("hi", "en", new Dictionary<string, string>()) };

        Assert.Null(PostMessage.Decide(state, Command() with { Content = template }, Given.Now).Refusal);
        Assert.Null(PostMessage.Decide(state, Command() with { Channel = Given.Channel(2, ChannelType.Sms) }, Given.Now).Refusal);
        Assert.Equal("window_closed", Decide(state).Refusal?.Code);
    }

    [Fact]
    public void Writes_an_SMS_to_the_number_known_from_WhatsApp()
    {
        Decision decision = PostMessage.Decide(Given.Talking(), Command() with { Channel = Given.Channel(2, ChannelType.Sms) }, Given.Now);

        Assert.Equal(new ContactIdentity(ChannelType.Sms, "+15550001111"), decision.Events.OfType<MessagePosted>().Single().To);
    }

    [Fact]
    public void Gives_a_conversation_nobody_holds_to_the_person_who_answers()
    {
        ConversationAssigned taken = Events(Given.Talking()).OfType<ConversationAssigned>().Single();

        Assert.Equal((Owner.Agent(Given.Ana, "Ana"), "first_reply", Owner.None), (taken.Owner, taken.Reason, taken.Previous));
    }

    [Fact]
    public void Takes_a_conversation_from_the_AI()
    {
        ContactState state = Given.Talking(conversation: c => c with { Owner = Owner.Ai("ai_1", "Bot"), OwnerVersion = 3 });

        ContactState after = state.Apply(Events(state));

        Assert.Equal((Owner.Agent(Given.Ana, "Ana"), 4, "human_reply"), (after.Open!.Owner, after.Open.OwnerVersion, after.Open.AssignmentReason));
    }

    [Fact]
    public void Takes_a_conversation_from_nobody_who_holds_it()
    {
        Assert.Empty(Events(Given.Talking(conversation: c => c with { Owner = Owner.Agent(Given.Luis, "Luis") })).OfType<ConversationAssigned>());
        Assert.Empty(Events(Given.Talking(conversation: Held)).OfType<ConversationAssigned>());
    }

    [Theory]
    [InlineData(ActorKind.System)]
    [InlineData(ActorKind.Ai)]
    [InlineData(ActorKind.Workflow)]
    public void Gives_a_conversation_to_people_only(ActorKind kind) =>
        Assert.Empty(PostMessage.Decide(Given.Talking(), Command() with { Author = new Actor(kind, Given.Ana.Value) }, Given.Now).Events.OfType<ConversationAssigned>());

    [Fact]
    public void Discards_what_was_written_for_an_earlier_owner()
    {
        ContactState state = Given.Talking(conversation: c => c with { OwnerVersion = 2 });

        Assert.Equal("owner_changed", PostMessage.Decide(state, Command() with { ExpectedOwnerVersion = 1 }, Given.Now).Refusal?.Code);
        Assert.Null(PostMessage.Decide(state, Command() with { ExpectedOwnerVersion = 2 }, Given.Now).Refusal);
    }

    [Fact]
    public void Knows_nothing_of_a_conversation_that_has_not_been()
    {
        Assert.Equal(RefusalKind.NotFound, Decide(ContactState.None).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, PostMessage.Decide(Given.Talking(), Command() with { Conversation = new ConversationId(Given.ContactId, 2) }, Given.Now).Refusal?.Kind);
    }

    [Fact]
    public void Notes_go_nowhere_and_assign_nobody()
    {
        ContactState closed = Given.Talking(c => c with { OpenConversation = null }, c => c with { Status = ConversationStatus.Closed });

        Decision note = PostNote.Decide(closed, Given.ConversationId, Person, "Called back.", Given.Now);

        MessagePosted posted = Assert.IsType<MessagePosted>(Assert.Single(note.Events));
        Assert.Null(posted.To);
        Assert.Equal((MessageDirection.Note, (DeliveryStatus?)null), (posted.Message.Direction, posted.Message.Status));
        Assert.Equal(closed.Latest, closed.Apply(note.Events).Latest);
    }

    private static Conversation Held(Conversation conversation) => conversation with { Owner = Owner.Agent(Given.Ana, "Ana") };

    private static IReadOnlyList<DomainEvent> Events(ContactState state) => Decide(state).Events;

    private static Decision Decide(ContactState state, string text = "Hello") => PostMessage.Decide(state, Command(text), Given.Now);

    private static PostMessageCommand Command(string text = "Hello") => new(
        Given.ConversationId, Person, MessageContent.OfText(text), Given.Channel(),
        new ProviderTraits { Name = "test", Types = [ChannelType.WhatsApp], Credentials = [], MaximumTextLength = 100, DefaultRate = 1 });
}
