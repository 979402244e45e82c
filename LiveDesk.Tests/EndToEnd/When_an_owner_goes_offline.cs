using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_owner_goes_offline
{
    private const string Waits = "+15550001111";
    private const string WaitsLater = "+15550003333";

    [Fact]
    public async Task Gives_the_customers_who_wait_to_whoever_is_there_and_the_others_when_they_write()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { assignment = new { reassignWhenOffline = "PT1S" } });
        await desk.Api.PutAsync($"agents/{ana}/presence", new { status = "online", expiresAfter = "PT10S" });
        string waiting = await WritesAsync(desk, channel, Waits, ana);
        string answered = await WritesAsync(desk, channel, WaitsLater, ana);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.SendAsync(answered, "Done.");
        string luis = await desk.Api.CreateAgentAsync("Luis");
        await desk.Api.PutAsync($"channels/{channel.Id}/agents/{luis}", new { });

        await OwnedAsync(desk, waiting, luis);
        Assert.Equal(ana, (string?)(await desk.Api.ConversationAsync(answered))["owner"]!["id"]);
        await channel.CustomerWritesAsync(WaitsLater, "One more thing");
        await OwnedAsync(desk, answered, luis);

        Assert.Contains(await desk.Api.MessagesAsync(waiting), m => (string?)m["text"] == "Unassigned from Ana (owner_offline)");
        JsonNode person = await desk.Api.GetAsync($"agents/{ana}");
        Assert.Equal(("offline", 0), ((string?)person["presence"]!["status"], (int)person["held"]!));
        await desk.QuietAsync();
        IReadOnlyList<string?> told = [.. (await desk.Api.ItemsAsync("events?after=start&limit=200"))
            .Where(e => (string?)e["type"] == "agent.presence" && (string?)e["data"]!["agentId"] == ana).Select(e => (string?)e["data"]!["status"])];
        Assert.Equal(["online", "offline"], told);
    }

    private static async Task<string> WritesAsync(Desk desk, TwilioChannel channel, string customer, string owner)
    {
        await channel.CustomerWritesAsync(customer, "Where is my order?");
        IReadOnlyList<JsonNode> open = await Eventually.SeesAsync(
            async () => (IReadOnlyList<JsonNode>)[.. (await desk.Api.ItemsAsync($"conversations?assignee={owner}")).Where(c => (string?)c["phoneNumber"] == customer)],
            c => c.Count == 1, "an assigned conversation");
        return (string)open[0]["id"]!;
    }

    private static Task<JsonNode> OwnedAsync(Desk desk, string conversation, string owner) => Eventually.SeesAsync(
        () => desk.Api.ConversationAsync(conversation), c => (string?)c["owner"]!["id"] == owner, $"{owner} to have it");
}
