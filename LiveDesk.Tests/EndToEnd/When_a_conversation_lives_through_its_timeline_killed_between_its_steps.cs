using LiveDesk.Tests.Timelines;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>After each step of the story the desk dies by SIGKILL, as soon as the step's effect can be seen, and is started again.</summary>
public sealed class When_a_conversation_lives_through_its_timeline_killed_between_its_steps
{
    /// <summary>The desk never sends blindly a second time: of what it was just handing over when it died, the provider may know nothing.</summary>
    private const int MostUnknown = 1;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_comes_twice()
    {
        string expected = Outcome.WithoutTimes(GoldenTimeline.Read("spring-night"));

        Outcome outcome = await RealStage.PlayAsync(Death.BetweenSteps, o => o.Agrees(expected));

        Assert.InRange(outcome.Unknown.Count, 0, MostUnknown);
        Assert.Equal(outcome.Comparable(expected), outcome.Comparable(outcome.Timeless));
    }
}
