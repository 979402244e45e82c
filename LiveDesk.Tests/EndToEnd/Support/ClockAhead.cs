namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>The real clock, which a test can set ahead.</summary>
internal sealed class ClockAhead : TimeProvider
{
    private long _ahead;

    public TimeSpan Ahead { get => new(Volatile.Read(ref _ahead)); set => Volatile.Write(ref _ahead, value.Ticks); }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
