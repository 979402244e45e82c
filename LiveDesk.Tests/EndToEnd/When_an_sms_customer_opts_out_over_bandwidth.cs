using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_sms_customer_opts_out_over_bandwidth
{
    private const string Number = "+12345678902";
    private const string Customer = "+12345678901";

    [Fact]
    public async Task Is_answered_once_written_to_no_more_and_welcomed_back()
    {
        await using Desk desk = await Desk.StartAsync();
        using HttpClient bandwidth = new() { BaseAddress = new Uri(desk.Simulator.BaseUri, "/simulator/") };
        await OpenChannelAsync(desk, bandwidth);
        await WriteAsync(bandwidth, "Hello", "in-1");
        string conversation = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        JsonNode reply = await desk.Api.SendAsync(conversation, "Hi!");
        await desk.Api.MessageIsAsync(conversation, (string)reply["id"]!, "delivered");

        await WriteAsync(bandwidth, "STOP", "in-2");
        await WriteAsync(bandwidth, "STOP", "in-2");
        IReadOnlyList<JsonNode> confirmed = await SentAsync(bandwidth, 2);
        await desk.Api.MessageIsAsync(conversation, (string)confirmed[1]["fields"]!["tag"]!, "delivered");
        JsonNode refused = await desk.Api.RefusedAsync(
            HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Are you sure?" }, HttpStatusCode.UnprocessableEntity);
        await WriteAsync(bandwidth, "START", "in-3");
        IReadOnlyList<JsonNode> sent = await SentAsync(bandwidth, 3);
        JsonNode again = await desk.Api.SendAsync(conversation, "Good to have you back.");
        await desk.Api.MessageIsAsync(conversation, (string)again["id"]!, "delivered");

        Assert.Equal("contact_opted_out", (string?)refused["code"]);
        Assert.Equal("Hi!", (string?)sent[0]["text"]);
        Assert.StartsWith("Ventas: You are unsubscribed", (string?)sent[1]["text"], StringComparison.Ordinal);
        Assert.StartsWith("Ventas: You will receive", (string?)sent[2]["text"], StringComparison.Ordinal);
        Assert.Equal(4, (await SentAsync(bandwidth, 4)).Count);
    }

    [Fact]
    public async Task Gets_nothing_any_more_that_was_still_waiting_but_the_answer_to_the_keyword()
    {
        await using Desk desk = await Desk.StartAsync();
        using HttpClient bandwidth = new() { BaseAddress = new Uri(desk.Simulator.BaseUri, "/simulator/") };
        await OpenChannelAsync(desk, bandwidth);
        await WriteAsync(bandwidth, "Hello", "in-1");
        string conversation = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        (await bandwidth.PostAsJsonAsync("faults", new { kind = "status", status = 429, retryAfter = "3", provider = "bandwidth" })).EnsureSuccessStatusCode();
        string first = (string)(await desk.Api.SendAsync(conversation, "One"))["id"]!;
        string second = (string)(await desk.Api.SendAsync(conversation, "Two"))["id"]!;

        await WriteAsync(bandwidth, "STOP", "in-2");

        JsonNode[] refused =
        [
            await desk.Api.MessageIsAsync(conversation, first, "failed"), await desk.Api.MessageIsAsync(conversation, second, "failed"),
        ];
        IReadOnlyList<JsonNode> sent = await SentAsync(bandwidth, 1);
        Assert.All(refused, m => Assert.Equal("contact_opted_out", (string?)m["failure"]!["code"]));
        Assert.StartsWith("Ventas: You are unsubscribed", (string?)sent[0]["text"], StringComparison.Ordinal);
    }

    private static async Task OpenChannelAsync(Desk desk, HttpClient bandwidth)
    {
        var registration = new JsonObject { ["phoneNumber"] = Number, ["callbackUser"] = "bw", ["callbackPassword"] = "secret:word" };
        (await bandwidth.PostAsJsonAsync("bandwidth/numbers", registration)).EnsureSuccessStatusCode();
        JsonNode channel = await desk.Api.PostAsync("channels", new
        {
            type = "sms",
            provider = "bandwidth",
            name = "Ventas",
            phoneNumber = Number,
            credentials = new
            {
                accountId = "9900000",
                applicationId = "93de2206-9669-4e07-948d-329f4b722ee2",
                apiKey = "bandwidth-user",
                apiSecret = "bandwidth-secret",
                callbackUser = "bw",
                callbackPassword = "secret:word",
            },
            agentIds = Array.Empty<string>(),
            settings = new { },
        }, HttpStatusCode.Created);
        registration["webhookUrl"] = (string)channel["webhookUrl"]!;
        (await bandwidth.PostAsJsonAsync("bandwidth/numbers", registration)).EnsureSuccessStatusCode();
    }

    private static async Task WriteAsync(HttpClient bandwidth, string text, string messageId)
    {
        using HttpResponseMessage answer = await bandwidth.PostAsJsonAsync("bandwidth/inbound", new { from = Customer, text, messageId });
        JsonNode written = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("delivered", (string?)written["webhook"]!["outcome"]);
    }

    private static Task<IReadOnlyList<JsonNode>> SentAsync(HttpClient bandwidth, int count) => Eventually.SeesAsync(
        async () => (IReadOnlyList<JsonNode>)[.. (await bandwidth.GetFromJsonAsync<JsonArray>("bandwidth/messages"))!.Select(m => m!)],
        sent => sent.Count == count, $"{count} messages to have gone out");
}
