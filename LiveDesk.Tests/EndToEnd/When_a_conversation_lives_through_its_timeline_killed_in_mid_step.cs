using LiveDesk.Tests.Timelines;
using Xunit.Abstractions;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>In each step of the story the desk dies by SIGKILL at some moment while it works on it; whoever asked for something asks again.</summary>
public sealed class When_a_conversation_lives_through_its_timeline_killed_in_mid_step(ITestOutputHelper output)
{
    /// <summary>The desk never sends blindly a second time: of what it was just handing over when it died, the provider may know nothing.</summary>
    private const int MostUnknown = 4;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_comes_twice()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        string expected = Outcome.WithoutTimes(GoldenTimeline.Read("spring-night"));

        Outcome outcome = await RealStage.PlayAsync(Death.InMidStep, o => o.Agrees(expected), seed);

        Assert.InRange(outcome.Unknown.Count, 0, MostUnknown);
        Assert.Equal(outcome.Comparable(expected), outcome.Comparable(outcome.Timeless));
    }
}
