using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.AiAgents;

public sealed class When_a_turn_comes
{
    private static readonly AiTurnWork Work = new(Given.Workspace, Given.ConversationId, AiSetting.Version, AiSetting.Question);

    private readonly FakeClock _clock = new();
    private readonly Mock<IContactStore> _store = new();
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly Mock<IAiEngine> _engine = new();
    private readonly List<ContactWrite> _writes = [];
    private ContactState _state = AiSetting.Waiting();
    private AiAgent? _agent = new()
    {
        Workspace = Given.Workspace,
        Id = "ai_1",
        Name = "Bot",
        AgentKind = AiAgentKind.Gpt,
        Model = "m",
        CreatedAt = Given.Now,
    };

    private IReadOnlyList<Message> _messages = [AiSetting.Line(AiSetting.Question, MessageDirection.In, "Where is it?")];
    private bool _channelIsThere = true;

    [Fact]
    public async Task Asks_about_what_is_unanswered_and_answers_once_for_the_question()
    {
        AiQuestion? asked = null;
        Answers(question =>
        {
            asked = question;
            return Task.FromResult<AiAnswer>(new AiAnswer.Said("Tomorrow.", []));
        });

        Assert.Equal(AiTurnResult.Answered, await RunAsync());

        Assert.Equal(["Where is it?"], asked!.Unanswered);
        ContactWrite write = Assert.Single(_writes);
        Assert.Equal($"auto:ai:{Given.ConversationId}:{AiSetting.Version}:{AiSetting.Question}", write.Seen!.Value);
        Assert.Equal("Tomorrow.", Assert.Single(write.Sends).Message.Content.Text);
    }

    [Theory]
    [InlineData("flood", HandOffReason.Flood)]
    [InlineData("window", HandOffReason.WindowClosed)]
    [InlineData("limit", HandOffReason.TurnLimit)]
    [InlineData("agent", HandOffReason.Misconfigured)]
    [InlineData("channel", HandOffReason.Misconfigured)]
    public async Task Leaves_to_people_what_no_agent_can_answer_without_asking(string trouble, HandOffReason reason)
    {
        if (trouble == "flood") _state = AiSetting.Waiting(conversation: c => c with { Flood = FloodCount.None with { HeldUntil = Given.Now.AddMinutes(1) } });
        if (trouble == "window") _state = AiSetting.Waiting(c => c with { LastInboundAt = new Dictionary<string, DateTimeOffset>() });
        if (trouble == "limit") _state = AiSetting.Waiting(conversation: c => c with { AiProgress = new AiProgress(AiSetting.Version, AiAgent.StandardMaxTurns, 5) });
        if (trouble == "agent") _agent = null;
        if (trouble == "channel") _channelIsThere = false;

        Assert.Equal(AiTurnResult.HandedOver, await RunAsync());

        Assert.Equal(reason, Assert.Single(_writes).After.Latest!.AiDone);
        Assert.Empty(_writes[0].Sends);
        _engine.Verify(e => e.AskAsync(It.IsAny<AiQuestion>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()), Times.Never);
        _queues.Verify(q => q.PutAsync(new AssignmentWork(Given.Workspace, Given.ConversationId), It.IsAny<CancellationToken>(), TimeSpan.Zero));
    }

    [Fact]
    public async Task Hands_over_when_the_agents_time_is_up()
    {
        var asked = new TaskCompletionSource();
        _engine.Setup(e => e.Kind).Returns(AiAgentKind.Gpt);
        _engine.Setup(e => e.AskAsync(It.IsAny<AiQuestion>(), Given.Now + AiAgent.StandardTimeout, It.IsAny<CancellationToken>()))
            .Returns(async (AiQuestion _, DateTimeOffset _, CancellationToken late) =>
            {
                asked.SetResult();
                return await new TaskCompletionSource<AiAnswer>().Task.WaitAsync(late);
            });

        Task<AiTurnResult> turn = RunAsync();
        await asked.Task;
        _clock.Advance(AiAgent.StandardTimeout);

        Assert.Equal(AiTurnResult.HandedOver, await turn);
        Assert.Equal(HandOffReason.Timeout, Assert.Single(_writes).After.Latest!.AiDone);
    }

