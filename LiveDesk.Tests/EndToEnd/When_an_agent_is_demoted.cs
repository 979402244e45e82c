using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_agent_is_demoted
{
    [Fact]
    public async Task Speaks_through_no_key_that_may_do_more_after_a_demotion()
    {
        await using Desk desk = await Desk.StartAsync();
        string eva = await desk.Api.CreateAsync("agents", new { name = "Eva", role = "supervisor" });
        using DeskApi speaking = await desk.Api.SpeakingForAsync(eva);
        await speaking.CreateAsync("snippets", new { shortcut = "hi", text = "Hello" });

        await desk.Api.PatchAsync($"agents/{eva}", new { role = "agent" });

        Assert.Equal(403, (await speaking.CallAsync(HttpMethod.Post, "snippets", new { shortcut = "bye", text = "Bye" })).Status);
        Assert.Equal("agent", (string?)(await speaking.GetAsync("me"))["role"]);
    }
}
