using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_frontend_follows_the_events
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task A_waiting_poll_ends_with_what_happens_and_the_cursor_goes_on_from_there()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        JsonNode now = await desk.Api.GetAsync("events");
        Task<JsonNode> waiting = desk.Api.GetAsync($"events?after={now["nextCursor"]}&wait=PT60S");

        await channel.CustomerWritesAsync(Customer, "Hola");

        Assert.Equal(["agent.presence"], now["items"]!.AsArray().Select(e => (string)e!["type"]!));
        Assert.NotEmpty((await waiting)["items"]!.AsArray());
        IReadOnlyList<JsonNode> events = await FollowAsync(desk.Api, (string)now["nextCursor"]!, "conversation.assigned");
        Assert.Equal(["contact.created", "conversation.opened", "message.received", "conversation.assigned"], events.Select(e => (string)e["type"]!));
        Assert.All(events.Skip(1), e => Assert.Equal(channel.Id, (string?)e["data"]!["channelId"]));
        Assert.Equal("Hola", (string?)events[2]["data"]!["text"]);
        Assert.Equal(4, events.Select(e => (string)e["id"]!).Distinct().Count());
        // One at a time it is the same story, and so it is from the very start.
        Assert.Equal(events.Select(Id), (await FollowAsync(desk.Api, (string)now["nextCursor"]!, "conversation.assigned", 1)).Select(Id));
        IReadOnlyList<JsonNode> all = await FollowAsync(desk.Api, "start", "conversation.assigned", 2);
        Assert.Equal("agent.presence", (string?)all[0]["type"]);
        Assert.Equal(events.Select(Id), all.Skip(1).Select(Id));
    }

    [Fact]
    public async Task An_agent_hears_only_of_conversations_in_channels_that_are_the_agents()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana"), eve = await desk.Api.CreateAgentAsync("Eve", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        using DeskApi member = await desk.Api.SpeakingForAsync(ana), stranger = await desk.Api.SpeakingForAsync(eve);
        string cursor = (string)(await stranger.GetAsync("events"))["nextCursor"]!;

        await channel.CustomerWritesAsync(Customer, "Hola");
        IReadOnlyList<JsonNode> seen = await FollowAsync(member, cursor, "conversation.assigned");
        string id = (string)seen[^1]["data"]!["conversationId"]!;
        string message = (string)(await member.SendAsync(id, "Buenas"))["id"]!;
        await member.MessageIsAsync(id, message, "delivered", "read");
        await desk.QuietAsync();

        Assert.Contains(seen, e => (string?)e["data"]!["text"] == "Hola");
        JsonNode heard = await stranger.GetAsync($"events?after={cursor}&limit=200");
        Assert.Equal(["contact.created"], heard["items"]!.AsArray().Select(e => (string)e!["type"]!));
        JsonNode all = await member.GetAsync($"events?after={cursor}&limit=200");
        Assert.Equal((string?)all["nextCursor"], (string?)heard["nextCursor"]);
        Assert.Contains(all["items"]!.AsArray(), e => (string?)e!["type"] == "message.status" && (string?)e["data"]!["status"] == "delivered");
    }

    [Fact]
    public async Task The_presence_of_people_and_the_health_of_channels_are_news_too()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string cursor = (string)(await desk.Api.GetAsync("events"))["nextCursor"]!;

        await desk.Api.PutAsync($"agents/{ana}/presence", new { status = "busy" });
        await desk.Api.PutAsync($"agents/{ana}/presence", new { status = "busy" });
        await desk.Services.GetRequiredService<IChannelDirectory>().ReportHealthAsync(
            Given.Workspace, ChannelId.TryParse(channel.Id, out ChannelId id) ? id : default, new ChannelHealth(ChannelHealthState.Failed, "token", Given.Now), default);

        IReadOnlyList<JsonNode> events = await FollowAsync(desk.Api, cursor, "channel.health");
        Assert.Equal(["agent.presence", "channel.health"], events.Select(e => (string)e["type"]!));
        Assert.Equal((ana, "busy"), ((string)events[0]["data"]!["agentId"]!, (string)events[0]["data"]!["status"]!));
        Assert.Equal((channel.Id, "failed", "token"), ((string)events[1]["data"]!["channelId"]!, (string)events[1]["data"]!["state"]!, (string)events[1]["data"]!["reason"]!));
    }

    [Fact]
    public async Task An_idle_poll_ends_empty_with_the_same_cursor_and_costs_little()
    {
        await using Desk desk = await Desk.StartAsync();
        string cursor = (string)(await desk.Api.GetAsync("events"))["nextCursor"]!;
        await desk.QuietAsync();
        long before = desk.Transactions.Count;

        JsonNode[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => desk.Api.GetAsync($"events?after={cursor}&wait=PT4S")));

        Assert.All(answers, answer => Assert.Empty(answer["items"]!.AsArray()));
        Assert.All(answers, answer => Assert.Equal(cursor, (string?)answer["nextCursor"]));
        // Each looks when it comes and when it goes; in between one look in two seconds does for all. Without a feed yet, a look is two queries.
        Assert.InRange(desk.Transactions.Count - before, 1, 20 * 4 + 10);
    }

    [Fact]
    public async Task A_malformed_question_is_refused_by_name()
    {
        await using Desk desk = await Desk.StartAsync();
        string[] malformed =
        [
            "wait=PT61S", "wait=-PT1S", "wait=20", "wait=", "limit=0", "limit=201", "after=x", "after=%27",
            "after=OTk5OTEyMzEyMzow", "after=MjAyNjAyMzAwOTow",
        ];
        foreach (string query in malformed)
        {
            JsonNode problem = await desk.Api.RefusedAsync(HttpMethod.Get, $"events?{query}", null, HttpStatusCode.BadRequest);

            Assert.Equal(query.Split('=')[0], (string?)problem["errors"]![0]!["field"]);
        }
    }

    private static string Id(JsonNode line) => (string)line["id"]!;

    private static async Task<IReadOnlyList<JsonNode>> FollowAsync(DeskApi api, string cursor, string until, int limit = 50)
    {
        var events = new List<JsonNode>();
        while (!events.Any(e => (string?)e["type"] == until))
        {
            JsonNode page = await api.GetAsync($"events?after={cursor}&wait=PT20S&limit={limit}");
            JsonNode[] items = [.. page["items"]!.AsArray().Select(i => i!)];
            Assert.True(items.Length > 0, $"nothing came within the wait; so far {string.Join(", ", events.Select(e => e["type"]))}");
            events.AddRange(items);
            cursor = (string)page["nextCursor"]!;
        }
        return events;
    }
}
