using LiveDesk.Tests.Timelines;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>The story of the fake clock in a process of its own, with seconds for hours.</summary>
public sealed class When_a_conversation_lives_through_its_timeline_on_the_real_app
{
    [Fact]
    public async Task Everything_comes_to_the_same()
    {
        string expected = Outcome.WithoutTimes(GoldenTimeline.Read("spring-night"));

        Outcome outcome = await RealStage.PlayAsync(Death.Never, o => o.Timeless == expected);

        Assert.Equal(expected, outcome.Timeless);
    }
}
