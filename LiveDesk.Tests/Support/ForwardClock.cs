namespace LiveDesk.Tests.Support;

/// <summary>The system's clock, which a test may put forward. Timers run as ever.</summary>
internal sealed class ForwardClock : TimeProvider
{
    private long _ahead;

    public void Put(TimeSpan forward) => Interlocked.Add(ref _ahead, forward.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
