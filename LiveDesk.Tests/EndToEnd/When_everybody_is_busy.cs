using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_everybody_is_busy
{
    [Fact]
    public async Task Serves_the_more_urgent_first_and_tells_everybodys_place()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", limit: 1);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string held = await WritesAsync(desk, channel, 1), first = await WritesAsync(desk, channel, 2), second = await WritesAsync(desk, channel, 3);
        await PlaceAsync(desk, first, 1);
        await PlaceAsync(desk, second, 2);

        await desk.Api.PostAsync($"conversations/{second}/priority", new { value = "urgent" });
        await PlaceAsync(desk, second, 1);
        await PlaceAsync(desk, first, 2);
        Assert.Equal(
            [(null, held), (1, second), (2, first)],
            (await desk.Api.ItemsAsync("conversations")).Select(c => ((int?)c["waiting"]?["position"], (string)c["id"]!)).Order());
        await desk.Api.PostAsync($"conversations/{held}/close", new { });
        await OwnedAsync(desk, second, ana);
        await desk.QuietAsync();

        JsonNode left = await desk.Api.ConversationAsync(first);
        Assert.Equal(("none", 1), ((string?)left["owner"]!["kind"], (int)left["waiting"]!["position"]!));
        // A snooze makes room, too, and so does a higher limit.
        await desk.Api.PostAsync($"conversations/{second}/snooze", new { untilReply = true });
        await OwnedAsync(desk, first, ana);
        string third = await WritesAsync(desk, channel, 4);
        await PlaceAsync(desk, third, 1);
        await desk.Api.PatchAsync($"agents/{ana}", new { limit = 2 });
        await OwnedAsync(desk, third, ana);
    }

    [Fact]
    public async Task Gives_the_slot_of_a_silent_customer_to_another_until_the_customer_writes()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", limit: 1);
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { assignment = new { releaseInactiveAfter = "PT2S" } });
        string silent = await WritesAsync(desk, channel, 1), waiting = await WritesAsync(desk, channel, 2);
        await OwnedAsync(desk, silent, ana);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.SendAsync(silent, "Anything else?");

        await OwnedAsync(desk, waiting, ana);
        Assert.Equal(ana, (string?)(await desk.Api.ConversationAsync(silent))["owner"]!["id"]);
        await HoldsAsync(desk, ana, 1);
        await channel.CustomerWritesAsync(Number(1), "Yes!");
        await HoldsAsync(desk, ana, 2);
    }

    private static string Number(int customer) => $"+1555000100{customer}";

    private static async Task<string> WritesAsync(Desk desk, TwilioChannel channel, int customer)
    {
        await channel.CustomerWritesAsync(Number(customer), "Hello");
        IReadOnlyList<JsonNode> found = await Eventually.SeesAsync(
            async () => (IReadOnlyList<JsonNode>)[.. (await desk.Api.ItemsAsync("conversations")).Where(c => (string?)c["phoneNumber"] == Number(customer))],
            c => c.Count == 1, "a conversation");
        string id = (string)found[0]["id"]!;
        await Eventually.SeesAsync(
            () => desk.Api.ConversationAsync(id), c => c["waiting"] is not null || (string?)c["owner"]!["kind"] == "agent", "an owner, or a place in the line");
        return id;
    }

    private static Task<JsonNode> PlaceAsync(Desk desk, string conversation, int position) => Eventually.SeesAsync(
        () => desk.Api.ConversationAsync(conversation), c => (int?)c["waiting"]?["position"] == position, $"place {position}");

    private static Task<JsonNode> OwnedAsync(Desk desk, string conversation, string owner) => Eventually.SeesAsync(
        () => desk.Api.ConversationAsync(conversation), c => (string?)c["owner"]!["id"] == owner, "an owner");

    private static Task<int> HoldsAsync(Desk desk, string agent, int held) => Eventually.SeesAsync(
        async () => (int)(await desk.Api.GetAsync($"agents/{agent}"))["held"]!, h => h == held, $"the person to hold {held}");
}
