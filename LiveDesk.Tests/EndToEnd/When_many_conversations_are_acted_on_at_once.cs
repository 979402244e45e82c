using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_many_conversations_are_acted_on_at_once
{
    [Fact]
    public async Task Does_to_each_what_its_state_allows_and_tells_the_rest()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        foreach (int i in Enumerable.Range(0, 5)) await channel.CustomerWritesAsync($"+1555000222{i}", "Hello");
        IReadOnlyList<JsonNode> opened = await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 5, "five conversations");
        string[] ids = [.. opened.Select(c => (string)c["id"]!)];
        await desk.Api.PostAsync($"conversations/{ids[4]}/close", new { });

        JsonNode tagged = await BulkAsync(desk.Api, [.. ids, "cv_none"], "tags", new { add = new[] { "campaign" } });
        JsonNode snoozed = await BulkAsync(desk.Api, ids, "snooze", new { untilReply = true });
        JsonNode strangers = await BulkAsync(await desk.Api.SpeakingForAsync(ana), ids, "read", null);

        Assert.Equal([.. ids, "cv_none"], tagged["items"]!.AsArray().Select(r => (string)r!["conversationId"]!));
        Assert.Equal([200, 200, 200, 200, 200, 404], Statuses(tagged));
        Assert.Equal([200, 200, 200, 200, 422], Statuses(snoozed));
        Assert.Equal("conversation_closed", (string?)snoozed["items"]![4]!["code"]);
        Assert.Equal([404, 404, 404, 404, 404], Statuses(strangers));
        IReadOnlyList<JsonNode> all = await desk.Api.ItemsAsync("conversations?status=snoozed&tag=campaign");
        Assert.Equal(ids.Take(4).Order(), all.Select(c => (string)c["id"]!).Order());
    }

    [Theory]
    [InlineData("""{"conversationIds":[],"action":"close"}""", 400, "conversationIds")]
    [InlineData("""{"conversationIds":["a","a"],"action":"close"}""", 400, "conversationIds")]
    [InlineData("""{"conversationIds":["a"],"action":"delete"}""", 400, "action")]
    [InlineData("""{"conversationIds":["a"],"action":"messages","with":{"text":"x"}}""", 400, "action")]
    [InlineData("""{"conversationIds":["a"],"action":"priority","with":{"value":"mega"}}""", 400, "with.value")]
    [InlineData("""{"conversationIds":["a"],"action":"tags"}""", 400, "with.add")]
    [InlineData("""{"conversationIds":["a"],"action":"unassign","with":{"agentId":"x"}}""", 400, "with.agentId")]
    [InlineData("""{"conversationIds":["a"],"action":"snooze","with":{}}""", 400, "with.until")]
    public async Task Refuses_the_whole_where_the_request_itself_is_wrong(string body, int status, string field)
    {
        await using Desk desk = await Desk.StartAsync();

        Answered refused = await desk.Api.CallAsync(HttpMethod.Post, "conversations/bulk", JsonNode.Parse(body));

        Assert.Equal((status, field), (refused.Status, refused.Field));
        Answered many = await desk.Api.CallAsync(
            HttpMethod.Post, "conversations/bulk", new { conversationIds = Enumerable.Range(0, 101).Select(i => $"cv_{i}"), action = "read" });
        Assert.Equal((400, "conversationIds"), (many.Status, many.Field));
    }

    [Fact]
    public async Task Counts_what_a_key_that_speaks_for_nobody_has_read_for_that_key()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string conversation = await channel.OpenConversationAsync(desk.Api, "+15550002220");

        Assert.Equal([200], Statuses(await BulkAsync(desk.Api, [conversation], "read", null)));

        Assert.Equal(0, (int)(await desk.Api.ConversationAsync(conversation))["unreadCount"]!);
        Assert.Equal(1, (int)(await (await desk.Api.SpeakingForAsync(ana)).ConversationAsync(conversation))["unreadCount"]!);
    }

    private static async Task<JsonNode> BulkAsync(DeskApi api, IReadOnlyList<string> ids, string action, object? with) =>
        await api.PostAsync("conversations/bulk", new { conversationIds = ids, action, with });

    private static IEnumerable<int> Statuses(JsonNode bulk) => bulk["items"]!.AsArray().Select(r => (int)r!["status"]!);
}
