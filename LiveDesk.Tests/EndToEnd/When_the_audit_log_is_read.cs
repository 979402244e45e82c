using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_the_audit_log_is_read
{
    [Fact]
    public async Task Says_who_did_what_and_how_it_was_before()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        Answered key = await desk.Api.CallAsync(HttpMethod.Post, "api-keys", new { name = "Ana's", role = "admin", agentId = ana });
        using var speaking = new DeskApi(desk.Settings.BaseUrl, (string)key.Body!["key"]!);
        string team = await speaking.CreateAsync("teams", new { name = "Sales" });
        await speaking.CallAsync(HttpMethod.Patch, $"teams/{team}", new { name = "Sales ES" });
        await speaking.CallAsync(HttpMethod.Patch, $"teams/{team}", new { name = "" });
        await speaking.CallAsync(HttpMethod.Delete, $"teams/{team}");

        JsonNode[] all = [.. await desk.Api.ItemsAsync("audit")];
        Assert.Equal(["team.deleted", "team.updated", "team.created", "api_key.created", "agent.created"], all.Select(e => (string?)e["action"]));
        Assert.Equal(("agent", ana), ((string?)all[1]["actor"]!["kind"], (string?)all[1]["actor"]!["id"]));
        Assert.Equal(("Sales", "Sales ES"), ((string?)all[1]["before"]!["name"], (string?)all[1]["after"]!["name"]));
        Assert.Equal(("team", team), ((string?)all[1]["target"]!["kind"], (string?)all[1]["target"]!["id"]));
        Assert.Null(all[0]["after"]);
        Assert.All(all, e => Assert.Equal("done", (string?)e["outcome"]));
        Assert.Equal("bootstrap", (string?)all[3]["actor"]!["id"]);
        Assert.DoesNotContain((string)key.Body["key"]!, string.Concat(all.Select(e => e.ToJsonString())), StringComparison.Ordinal);

        Assert.Equal(3, (await desk.Api.ItemsAsync($"audit?actor={ana}")).Count);
        Assert.Single(await desk.Api.ItemsAsync("audit?action=team.updated"));
        string at = Uri.EscapeDataString((string)all[2]["at"]!);
        Assert.Equal(3, (await desk.Api.ItemsAsync($"audit?from={at}")).Count);
        Assert.Equal(2, (await desk.Api.ItemsAsync($"audit?to={at}")).Count);
        JsonNode page = await desk.Api.GetAsync("audit?limit=2");
        Assert.Equal("team.created", (string?)(await desk.Api.ItemsAsync($"audit?limit=2&cursor={page["nextCursor"]}"))[0]["action"]);
        Assert.Equal(400, (await desk.Api.CallAsync(HttpMethod.Get, "audit?from=yesterday")).Status);
        Assert.Equal(400, (await desk.Api.CallAsync(HttpMethod.Get, "audit?cursor=x")).Status);
    }
}
