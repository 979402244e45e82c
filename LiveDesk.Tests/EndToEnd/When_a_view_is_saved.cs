using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_view_is_saved
{
    [Fact]
    public async Task Everybody_looks_through_it_with_their_own_eyes()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana"), luis = await desk.Api.CreateAgentAsync("Luis");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis], new { assignment = new { auto = false } });
        string[] ids = new string[4];
        foreach (int i in Enumerable.Range(0, ids.Length))
        {
            await channel.CustomerWritesAsync($"+1555000100{i}", "Hello");
            ids[i] = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == i + 1, "one more conversation"))
                .Single(c => ((string)c["phoneNumber"]!).EndsWith($"{i}", StringComparison.Ordinal))["id"]!;
        }
        foreach ((string id, string owner) in new[] { (ids[0], ana), (ids[1], ana), (ids[2], luis) })
            await desk.Api.PostAsync($"conversations/{id}/assign", new { agentId = owner });
        foreach (string id in new[] { ids[0], ids[2], ids[3] })
            await desk.Api.PostAsync($"conversations/{id}/tags", new { add = new[] { "urgent" }, remove = Array.Empty<string>() });
        await desk.QuietAsync();

        Answered saved = await desk.Api.CallAsync(HttpMethod.Post, "views", new { name = "My urgent ones", assignee = "me", tag = "urgent" });

        Assert.True(saved.Status == 201, $"{saved.Body}");
        Assert.Equal(("open", "me", "urgent"), ((string?)saved.Body!["status"], (string?)saved.Body["assignee"], (string?)saved.Body["tag"]));
        using DeskApi anas = await desk.Api.SpeakingForAsync(ana), luises = await desk.Api.SpeakingForAsync(luis);
        Assert.Equal([ids[0]], await SeenAsync(anas, $"view={saved.Id}"));
        Assert.Equal([ids[2]], await SeenAsync(luises, $"view={saved.Id}"));
        // What is asked for besides goes before what the view says.
        Assert.Equal([ids[3]], await SeenAsync(anas, $"view={saved.Id}&assignee=none"));
        Assert.Equal(400, (await desk.Api.CallAsync(HttpMethod.Get, $"conversations?view={saved.Id}")).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, "conversations?view=vw_0000000000000000")).Status);
        Assert.Equal("My urgent ones", (string?)(await anas.ItemsAsync("views")).Single()["name"]);
        Assert.Equal(403, (await anas.CallAsync(HttpMethod.Delete, $"views/{saved.Id}")).Status);
    }

    [Theory]
    [InlineData("""{"name":" "}""", 400, "name")]
    [InlineData("""{"name":"x","status":"waiting"}""", 400, "status")]
    [InlineData("""{"name":"x","tag":""}""", 400, "tag")]
    [InlineData("""{"name":"x","assignee":"ag_0000000000000000"}""", 422, "assignee")]
    [InlineData("""{"name":"x","assignee":"everybody"}""", 400, "assignee")]
    [InlineData("""{"name":"x","teamId":"tm_0000000000000000"}""", 422, "teamId")]
    [InlineData("""{"name":"x","channelId":"ch_0000000000000000"}""", 422, "channelId")]
    public async Task What_it_names_has_to_be_there(string body, int status, string field)
    {
        await using Desk desk = await Desk.StartAsync();

        Answered refused = await desk.Api.CallAsync(HttpMethod.Post, "views", JsonNode.Parse(body)!);

        Assert.Equal((status, field), (refused.Status, refused.Field));
        Assert.Empty(await desk.Api.ItemsAsync("views"));
    }

    private static async Task<IEnumerable<string>> SeenAsync(DeskApi api, string query) =>
        (await api.ItemsAsync($"conversations?{query}")).Select(c => (string)c["id"]!);
}
