using System.Net;
using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
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

    [Fact]
    public async Task Speaks_with_the_persons_role_up_and_down_unless_the_key_was_given_one()
    {
        await using Desk desk = await Desk.StartAsync();
        string eva = await desk.Api.CreateAsync("agents", new { name = "Eva" });
        using DeskApi own = await desk.Api.SpeakingForAsync(eva);
        using DeskApi same = await KeyAsync(desk, new { name = "As she is", agentId = eva });
        using DeskApi given = await KeyAsync(desk, new { name = "As said", role = "supervisor", agentId = eva });
        await desk.Api.PatchAsync($"agents/{eva}", new { name = "Eva B." });
        Assert.Equal(("agent", "agent", "supervisor"), (await RoleAsync(own), await RoleAsync(same), await RoleAsync(given)));

        await desk.Api.PatchAsync($"agents/{eva}", new { role = "admin" });
        Assert.Equal(("admin", "admin", "supervisor"), (await RoleAsync(own), await RoleAsync(same), await RoleAsync(given)));
        await own.CreateAsync("agents", new { name = "Luis" });

        await desk.Api.PatchAsync($"agents/{eva}", new { role = "agent" });
        Assert.Equal(("agent", "agent", "agent"), (await RoleAsync(own), await RoleAsync(same), await RoleAsync(given)));

        await desk.Api.PatchAsync($"agents/{eva}", new { role = "supervisor" });
        Assert.Equal(("supervisor", "supervisor", "agent"), (await RoleAsync(own), await RoleAsync(same), await RoleAsync(given)));
    }

    [Fact]
    public async Task Tells_the_version_of_a_new_key_and_where_it_is()
    {
        await using Desk desk = await Desk.StartAsync();
        string eva = await desk.Api.CreateAsync("agents", new { name = "Eva" });

        Answered made = await desk.Api.CallAsync(HttpMethod.Post, $"agents/{eva}/keys", new { });

        Answered read = await desk.Api.CallAsync(HttpMethod.Get, made.Location!);
        Assert.Equal((201, made.Id, read.ETag), (made.Status, read.Id, made.ETag));
        Assert.NotNull(made.ETag);
    }

    [Fact]
    public void Leaves_keys_from_before_as_they_were()
    {
        const string Before = """
            {"id":"key_1","workspace":"main","name":"Eva","role":"supervisor","agent":"ag_0000000000000001","prefix":"ldk_abcd",
            "createdAt":"2026-03-02T09:00:00Z","hash":"h"}
            """;

        ApiKey key = JsonSerializer.Deserialize<ApiKey>(Before, DomainJson.Options)!;

        Assert.Equal((Role.Supervisor, false), (key.Role, key.FollowsAgent));
    }

    private static async Task<string?> RoleAsync(DeskApi api) => (string?)(await api.GetAsync("me"))["role"];

    private static async Task<DeskApi> KeyAsync(Desk desk, object key) =>
        new(desk.Settings.BaseUrl, (string)(await desk.Api.PostAsync("api-keys", key, HttpStatusCode.Created))["key"]!);
}
