using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_the_provider_fails_while_the_desk_sends
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Sends_nothing_twice_when_every_answer_is_lost()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string[] conversations) = await OpenAsync(desk, customers: 20);
        await channel.FaultAsync(new { kind = "drop", accept = true, method = "POST", path = "/Messages.json", times = 100 });

        await PostAsync(desk, conversations, each: 5);

        await AllAreAsync(desk, conversations, 5, "sent");
        await HasEachOnceInOrderAsync(channel, conversations, 5);
    }

    [Fact]
    public async Task Sends_everything_once_and_in_order_when_the_provider_is_back()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string[] conversations) = await OpenAsync(desk, customers: 2);
        await channel.FaultAsync(new { kind = "status", status = 503, method = "POST", path = "/Messages.json", times = 6 });

        await PostAsync(desk, conversations, each: 5);

        await AllAreAsync(desk, conversations, 5, "sent");
        await HasEachOnceInOrderAsync(channel, conversations, 5);
    }

    [Fact]
    public async Task Believes_a_status_that_overtakes_the_answer()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string[] conversations) = await OpenAsync(desk, customers: 2);
        await channel.SetAsync(new { statusBeforeAnswer = true, autoStatus = new[] { "delivered", "sent", "read" } });

        await PostAsync(desk, conversations, each: 5);

        await AllAreAsync(desk, conversations, 5, "read");
        await HasEachOnceInOrderAsync(channel, conversations, 5);
        Assert.Empty(desk.Log.Errors);
    }

    [Fact]
    public async Task Does_not_take_an_equal_text_for_one_that_never_left()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string[] conversations) = await OpenAsync(desk, customers: 1);
        await channel.SetAsync(new { statusBeforeAnswer = true, autoStatus = new[] { "sent" } });
        string first = (string)(await desk.Api.SendAsync(conversations[0], "Hello again"))["id"]!;
        await desk.Api.MessageIsAsync(conversations[0], first, "sent");
        await channel.FaultAsync(new { kind = "drop", method = "POST", path = "/Messages.json" });

        string second = (string)(await desk.Api.SendAsync(conversations[0], "Hello again"))["id"]!;

        JsonNode message = await desk.Api.MessageIsAsync(conversations[0], second, "unknown", "sent", "delivered");
        Assert.Equal("unknown", (string?)message["status"]);
        Assert.Single(await channel.SentAsync());
    }

    private static async Task<(TwilioChannel, string[])> OpenAsync(Desk desk, int customers)
    {
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        await channel.SetAsync(new { autoStatus = Array.Empty<string>() });
        for (int i = 0; i < customers; i++) await channel.CustomerWritesAsync($"+1555000{1000 + i}", "Hello");
        IReadOnlyList<JsonNode> open = await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == customers, "everybody's conversation", Patience);
        return (channel, [.. open.Select(c => (string)c["id"]!)]);
    }

    private static async Task PostAsync(Desk desk, string[] conversations, int each)
    {
        await Task.WhenAll(conversations.Select(async (conversation, c) =>
        {
            for (int i = 0; i < each; i++) await desk.Api.SendAsync(conversation, $"{c}-{i}");
        }));
    }

    private static async Task AllAreAsync(Desk desk, string[] conversations, int each, string status)
    {
        foreach (string conversation in conversations)
            await Eventually.SeesAsync(
                async () => (await desk.Api.MessagesAsync(conversation)).Where(m => (string?)m["direction"] == "out")
                    .Select(m => $"{m["text"]} {m["status"]} {m["failure"]?.ToJsonString()}").ToList(),
                lines => lines.Count == each && lines.All(l => l.Contains($" {status} ", StringComparison.Ordinal)), $"all messages to be {status}", Patience);
    }

    private static async Task HasEachOnceInOrderAsync(TwilioChannel channel, string[] conversations, int each)
    {
        string[] sent = [.. (await channel.SentAsync()).Select(m => (string)m["text"]!)];
        for (int c = 0; c < conversations.Length; c++)
            Assert.Equal(Enumerable.Range(0, each).Select(i => $"{c}-{i}"), sent.Where(t => t.StartsWith($"{c}-", StringComparison.Ordinal)));
        Assert.Equal(conversations.Length * each, sent.Length);
    }
}
