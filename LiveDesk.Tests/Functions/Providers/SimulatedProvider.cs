using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Local;
using LiveDesk.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Tests.Functions.Providers;

/// <summary>One provider of the simulator, a receiver in place of the desk, and the control API between them.</summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    private readonly Simulator _simulator;
    private readonly HttpClient _http;
    private readonly string _name;

    private SimulatedProvider(Simulator simulator, Receiver desk, string name)
    {
        (_simulator, Desk, _name) = (simulator, desk, name);
        _http = new HttpClient { BaseAddress = new Uri(simulator.BaseUri, "/simulator/") };
    }

    public Receiver Desk { get; }

    public Uri BaseUrl => new(_simulator.BaseUri, _name);

    public string WebhookUrl => new Uri(Desk.BaseUri, $"/api/webhooks/{_name}/c1/t1").AbsoluteUri;

    /// <param name="number">What is registered, besides the webhook.</param>
    public static async Task<SimulatedProvider> StartAsync(string name, object number, Func<Received, HttpContext, Task>? answer = null)
    {
        SimulatedProvider provider = new(await Simulator.StartAsync(), await Receiver.StartAsync(answer), name);
        JsonObject registered = System.Text.Json.JsonSerializer.SerializeToNode(number)!.AsObject();
        registered["webhookUrl"] = provider.WebhookUrl;
        await provider.ControlAsync($"{name}/numbers", registered);
        return provider;
    }

    public Task<JsonNode> WriteAsync(object message) => ControlAsync($"{_name}/inbound", message);

    public Task<JsonNode> PushAsync(string id, object status) => ControlAsync($"{_name}/messages/{id}/status", status);

    public Task<JsonNode> FaultAsync(object fault) => ControlAsync("faults", fault);

    public async Task SetAsync(object settings) => (await _http.PutAsJsonAsync($"{_name}/settings", settings)).EnsureSuccessStatusCode();

    public async Task<IReadOnlyList<JsonNode>> SentAsync() => [.. (await _http.GetFromJsonAsync<JsonArray>($"{_name}/messages"))!.Select(m => m!)];

    public Task<JsonNode> SentWithStatusAsync(string id, string status) => Eventually.SeesAsync(
        async () => (await SentAsync()).Single(m => (string?)m["id"] == id), m => (string?)m["status"] == status, $"the message to be {status}");

    public async Task<JsonNode> ControlAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public HttpClient Api() => new() { BaseAddress = new Uri(_simulator.BaseUri, _name + "/") };

    /// <summary>The last webhook that the desk got, as the desk sees it.</summary>
    public WebhookRequest LastWebhook() => Webhook(Desk.Requests[^1]);

    public static WebhookRequest Webhook(Received received) => new(
        received.Method, new Uri(received.Url), received.Headers, Encoding.UTF8.GetBytes(received.Body));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
