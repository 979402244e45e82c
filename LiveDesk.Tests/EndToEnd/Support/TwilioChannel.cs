using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>A Twilio number with its channel in the desk, and the customers who write to it through the simulator.</summary>
internal sealed class TwilioChannel
{
    public const string AccountSid = "AC00000000000000000000000000000000";
    public const string AuthToken = "00000000000000000000000000000000";

    private readonly HttpClient _simulator;
    private readonly string _prefix;

    private TwilioChannel(JsonNode channel, HttpClient simulator, string prefix, string number) =>
        (Channel, _simulator, _prefix, Number) = (channel, simulator, prefix, number);

    public JsonNode Channel { get; }

    public string Id => (string)Channel["id"]!;

    public string WebhookUrl => (string)Channel["webhookUrl"]!;

    public string Number { get; }

    public static async Task<TwilioChannel> CreateAsync(
        DeskApi api, Simulator simulator, string[] agents, object? settings = null, string type = "whatsapp", string number = "+15550002222")
    {
        JsonNode channel = await api.PostAsync("channels", new
        {
            type,
            provider = "twilio",
            name = "Ventas",
            phoneNumber = number,
            credentials = new { accountSid = AccountSid, authToken = AuthToken },
            agentIds = agents,
            settings = settings ?? new { },
        }, HttpStatusCode.Created);
        string prefix = type == "whatsapp" ? "whatsapp:" : "";
        var http = new HttpClient { BaseAddress = new Uri(simulator.BaseUri, "/simulator/"), Timeout = TimeSpan.FromMinutes(5) };
        var created = new TwilioChannel(channel, http, prefix, number);
        await created.ControlAsync("twilio/numbers", new
        {
            phoneNumber = prefix + number,
            webhookUrl = created.WebhookUrl,
            accountSid = AccountSid,
            authToken = AuthToken,
        }, HttpStatusCode.Created);
        return created;
    }

    /// <summary>One inbound message; answers with the simulator's account of the webhook.</summary>
    public Task<JsonNode> CustomerWritesAsync(string customer, string text, string? messageSid = null) =>
        ControlAsync("twilio/inbound", new JsonObject
        {
            ["from"] = _prefix + customer,
            ["to"] = _prefix + Number,
            ["text"] = text,
            ["profileName"] = $"Customer {customer[^4..]}",
            ["messageSid"] = messageSid,
        });

    public Task<JsonNode> FaultAsync(object fault) => ControlAsync("faults", fault, HttpStatusCode.Created);

    public async Task SetAsync(object settings) => (await _simulator.PutAsJsonAsync("twilio/settings", settings)).EnsureSuccessStatusCode();

    /// <summary>What the provider accepted from the desk.</summary>
    public async Task<IReadOnlyList<JsonNode>> SentAsync() =>
        [.. (await _simulator.GetFromJsonAsync<JsonArray>("twilio/messages"))!.Where(m => (string?)m!["direction"] != "inbound").Select(m => m!)];

    public async Task<JsonNode> ControlAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = await _simulator.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
