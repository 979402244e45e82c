using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Channels;

public sealed class When_several_change_a_channel
{
    private static readonly AgentId Eva = Given.Agent(3);

    private readonly Mock<IChannelDirectory> _channels = new();
    private readonly Mock<IProvider> _provider = new();
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly List<string> _steps = [];
    private ChannelSnapshot _stored = new(Given.Channel(), "1");

    /// <summary>What another does to the channel just before each of the next writes.</summary>
    private readonly Queue<Func<Channel, Channel>> _others = new();

    public When_several_change_a_channel()
    {
        _provider.Setup(p => p.Traits).Returns(
            new ProviderTraits { Name = "twilio", Types = [ChannelType.WhatsApp], Credentials = [], MaximumTextLength = 1_600, DefaultRate = 1 });
        _provider.Setup(p => p.Validate(It.IsAny<ChannelType>(), It.IsAny<string?>(), It.IsAny<IReadOnlyDictionary<string, string>>())).Returns([]);
        _channels.Setup(c => c.LoadAsync(Given.Workspace, _stored.Channel.Id, default)).ReturnsAsync(() => _stored);
        _channels.Setup(c => c.ReserveAddressAsync(It.IsAny<ChannelSnapshot>(), It.IsAny<Channel>(), default)).ReturnsAsync(true);
        _channels.Setup(c => c.ReplaceAsync(It.IsAny<ChannelSnapshot>(), It.IsAny<Channel>(), default)).Returns(ReplaceAsync);
        _queues.Setup(q => q.PutHiddenAsync(It.IsAny<WorkItem>(), It.IsAny<TimeSpan>(), default))
            .Callback((WorkItem item, TimeSpan _, CancellationToken _) => _steps.Add($"put {item.GetType().Name}"))
            .ReturnsAsync((WorkItem item, TimeSpan _, CancellationToken _) => new HiddenWork(item.Queue, item.GetType().Name, "", ""));
        _queues.Setup(q => q.RevealAsync(It.IsAny<HiddenWork>(), default)).Callback((HiddenWork h, CancellationToken _) => _steps.Add($"reveal {h.Id}"));
        _queues.Setup(q => q.RemoveAsync(It.IsAny<HiddenWork>(), default)).Callback((HiddenWork h, CancellationToken _) => _steps.Add($"remove {h.Id}"));
    }

    [Fact]
    public async Task Each_change_is_made_to_what_the_others_have_made_of_it()
    {
        ChannelSnapshot read = _stored;
        _others.Enqueue(c => c with { AgentIds = [.. c.AgentIds, Given.Agent(8)] });
        _others.Enqueue(c => c with { Name = "Soporte" });

        Result<ChannelSnapshot> added = await Manage().AddMemberAsync(read, Eva, Any, default);

        Assert.Equal([Given.Ana, Given.Luis, Given.Agent(8), Eva], added.Value.Channel.AgentIds);
        Assert.Equal("Soporte", _stored.Channel.Name);
    }

    [Fact]
    public async Task Whoever_meant_another_version_is_refused_also_after_a_conflict()
    {
        ChannelSnapshot read = _stored;
        _others.Enqueue(c => c with { Name = "Soporte" });

        Result<ChannelSnapshot> changed = await Manage().ChangeAsync(
            read, _ => new ChannelChange(Name: "Ventas"),
            now => now.Version == read.Version ? null : new Refusal(RefusalKind.Stale, "stale", "It has been changed."), default);

        Assert.Equal(("stale", "Soporte"), (changed.Refusal?.Code, _stored.Channel.Name));
    }

