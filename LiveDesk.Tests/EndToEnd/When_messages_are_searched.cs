using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_messages_are_searched
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Finds_words_in_all_conversations_with_a_customer_newest_first()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana"), eve = await desk.Api.CreateAgentAsync("Eve");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string first = await channel.OpenConversationAsync(desk.Api, Customer);
        await WritesAsync(desk, channel, first, "Where is my Invoice 17?");
        await desk.Api.PostAsync($"conversations/{first}/notes", new { text = "The invoice was sent twice." }, System.Net.HttpStatusCode.Created);
        await desk.Api.PostAsync($"conversations/{first}/close", new { });
        await desk.QuietAsync();
        string second = await channel.OpenConversationAsync(desk.Api, Customer);
        await WritesAsync(desk, channel, second, "And another invoice, please");
        await WritesAsync(desk, channel, second, "Thank you");
        await desk.QuietAsync();
        string contact = (string)(await desk.Api.ConversationAsync(second))["contactId"]!;
        string path = $"contacts/{contact}/messages?q=INVOICE";

        string[] all = [.. (await desk.Api.ItemsAsync(path)).Select(m => (string)m["text"]!)];

        Assert.NotEqual(first, second);
        Assert.Equal(["And another invoice, please", "The invoice was sent twice.", "Where is my Invoice 17?"], all);
        var paged = new List<string>();
        string? cursor = null;
        do
        {
            JsonNode page = await desk.Api.GetAsync($"{path}&limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            paged.AddRange(page["items"]!.AsArray().Select(m => (string)m!["text"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(all, paged);
        Assert.Empty(await desk.Api.ItemsAsync($"contacts/{contact}/messages?q=credit"));
        using DeskApi stranger = await desk.Api.SpeakingForAsync(eve);
        Assert.Empty(await stranger.ItemsAsync(path));
        Assert.Equal("q", (await desk.Api.CallAsync(HttpMethod.Get, $"contacts/{contact}/messages")).Field);
        Assert.Equal("cursor", (await desk.Api.CallAsync(HttpMethod.Get, $"{path}&cursor=x")).Field);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, "contacts/ct_000000000000000000000000/messages?q=x")).Status);
    }

    private static async Task WritesAsync(Desk desk, TwilioChannel channel, string conversation, string text)
    {
        await channel.CustomerWritesAsync(Customer, text);
        await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(conversation), m => m.Any(x => (string?)x["text"] == text), $"'{text}'");
    }
}
