using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Events;

public sealed class When_readers_wait_for_the_feed
{
    private static readonly WorkspaceId Main = WorkspaceId.Parse("main");
    private static readonly FeedPosition Here = new("2026030209", 5);

    private readonly FakeClock _clock = new();
    private readonly FeedSignals _signals = new();
    private readonly Mock<IEventReader> _reader = new();
    private FeedPosition _end = Here;

    public When_readers_wait_for_the_feed() => _reader
        .Setup(r => r.EndAsync(Main, It.IsAny<FeedPosition?>(), It.IsAny<CancellationToken>())).ReturnsAsync(() => _end);

    [Fact]
    public async Task An_append_of_this_process_wakes_them_without_a_look_at_storage()
    {
        using var tail = new FeedTail(_reader.Object, _clock);
        Task waiting = tail.WaitAsync(Main, Here, _signals.Next(Main), _clock.GetUtcNow().AddSeconds(20), default);

        _signals.Appended(Main);
        await waiting;

        _reader.Verify(r => r.EndAsync(It.IsAny<WorkspaceId>(), It.IsAny<FeedPosition?>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task An_append_of_another_workspace_does_not()
    {
        using var tail = new FeedTail(_reader.Object, _clock);
        Task waiting = tail.WaitAsync(Main, Here, _signals.Next(Main), _clock.GetUtcNow().AddSeconds(20), default);

        _signals.Appended(WorkspaceId.Parse("other"));

        Assert.False(waiting.IsCompleted);
        await PassAsync(TimeSpan.FromSeconds(20), waiting);
    }

    [Fact]
    public async Task An_append_of_another_host_is_found_at_the_next_look()
    {
        using var tail = new FeedTail(_reader.Object, _clock);
        Task waiting = tail.WaitAsync(Main, Here, _signals.Next(Main), _clock.GetUtcNow().AddSeconds(20), default);
        _end = Here with { Number = 6 };

        await PassAsync(FeedTail.Interval, waiting);

        Assert.Equal(TimeSpan.Zero, _clock.GetUtcNow() - (Given.Now + FeedTail.Interval));
    }

    [Fact]
    public async Task A_hundred_readers_that_wait_in_vain_look_as_often_as_one()
    {
        using var tail = new FeedTail(_reader.Object, _clock);
        Task[] waiting = [.. Enumerable.Range(0, 100).Select(_ =>
            tail.WaitAsync(Main, Here, _signals.Next(Main), _clock.GetUtcNow().AddSeconds(20), default))];

        await PassAsync(TimeSpan.FromSeconds(20), waiting);

        _reader.Verify(
            r => r.EndAsync(It.IsAny<WorkspaceId>(), It.IsAny<FeedPosition?>(), It.IsAny<CancellationToken>()), Times.AtMost(10));
    }

    /// <summary>Moves the clock in small steps, each once everybody sleeps again: who is about to would sleep past the end.</summary>
    private async Task PassAsync(TimeSpan span, params Task[] waiting)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(1))
        {
            await Eventually.IsTrueAsync(() => _clock.WaitingTimers >= waiting.Count(w => !w.IsCompleted), "the readers to sleep again");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
