using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Timelines;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>A whole story under a fake clock, compared with what a person has written down that it must come to.</summary>
public sealed class When_a_conversation_lives_through_its_timeline
{
    [Theory]
    [InlineData("2026-03-28", "spring-night")]
    [InlineData("2026-10-24", "autumn-night")]
    public async Task Everything_happens_once_and_at_its_time(string saturday, string golden)
    {
        await using FakeClockStage stage = await FakeClockStage.StartAsync(saturday);

        await TimelineStory.PlayAsync(stage);

        GoldenTimeline.Check(golden, (await stage.OutcomeAsync()).Text);
    }
}
