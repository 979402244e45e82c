using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.AiAgents;

public sealed class When_an_AI_agent_reads_a_conversation
{
    [Fact]
    public void Tells_what_is_unanswered_from_what_was_said_before()
    {
        AiContext context = Read(
            AiSetting.Line(1, MessageDirection.In, "Hi"),
            AiSetting.Line(2, MessageDirection.Out, "Welcome!", ActorKind.System),
            AiSetting.Line(3, MessageDirection.Note, "A rich one", ActorKind.Agent),
            AiSetting.Line(4, MessageDirection.Event, "Assigned to Ana (load)", ActorKind.System, MessageKind.Event),
            AiSetting.Line(5, MessageDirection.Out, "I am Ana.", ActorKind.Agent),
            AiSetting.Line(6, MessageDirection.In, "Where is"),
            AiSetting.Line(7, MessageDirection.In, "my order?"));

        Assert.Equal([new AiLine(AiRole.Customer, "Hi"), new AiLine(AiRole.Desk, "Welcome!"), new AiLine(AiRole.Desk, "I am Ana.")], context.History);
        Assert.Equal(["Where is", "my order?"], context.Unanswered);
        Assert.False(context.Wordless);
    }

    [Fact]
    public void Goes_by_what_was_answered_and_not_by_what_stands_below()
    {
        Conversation conversation = AiSetting.Waiting().Open! with { AiProgress = new AiProgress(AiSetting.Version, Turns: 1, AnsweredUpTo: 5) };

        // Message 6 came while the answer to 5 was on its way: it stands above it and is unanswered all the same.
        AiContext context = AiContext.Of(
            [AiSetting.Line(5, MessageDirection.In, "One"), AiSetting.Line(6, MessageDirection.In, "Two"), AiSetting.Line(7, MessageDirection.Out, "To one", ActorKind.Ai)],
            conversation, ChannelType.WhatsApp);

        Assert.Equal(["Two"], context.Unanswered);
        Assert.Equal(2, context.History.Count);
    }

    [Fact]
    public void Forgets_how_far_an_earlier_owner_came()
    {
        Conversation conversation = AiSetting.Waiting().Open! with { AiProgress = new AiProgress(AiSetting.Version - 1, Turns: 3, AnsweredUpTo: 99) };

        Assert.Equal(["Two"], AiContext.Of([AiSetting.Line(6, MessageDirection.In, "Two")], conversation, ChannelType.WhatsApp).Unanswered);
    }

    [Fact]
    public void Leaves_out_reactions_and_what_never_arrived()
    {
        AiContext context = Read(
            AiSetting.Line(1, MessageDirection.Out, "Lost", ActorKind.Agent) with { Status = DeliveryStatus.Failed },
            AiSetting.Line(2, MessageDirection.In, "👍", kind: MessageKind.Reaction),
            AiSetting.Line(3, MessageDirection.In, "Hello"));

        Assert.Empty(context.History);
        Assert.Equal(["Hello"], context.Unanswered);
    }

    [Theory]
    [InlineData("STOP", ChannelType.Sms, 0)]
    [InlineData("help", ChannelType.Sms, 0)]
    [InlineData("help", ChannelType.WhatsApp, 1)]
    [InlineData("please stop", ChannelType.Sms, 1)]
    [InlineData("YES", ChannelType.Sms, 1)]
    public void Answers_no_opt_out_word(string text, ChannelType channel, int unanswered) =>
        Assert.Equal(unanswered, AiContext.Of([AiSetting.Line(1, MessageDirection.In, text)], AiSetting.Waiting().Open!, channel).Unanswered.Count);

    [Fact]
    public void Names_what_is_no_text()
    {
        AiContext context = Read(
            AiSetting.Line(1, MessageDirection.In, null, kind: MessageKind.Image),
            AiSetting.Line(2, MessageDirection.In, "My invoice", kind: MessageKind.Document),
            AiSetting.Line(3, MessageDirection.In, null, kind: MessageKind.Interactive) with
            {
                Content = new MessageContent { Kind = MessageKind.Interactive, Interaction = new Interaction("b1", "Yes, please") },
            });

        Assert.Equal(["[image]", "[document] My invoice", "Yes, please"], context.Unanswered);
        Assert.True(Read(AiSetting.Line(1, MessageDirection.In, null, kind: MessageKind.Voice)).Wordless);
    }

    [Fact]
    public void Keeps_within_its_budget_and_drops_the_oldest()
    {
        Message[] messages = [.. Enumerable.Range(1, 59).Select(i => AiSetting.Line(i, MessageDirection.Out, $"{i} {new string('x', 600)}", ActorKind.Agent)),
            AiSetting.Line(60, MessageDirection.In, new string('ก', 10_000))];

        AiContext context = Read(messages);

        int tokens = context.History.Sum(l => AiContext.Tokens(l.Text)) + context.Unanswered.Sum(AiContext.Tokens);
        Assert.InRange(tokens, AiContext.TokenBudget - 300, AiContext.TokenBudget);
        Assert.StartsWith("59 ", context.History[^1].Text, StringComparison.Ordinal);
        Assert.EndsWith("…", Assert.Single(context.Unanswered), StringComparison.Ordinal);
    }

    [Fact]
    public void Always_reads_the_newest_question()
    {
        AiContext context = Read([.. Enumerable.Range(1, 10).Select(i => AiSetting.Line(i, MessageDirection.In, $"{i} {new string('x', 5_000)}"))]);

        Assert.StartsWith("10 ", context.Unanswered[^1], StringComparison.Ordinal);
        Assert.InRange(context.Unanswered.Count, 2, 4);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("abc", 5)]
    [InlineData("ราคา", 8)]
    public void Counts_a_token_for_three_bytes(string text, int tokens) => Assert.Equal(tokens, AiContext.Tokens(text));

    private static AiContext Read(params Message[] messages) => AiContext.Of(messages, AiSetting.Waiting().Open!, ChannelType.WhatsApp);
}
