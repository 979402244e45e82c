using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_customer_writes
{
    [Fact]
    public void Creates_the_contact_and_opens_a_conversation()
    {
        ContactState after = ContactState.None.Apply(Decide(ContactState.None, Given.Inbound()));

        Assert.Equal(Given.ContactId, after.Contact!.Id);
        Assert.Equal(("Zoë", "+15550001111"), (after.Contact.Name, after.Contact.PhoneNumber?.ToString()));
        Assert.Equal(Given.ConversationId, after.Contact.OpenConversation);
        Assert.Equal((ConversationStatus.Open, OpenedSource.Contact, 1), (after.Open!.Status, after.Open.OpenedBy.Source, after.Open.InboundCount));
        Assert.Equal("Hello", after.Open.LastMessage?.Preview);
    }

    [Fact]
    public void Goes_on_with_the_open_conversation_also_on_another_channel()
    {
        ContactState state = Given.Talking();

        IReadOnlyList<DomainEvent> events = Decide(state, Given.Inbound(), Given.Channel(2, ChannelType.Sms));

        Assert.Empty(events.OfType<ConversationOpened>());
        ContactState after = state.Apply(events);
        Assert.Equal((state.Open!.Id, Given.ChannelId(2)), (after.Open!.Id, after.Open.Channel));
    }

    [Fact]
    public void Keeps_messages_of_one_second_in_the_order_in_which_they_came_to_the_door()
    {
        ContactState state = Given.Talking();
        DateTimeOffset second = Given.Now.AddTicks(-(Given.Now.Ticks % TimeSpan.TicksPerSecond));
        double[] late = [0.2, 0.23, 0.9, 1.3, 1.32, 4];
        var placed = new List<(double Late, Message Message)>();
        // Worked on in another order than they came in.
        foreach (double seconds in late.Reverse())
        {
            IReadOnlyList<DomainEvent> events = Decide(
                state, Given.Inbound(providerId: $"SM{seconds}") with { OccurredAt = second, ReceivedAt = second.AddSeconds(seconds) });
            placed.Add((seconds, events.OfType<MessageReceived>().Single().Message));
            state = state.Apply(events);
        }

        Assert.Equal(late, placed.OrderBy(m => m.Message.Id.OccurredAt).ThenBy(m => m.Message.Id.Sequence).Select(m => m.Late));
        Assert.All(placed, m => Assert.Equal(second, m.Message.OccurredAt));
        Assert.All(placed, m => Assert.InRange(m.Message.Id.OccurredAt - second.ToUnixTimeMilliseconds(), 0, 999));
    }

    [Fact]
    public void Opens_a_new_conversation_after_a_close()
    {
        ContactState closed = Given.Talking(c => c with { OpenConversation = null }, c => c with { Status = ConversationStatus.Closed });

        ContactState after = closed.Apply(Decide(closed, Given.Inbound()));

        Assert.Equal(new ConversationId(Given.ContactId, 2), after.Open!.Id);
        Assert.Equal(2, after.Contact!.Conversations);
    }

    [Fact]
    public void Keeps_the_message_of_a_blocked_contact_and_opens_nothing()
    {
        ContactState blocked = Given.Talking(c => c with { Blocked = true, OpenConversation = null }, c => c with { Status = ConversationStatus.Closed });

        IReadOnlyList<DomainEvent> events = Decide(blocked, Given.Inbound());
        ContactState after = blocked.Apply(events);

        Assert.Single(events.OfType<MessageReceived>());
        Assert.Null(after.Open);
        Assert.Equal(blocked.Latest, after.Latest);
    }

    [Fact]
    public void Numbers_messages_so_that_no_two_share_an_id()
    {
        ContactState state = Given.Talking();
        var ids = new HashSet<MessageId>();
        for (int i = 0; i < 20; i++)
        {
            IReadOnlyList<DomainEvent> events = Decide(state, Given.Inbound($"{i}", $"SM{i}"));
            Assert.True(ids.Add(events.OfType<MessageReceived>().Single().Message.Id));
            state = state.Apply(events);
        }
    }

    [Theory]
    [InlineData(-3600, -3600)]
    [InlineData(60, 60)]
    [InlineData(3600, 0)]
    public void Believes_the_providers_clock_unless_it_is_far_ahead(int told, int kept)
    {
        IReadOnlyList<DomainEvent> events = Decide(Given.Talking(), Given.Inbound() with { OccurredAt = Given.Now.AddSeconds(told) });

        Message message = events.OfType<MessageReceived>().Single().Message;
        Assert.Equal((Given.Now.AddSeconds(kept), Given.Now), (message.OccurredAt, message.ReceivedAt));
    }

    [Fact]
    public void Takes_our_time_where_the_provider_gives_none() =>
        Assert.Equal(Given.Now, Decide(Given.Talking(), Given.Inbound() with { OccurredAt = null }).OfType<MessageReceived>().Single().Message.OccurredAt);

    [Fact]
    public void Does_not_let_a_late_message_close_the_window_again()
    {
        ContactState state = Given.Talking();
        DateTimeOffset last = state.Contact!.LastInboundAt[Given.ChannelId().Value];

        ContactState after = state.Apply(Decide(state, Given.Inbound() with { OccurredAt = last.AddHours(-5) }));

        Assert.Equal(last, after.Contact!.LastInboundAt[Given.ChannelId().Value]);
    }

    [Fact]
    public void Keeps_the_name_that_the_desk_has()
    {
        ContactState named = Given.Talking(c => c with { Name = "Ms Zoë Q." });
        ContactState nameless = Given.Talking();

        Assert.Equal("Ms Zoë Q.", named.Apply(Decide(named, Given.Inbound())).Contact!.Name);
        Assert.Equal("Zoë", nameless.Apply(Decide(nameless, Given.Inbound())).Contact!.Name);
    }

    [Fact]
    public void Adds_an_identity_it_did_not_know_and_lists_the_one_heard_from_first()
    {
        ContactState state = Given.Talking();
        var sms = new ContactIdentity(ChannelType.Sms, "+15550001111");

        ContactState after = state.Apply(Decide(state, Given.Inbound(from: sms), Given.Channel(2, ChannelType.Sms)));
        ContactState again = after.Apply(Decide(after, Given.Inbound(providerId: "SM2"), Given.Channel()));

        Assert.Equal([sms, Given.Customer], after.Contact!.Identities);
        Assert.Equal([Given.Customer, sms], again.Contact!.Identities);
    }

    [Fact]
    public void Keeps_one_identity_for_two_spellings_of_a_number()
    {
        var old = new ContactIdentity(ChannelType.WhatsApp, "+551187654321");
        var now = new ContactIdentity(ChannelType.WhatsApp, "+5511987654321");
        ContactState state = Given.Talking(c => c with { Identities = [old] });

        ContactState after = state.Apply(Decide(state, Given.Inbound(from: now)));

        Assert.Equal([now], after.Contact!.Identities);
    }

    [Theory]
    [InlineData("STOP", OptOutKeyword.Stop, false, true)]
    [InlineData("STOP", OptOutKeyword.Stop, true, true)]
    [InlineData("START", OptOutKeyword.Start, true, false)]
    [InlineData("YES", OptOutKeyword.Start, true, false)]
    [InlineData("HELP", OptOutKeyword.Help, true, true)]
    [InlineData("ALTO", OptOutKeyword.Stop, false, true)]
    [InlineData("please stop", OptOutKeyword.None, false, false)]
    public void Honours_an_opt_out_on_this_channel_alone(string text, OptOutKeyword keyword, bool before, bool after)
    {
        ChannelId other = Given.ChannelId(2);
        ContactState state = Given.Talking(c => c with { OptedOutChannels = before ? [other, Given.ChannelId()] : [other] });

        Contact contact = state.Apply(Decide(state, Given.Inbound(text) with { OptOut = keyword })).Contact!;

        Assert.Equal(after, contact.IsOptedOut(Given.ChannelId()));
        Assert.True(contact.IsOptedOut(other));
    }

    [Theory]
    [InlineData("STOP", OptOutKeyword.Stop, true)]
    [InlineData("HELP", OptOutKeyword.Help, true)]
    [InlineData("YES", OptOutKeyword.Start, false)] // nobody had opted out: the answer to somebody's question
    [InlineData("Hello", OptOutKeyword.None, false)]
    public void Opens_quietly_for_a_keyword(string text, OptOutKeyword keyword, bool quiet)
    {
        IReadOnlyList<DomainEvent> events = Decide(ContactState.None, Given.Inbound(text) with { OptOut = keyword });

        Assert.Equal(quiet, events.OfType<ConversationOpened>().Single().Conversation.Quiet);
    }

    [Fact]
    public void Says_who_has_waited_since_when_until_a_person_answers()
    {
        ContactState state = Given.Talking();
        state = state.Apply(Decide(state, Given.Inbound()));
        ContactState waiting = state.Apply(ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, Given.Channel(), Given.Inbound(providerId: "SM2"), Given.Now.AddMinutes(5)));

        ContactState answered = waiting.Apply(new MessagePosted(Given.Message(sequence: 50), Given.Customer, Given.Now.AddMinutes(6)));

        Assert.Equal(Given.Now, waiting.Open!.CustomerWaitingSince);
        Assert.Null(answered.Open!.CustomerWaitingSince);
        Assert.Equal((Given.Now.AddMinutes(6), Given.Ana.Value), (answered.Open.FirstReplyAt, answered.Open.FirstReplyBy));
    }

    private static IReadOnlyList<DomainEvent> Decide(ContactState state, InboundMessage inbound, Channel? channel = null) =>
        ReceiveMessage.Decide(state, Given.Workspace, Given.ContactId, channel ?? Given.Channel(), inbound, Given.Now);
}
