using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_customer_writes_a_keyword_that_nobody_answers
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");
    private static readonly ContactIdentity Customer = new(ChannelType.Sms, "+12345678901");

    private static readonly Channel Sms = new()
    {
        Workspace = Workspace,
        Id = ChannelId.From(new byte[10]),
        Name = "ACME",
        Type = ChannelType.Sms,
        Provider = "bandwidth",
        Credentials = new Dictionary<string, string>(),
        WebhookToken = new WebhookToken("t"),
        CreatedAt = Now,
    };

    [Theory]
    [InlineData("STOP", null, "ACME: You are unsubscribed")]
    [InlineData("STOP", "es-MX", "ACME: Se ha dado de baja")]
    [InlineData("STOP", "fr", "ACME : vous êtes désabonné")]
    [InlineData("HELP", "en", "ACME: Write to us here")]
    [InlineData("HELP", "es", "ACME: Escríbanos aquí")]
    [InlineData("HELP", "fr", "ACME : écrivez-nous ici")]
    [InlineData("START", "pt", "ACME: You will receive our messages again")]
    public void Answers_once_by_itself_in_the_language_of_the_customer(string text, string? language, string expected)
    {
        MessagePosted reply = Replies(Decide(ContactState.None, Keyword(text, language))).Single();

        Assert.StartsWith(expected, reply.Message.Content.Text, StringComparison.Ordinal);
        Assert.Equal((ActorKind.System, DeliveryStatus.Queued, Customer), (reply.Message.Author.Kind, reply.Message.Status, reply.To));
    }

    [Fact]
    public void Confirms_the_opt_out_to_the_one_who_has_just_opted_out()
    {
        ContactState after = ContactState.None.Apply(Decide(ContactState.None, Keyword("STOP")));

        Assert.True(after.Contact!.IsOptedOut(Sms.Id));
        Assert.Equal("contact_opted_out", PostMessage.Decide(
            after, new PostMessageCommand(after.Latest!.Id, Actor.System, MessageContent.OfText("more"), Sms, Traits), Now).Refusal?.Code);
        Assert.True(after.Latest.Quiet);
    }

    [Fact]
    public void Does_not_write_again_to_who_is_out_already_but_helps_and_welcomes_back()
    {
        ContactState stopped = ContactState.None.Apply(Decide(ContactState.None, Keyword("STOP")));

        Assert.Empty(Replies(Decide(stopped, Keyword("stop"))));
        Assert.Single(Replies(Decide(stopped, Keyword("HELP"))));
        IReadOnlyList<DomainEvent> back = Decide(stopped, Keyword("YES"));
        Assert.Single(Replies(back));
        Assert.False(stopped.Apply(back).Contact!.IsOptedOut(Sms.Id));
    }

    [Fact]
    public void Leaves_a_yes_that_answers_a_question_to_a_person() => Assert.Empty(Replies(Decide(ContactState.None, Keyword("YES"))));

    [Fact]
    public void Leaves_the_answer_to_a_carrier_that_gives_it() =>
        Assert.Empty(Replies(Decide(ContactState.None, Keyword("STOP") with { OwesKeywordReply = false })));

    [Fact]
    public void Writes_nothing_to_a_blocked_contact()
    {
        ContactState known = ContactState.None.Apply(Decide(ContactState.None, Keyword("hello")));
        ContactState blocked = known with { Contact = known.Contact! with { Blocked = true } };

        Assert.Empty(Replies(Decide(blocked, Keyword("HELP"))));
    }

    [Fact]
    public void Stands_right_behind_the_keyword_even_if_the_clock_of_the_provider_is_ahead()
    {
        IReadOnlyList<DomainEvent> events = Decide(ContactState.None, Keyword("HELP") with { OccurredAt = Now.AddSeconds(90) });

        Message keyword = events.OfType<MessageReceived>().Single().Message;
        Message reply = Replies(events).Single().Message;
        Assert.True(reply.OccurredAt >= keyword.OccurredAt);
        Assert.Equal(keyword.Id.Sequence + 1, reply.Id.Sequence);
        Assert.Equal(reply.Id.Sequence + 1, ContactState.None.Apply(events).Contact!.NextSequence);
    }

    private static readonly ProviderTraits Traits = new()
    {
        Name = "bandwidth",
        Types = [ChannelType.Sms],
        Credentials = [],
        MaximumTextLength = 2048,
        DefaultRate = 1,
    };

    private static IReadOnlyList<DomainEvent> Decide(ContactState state, InboundMessage message) =>
        ReceiveMessage.Decide(state, Workspace, ContactId.Of(Workspace, Customer), Sms, message, Now);

    private static IEnumerable<MessagePosted> Replies(IEnumerable<DomainEvent> events) => events.OfType<MessagePosted>();

    private static InboundMessage Keyword(string text, string? language = null) => new()
    {
        OccurredAt = Now,
        ProviderId = Guid.NewGuid().ToString("N"),
        From = new InboundSender([Customer], null, language),
        Content = MessageContent.OfText(text),
        OptOut = OptOutKeywords.Read(text),
        OwesKeywordReply = OptOutKeywords.Read(text) != OptOutKeyword.None,
    };
}
