using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_viber_user_comes_writes_and_leaves
{
    private const string Token = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";

    [Fact]
    public async Task Is_greeted_answered_seen_and_left_alone()
    {
        await using Desk desk = await Desk.StartAsync();
        using HttpClient viber = new() { BaseAddress = new Uri(desk.Simulator.BaseUri, "/simulator/") };
        await OpenChannelAsync(desk, viber);

        JsonNode welcome = await ActAsync(viber, new() { ["event"] = "conversation_started", ["context"] = "campaign-7" });
        string conversation = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(conversation), all => all.Any(m => (string?)m["direction"] == "out" && (string?)m["text"] == "Vítejte!"), "the greeting");
        await ActAsync(viber, new() { ["text"] = "ahoj 👋" });
        await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(conversation), all => all.Any(m => (string?)m["direction"] == "in" && (string?)m["text"] == "ahoj 👋"), "the message");
        string first = await SendAsync(desk, conversation, "Dobrý den");
        string second = await SendAsync(desk, conversation, "Jak mohu pomoci?");
        await SeenAsync(desk, viber, conversation, second);
        await desk.Api.MessageIsAsync(conversation, first, "read");
        await ActAsync(viber, new() { ["event"] = "unsubscribed" });
        JsonNode contact = await Eventually.SeesAsync(
            async () => await desk.Api.GetAsync($"contacts/{await ContactAsync(desk, conversation)}"), c => c["optedOutChannels"]!.AsArray().Count == 1, "the opt-out");
        JsonNode refused = await desk.Api.RefusedAsync(
            HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Still there?" }, HttpStatusCode.UnprocessableEntity);
        await ActAsync(viber, new() { ["text"] = "jsem zpět" });
        await Eventually.SeesAsync(
            async () => await desk.Api.GetAsync($"contacts/{(string)contact["id"]!}"), c => c["optedOutChannels"]!.AsArray().Count == 0, "the return");

        Assert.Equal(("Vítejte!", null), ((string?)welcome["reply"], (string?)welcome["warning"]));
        Assert.Equal("contact_opted_out", (string?)refused["code"]);
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
    }

    /// <summary>Nothing of ours comes back with a receipt of Viber, so an early one cannot be told from a stranger's at first.</summary>
    [Fact]
    public async Task Is_known_to_have_the_message_though_the_receipt_overtook_the_answer()
    {
        await using Desk desk = await Desk.StartAsync();
        using HttpClient viber = new() { BaseAddress = new Uri(desk.Simulator.BaseUri, "/simulator/") };
        await OpenChannelAsync(desk, viber);
        await ActAsync(viber, new() { ["text"] = "ahoj" });
        string conversation = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        (await viber.PutAsJsonAsync("viber/settings", new { statusBeforeAnswer = true, autoStatus = new[] { "delivered" } })).EnsureSuccessStatusCode();

        string message = (string)(await desk.Api.SendAsync(conversation, "Dobrý den"))["id"]!;

        await desk.Api.MessageIsAsync(conversation, message, "delivered");
    }

    private static async Task OpenChannelAsync(Desk desk, HttpClient viber)
    {
        (await viber.PostAsJsonAsync("viber/numbers", new { authToken = Token })).EnsureSuccessStatusCode();
        JsonNode channel = await desk.Api.PostAsync("channels", new
        {
            type = "viber",
            provider = "viber",
            name = "Podpora",
            credentials = new { authToken = Token },
            agentIds = Array.Empty<string>(),
            settings = new { greeting = new { enabled = true, text = "Vítejte!" } },
        }, HttpStatusCode.Created);
        (await viber.PostAsJsonAsync("viber/numbers", new { authToken = Token, webhookUrl = (string)channel["webhookUrl"]! })).EnsureSuccessStatusCode();
    }

    private static async Task<string> SendAsync(Desk desk, string conversation, string text)
    {
        string id = (string)(await desk.Api.SendAsync(conversation, text))["id"]!;
        await desk.Api.MessageIsAsync(conversation, id, "delivered");
        return id;
    }

    private static async Task SeenAsync(Desk desk, HttpClient viber, string conversation, string message)
    {
        JsonNode sent = (await desk.Api.MessagesAsync(conversation)).Single(m => (string)m["id"]! == message);
        (await viber.PostAsJsonAsync($"viber/messages/{(string)sent["providerId"]!}/status", new { status = "seen" })).EnsureSuccessStatusCode();
        await desk.Api.MessageIsAsync(conversation, message, "read");
    }

    private static async Task<string> ContactAsync(Desk desk, string conversation) => (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;

    private static async Task<JsonNode> ActAsync(HttpClient viber, JsonObject act)
    {
        using HttpResponseMessage answer = await viber.PostAsJsonAsync("viber/inbound", act);
        JsonNode told = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("delivered", (string?)told["webhook"]!["outcome"]);
        return told;
    }
}
