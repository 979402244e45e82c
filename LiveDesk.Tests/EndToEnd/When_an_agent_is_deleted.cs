using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_agent_is_deleted
{
    [Fact]
    public async Task Puts_the_conversations_back_revokes_the_keys_and_leaves_teams_and_channels()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana"), luis = await desk.Api.CreateAgentAsync("Luis", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis]);
        string team = await desk.Api.CreateAsync("teams", new { name = "Sales", agentIds = new[] { ana, luis } });
        await channel.CustomerWritesAsync("+15550001111", "Hola");
        string conversation = (string)(await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync($"conversations?assignee={ana}"), c => c.Count == 1, "Ana to have it")).Single()["id"]!;
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        JsonNode me = await speaking.GetAsync("me");
        Assert.Equal((ana, "agent", "main", "Ana"), ((string?)me["id"], (string?)me["role"], (string?)me["workspace"], (string?)me["agent"]!["name"]));
        Assert.Equal(channel.Id, (string?)Assert.Single(me["channels"]!.AsArray())!["id"]);
        string rule = await desk.Api.CreateAsync("routing-rules", new { target = new { kind = "agent", id = ana } });

        Assert.Equal("in_use", (await desk.Api.CallAsync(HttpMethod.Delete, $"agents/{ana}")).Code);
        await desk.Api.CallAsync(HttpMethod.Delete, $"routing-rules/{rule}");
        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"agents/{ana}")).Status);

        Assert.Equal(401, (await speaking.CallAsync(HttpMethod.Get, "me")).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, $"agents/{ana}")).Status);
        Assert.Equal([luis], (await desk.Api.GetAsync($"teams/{team}"))["agentIds"]!.AsArray().Select(a => (string?)a));
        Assert.Equal([luis], (await desk.Api.GetAsync($"channels/{channel.Id}"))["agentIds"]!.AsArray().Select(a => (string?)a));
        await Eventually.SeesAsync(
            () => desk.Api.ConversationAsync(conversation), c => (string?)c["owner"]!["kind"] == "none" && c["waiting"] is not null, "the conversation to wait");
        await desk.Api.PutAsync($"agents/{luis}/presence", new { status = "online" });
        await Eventually.SeesAsync(() => desk.Api.ConversationAsync(conversation), c => (string?)c["owner"]!["id"] == luis, "Luis to have it");
        JsonNode held = await desk.Api.GetAsync($"agents/{luis}");
        Assert.Equal(1, (int)held["held"]!);
    }
}