    [Fact]
    public async Task Comes_again_if_it_leaves_the_answer_to_a_later_message()
    {
        _state = AiSetting.Waiting(conversation: c => c with { LastQuestion = AiSetting.Question + 1 });

        Assert.Equal(AiTurnResult.NothingToDo, await RunAsync());

        Assert.Empty(_writes);
        _queues.Verify(q => q.PutAsync(Work, It.IsAny<CancellationToken>(), AiTurnPlan.Patience), Times.Once);
    }

    [Fact]
    public async Task Looks_again_if_another_turn_was_faster()
    {
        ContactState after = AiSetting.Waiting(conversation: c => c with { AiProgress = new AiProgress(AiSetting.Version, 1, 5) });
        int asked = 0;
        Answers(_ =>
        {
            asked++;
            _state = after;
            return Task.FromResult<AiAnswer>(new AiAnswer.Said($"Answer {asked}.", []));
        });

        Assert.Equal(AiTurnResult.Answered, await RunAsync(conflicts: 1));

        Assert.Equal(2, asked);
        Assert.Equal("Answer 2.", Assert.Single(_writes[^1].Sends).Message.Content.Text);
    }

    [Fact]
    public async Task Says_nothing_where_only_an_opt_out_word_is_unanswered()
    {
        _messages = [AiSetting.Line(AiSetting.Question, MessageDirection.In, "HELP")];

        Assert.Equal(AiTurnResult.NothingToDo, await RunAsync(ChannelType.Sms));

        Assert.Empty(_writes);
    }

    private void Answers(Func<AiQuestion, Task<AiAnswer>> answer)
    {
        _engine.Setup(e => e.Kind).Returns(AiAgentKind.Gpt);
        _engine.Setup(e => e.AskAsync(It.IsAny<AiQuestion>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns((AiQuestion question, DateTimeOffset _, CancellationToken _) => answer(question));
    }

    private Task<AiTurnResult> RunAsync(ChannelType type = ChannelType.WhatsApp, int conflicts = 0)
    {
        _store.Setup(s => s.LoadAsync(Given.Workspace, Given.ContactId, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new ContactSnapshot(Given.Workspace, Given.ContactId, _state, "1", "1"));
        _store.Setup(s => s.ListMessagesAsync(Given.Workspace, Given.ConversationId, null, AiContext.Messages, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => _messages);
        _store.Setup(s => s.CommitAsync(It.IsAny<ContactSnapshot>(), It.IsAny<ContactWrite>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ContactSnapshot _, ContactWrite write, CancellationToken _) =>
            {
                _writes.Add(write);
                return conflicts-- > 0 ? CommitOutcome.Conflict : CommitOutcome.Committed;
            });
        _queues.Setup(q => q.PutHiddenAsync(It.IsAny<WorkItem>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new HiddenWork("outbound", "1", "1", ""));

        var channels = new Mock<IChannelDirectory>();
        if (_channelIsThere)
            channels.Setup(c => c.FindAsync(Given.Workspace, It.IsAny<ChannelId>(), It.IsAny<CancellationToken>())).ReturnsAsync(Given.Channel(type: type));
        var provider = new Mock<IProvider>();
        provider.Setup(p => p.Traits).Returns(AiSetting.Traits);
        var providers = new Mock<IProviderCatalog>();
        providers.Setup(p => p.Find("twilio")).Returns(provider.Object);
        var agents = new Mock<IResourceStore<AiAgent>>();
        agents.Setup(a => a.ListRecentAsync(Given.Workspace, It.IsAny<CancellationToken>())).ReturnsAsync(() => _agent is null ? [] : [_agent]);
        var categories = new Mock<IResourceStore<ClosingNoteCategory>>();
        categories.Setup(c => c.ListRecentAsync(Given.Workspace, It.IsAny<CancellationToken>())).ReturnsAsync([]);
        var dispatcher = new OutboxDispatcher(_store.Object, Mock.Of<IInboxIndex>(), Mock.Of<IContactIndex>(), Mock.Of<IEventFeed>(), _queues.Object, NoWorkflows.Fire());
        var desk = new ContactDesk(new ContactTransactions(_store.Object, new ContactLocks(), _clock), dispatcher, _queues.Object);
        return new AnswerCustomer(
            _store.Object, channels.Object, providers.Object, agents.Object, categories.Object, [_engine.Object], desk, _queues.Object, _clock)
            .RunAsync(Work, CancellationToken.None);
    }
}