    [Fact]
    public async Task A_channel_that_is_deleted_meanwhile_is_not_there()
    {
        _channels.Setup(c => c.ReplaceAsync(It.IsAny<ChannelSnapshot>(), It.IsAny<Channel>(), default)).ReturnsAsync((ChannelSnapshot?)null);
        _channels.Setup(c => c.LoadAsync(Given.Workspace, _stored.Channel.Id, default)).ReturnsAsync((ChannelSnapshot?)null);

        Assert.Equal(RefusalKind.NotFound, (await Manage().RotateTokenAsync(_stored, Any, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Gives_up_at_last_and_says_try_again()
    {
        _channels.Setup(c => c.ReplaceAsync(It.IsAny<ChannelSnapshot>(), It.IsAny<Channel>(), default)).ReturnsAsync((ChannelSnapshot?)null);

        Assert.Equal(RefusalKind.Unavailable, (await Manage().RotateTokenAsync(_stored, Any, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task The_provider_is_asked_once_about_the_same_credentials()
    {
        var credentials = new Dictionary<string, string> { ["authToken"] = "new" };
        _others.Enqueue(c => c with { Name = "Soporte" });

        Result<ChannelSnapshot> changed = await Manage().ChangeAsync(_stored, _ => new ChannelChange(Credentials: credentials), Any, default);

        Assert.Equal(("new", "Soporte"), (changed.Value.Channel.Credential("authToken"), changed.Value.Channel.Name));
        _provider.Verify(p => p.CheckCredentialsAsync(It.IsAny<Channel>(), default), Times.Once);
    }

    [Fact]
    public async Task The_provider_is_asked_again_about_credentials_that_have_changed_while_it_was_asked()
    {
        _others.Enqueue(c => c with { Credentials = new Dictionary<string, string> { ["authToken"] = "other" } });

        Result<ChannelSnapshot> verified = await Manage().VerifyAsync(_stored, Any, default);

        Assert.True(verified.Accepted);
        _provider.Verify(p => p.CheckCredentialsAsync(It.Is<Channel>(c => c.Credential("authToken") == "other"), default), Times.Once);
    }

    [Fact]
    public async Task What_follows_is_put_before_the_change_and_seen_after_it()
    {
        await Manage().RemoveMemberAsync(_stored, Given.Ana, Any, default);

        Assert.Equal(
            ["put DrainWork", "put ChannelReleaseWork", "write", "reveal DrainWork", "reveal ChannelReleaseWork"], _steps);
    }

    [Fact]
    public async Task What_would_follow_a_change_that_was_not_made_is_taken_back()
    {
        _others.Enqueue(c => c with { Name = "Soporte" });

        await Manage().AddMemberAsync(_stored, Eva, Any, default);

        Assert.Equal(["put DrainWork", "remove DrainWork", "put DrainWork", "write", "reveal DrainWork"], _steps);
    }

    [Fact]
    public async Task A_rotation_that_is_repeated_leaves_the_url_that_it_made_and_the_one_before()
    {
        WebhookToken first = (await Manage().RotateTokenAsync(_stored, Any, default)).Value.Channel.WebhookToken;
        WebhookToken again = (await Manage().RotateTokenAsync(_stored, Any, default)).Value.Channel.WebhookToken;

        Assert.Equal(Given.Channel().WebhookToken.Current, first.Previous);
        Assert.Equal(first, again);
    }

    private static Refusal? Any(ChannelSnapshot read) => null;

    private Task<ChannelSnapshot?> ReplaceAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken)
    {
        if (_others.TryDequeue(out Func<Channel, Channel>? other)) _stored = new ChannelSnapshot(other(_stored.Channel), _stored.Version + "'");
        if (read.Version != _stored.Version) return Task.FromResult<ChannelSnapshot?>(null);
        _steps.Add("write");
        _stored = new ChannelSnapshot(next, _stored.Version + "+");
        return Task.FromResult<ChannelSnapshot?>(_stored);
    }

    private ManageChannels Manage()
    {
        var catalog = new Mock<IProviderCatalog>();
        catalog.Setup(c => c.Find("twilio")).Returns(_provider.Object);
        var desk = new Mock<IDeskStore>();
        desk.Setup(d => d.FindAgentAsync(Given.Workspace, It.IsAny<AgentId>(), default)).ReturnsAsync((WorkspaceId workspace, AgentId id, CancellationToken _) =>
            new AgentSnapshot(new Agent { Workspace = workspace, Id = id, Name = "Eva", CreatedAt = Given.Now }, "1"));
        var random = new Mock<IRandomSource>();
        random.Setup(r => r.Bytes(It.IsAny<int>())).Returns((int count) => new byte[count]);
        return new ManageChannels(
            _channels.Object, catalog.Object, desk.Object, Mock.Of<IResourceStore<AiAgent>>(), _queues.Object, random.Object,
            new ManageChannelsLimits(TimeSpan.FromMinutes(30)), new FakeClock());
    }
}
