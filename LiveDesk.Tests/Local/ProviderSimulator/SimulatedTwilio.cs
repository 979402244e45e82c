using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Local.Twilio;
using LiveDesk.Tests.Support;
using Microsoft.AspNetCore.Http;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;

namespace LiveDesk.Tests.Local.ProviderSimulator;

/// <summary>A simulator, a receiver in place of the desk, and one registered number of each channel.</summary>
internal sealed class SimulatedTwilio : IAsyncDisposable
{
    public const string Sms = "+15550002222";
    public const string WhatsApp = "whatsapp:+15550002222";
    public const string SmsCustomer = "+15550001111";
    public const string WhatsAppCustomer = "whatsapp:+15550001111";

    private readonly Simulator _simulator;

    private SimulatedTwilio(Simulator simulator, Receiver desk)
    {
        _simulator = simulator;
        Desk = desk;
        Http = new HttpClient { BaseAddress = simulator.BaseUri };
        Client = TwilioClients.For(Api);
    }

    public Receiver Desk { get; }

    public HttpClient Http { get; }

    public TwilioRestClient Client { get; }

    public Uri Api => new(_simulator.BaseUri, "twilio");

    public string InboundUrl => new Uri(Desk.BaseUri, "/api/webhooks/twilio/c1/t1?tenant=acme").AbsoluteUri;

    public Uri StatusUrl => new(Desk.BaseUri, "/api/webhooks/twilio/c1/t1/status?message=m-1");

    /// <param name="answer">How the desk answers webhooks; 200 without a body by default.</param>
    /// <param name="time">Clock of the simulator.</param>
    public static async Task<SimulatedTwilio> StartAsync(Func<Received, HttpContext, Task>? answer = null, TimeProvider? time = null)
    {
        SimulatedTwilio twilio = new(await Simulator.StartAsync(0, time), await Receiver.StartAsync(answer));
        await twilio.RegisterAsync(Sms);
        await twilio.RegisterAsync(WhatsApp);
        return twilio;
    }

    public Task<JsonNode> RegisterAsync(string number, object? more = null)
    {
        JsonObject request = more is null ? [] : JsonSerializer.SerializeToNode(more)!.AsObject();
        request["phoneNumber"] = number;
        request["webhookUrl"] ??= InboundUrl;
        request["accountSid"] = TwilioClients.AccountSid;
        request["authToken"] = TwilioClients.AuthToken;
        return ControlAsync("twilio/numbers", request, HttpStatusCode.Created);
    }

    public Task<JsonNode> WriteAsync(object message) => ControlAsync("twilio/inbound", message);

    public Task<JsonNode> FaultAsync(object fault) => ControlAsync("faults", fault, HttpStatusCode.Created);

    public async Task SetAsync(object settings)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync("/simulator/twilio/settings", settings);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<JsonNode> ControlAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync("/simulator/" + path, body);
        JsonNode? node = await answer.Content.ReadFromJsonAsync<JsonNode>();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode}: {node}");
        return node!;
    }

    public async Task<JsonArray> ListAsync(string path) => (await Http.GetFromJsonAsync<JsonArray>("/simulator/" + path))!;

    public Task<MessageResource> SendAsync(Action<CreateMessageOptions>? change = null, string to = SmsCustomer, string? from = Sms)
    {
        CreateMessageOptions options = new(to) { Body = "Hello" };
        if (from is not null) options.From = from;
        change?.Invoke(options);
        return MessageResource.CreateAsync(options, Client);
    }

    /// <summary>Sends a message that is refused at once.</summary>
    public async Task<ApiException> RefusalAsync(Action<CreateMessageOptions>? change = null, string to = SmsCustomer, string? from = Sms) =>
        await Assert.ThrowsAsync<ApiException>(() => SendAsync(change, to, from));

    public async Task<JsonObject> MessageAsync(string? sid) =>
        (await ListAsync("twilio/messages")).Single(message => (string?)message!["id"] == sid)!.AsObject();

    public Task<JsonObject> MessageWithStatusAsync(string? sid, string status) =>
        Eventually.SeesAsync(() => MessageAsync(sid), message => (string?)message["status"] == status, $"the message to be {status}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _simulator.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
