using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Local.Demo;

namespace LiveDesk.Local.Benchmark;

/// <summary>A WhatsApp channel over the simulated Twilio, a person who takes every conversation, and as many customers as are wanted.</summary>
internal sealed class BenchmarkScene : IDisposable
{
    private const string AccountSid = "AC00000000000000000000000000000000";
    private const string AuthToken = "00000000000000000000000000000000";

    // Numbers of this run, since the storage keeps those of earlier runs.
    private readonly long _run = DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000;
    private readonly ApiClient _simulator;
    private int _customers;

    private BenchmarkScene(Surroundings at) => (Desk, _simulator) = (new ApiClient(at.Api, at.Key), new ApiClient(at.RequiredSimulator()));

    /// <summary>Calls with the administrator's key.</summary>
    public ApiClient Desk { get; }

    /// <summary>Calls with the key of the person.</summary>
    public ApiClient Person { get; private set; } = null!;

    public string Channel { get; private set; } = "";

    private string Number => string.Create(CultureInfo.InvariantCulture, $"+1415{_run:D6}0");

    public static async Task<BenchmarkScene> SetUpAsync(Surroundings at)
    {
        var scene = new BenchmarkScene(at);
        string agent = (string)(await scene.Desk.PostAsync("agents", new { name = "Benchmark" }))["id"]!;
        scene.Person = new ApiClient(at.Api, (string)(await scene.Desk.PostAsync($"agents/{agent}/keys", new { }))["key"]!);
        await scene.Person.PutAsync($"agents/{agent}/presence", new { status = "online" });
        JsonNode channel = await scene.Desk.PostAsync("channels", new
        {
            type = "whatsapp",
            provider = "twilio",
            name = "Benchmark",
            phoneNumber = scene.Number,
            credentials = new { accountSid = AccountSid, authToken = AuthToken },
            agentIds = new[] { agent },
            settings = new { greeting = new { enabled = true, text = "Hello!" } },
        });
        scene.Channel = (string)channel["id"]!;
        await scene._simulator.PostAsync("twilio/numbers", new
        {
            phoneNumber = $"whatsapp:{scene.Number}", webhookUrl = (string)channel["webhookUrl"]!, accountSid = AccountSid, authToken = AuthToken,
        });
        await scene._simulator.PutAsync("twilio/settings", new { autoStatus = Array.Empty<string>() });
        return scene;
    }

    /// <summary>The number of somebody who has never written.</summary>
    public string NewCustomer() =>
        string.Create(CultureInfo.InvariantCulture, $"+1{200_000_0000 + (_run * 1_000 % 400_000_0000) + Interlocked.Increment(ref _customers)}");

    /// <summary>Returns when the desk has answered the webhook.</summary>
    public Task WritesAsync(string customer, string text) =>
        _simulator.PostAsync("twilio/inbound", new { from = $"whatsapp:{customer}", to = $"whatsapp:{Number}", text, profileName = "Customer" });

    public Task ReceiptAsync(string providerId, string status) => _simulator.PostAsync($"twilio/messages/{providerId}/status", new { status });

    /// <summary>The open conversation of a customer, once somebody has it.</summary>
    public async Task<string> AssignedAsync(string customer, TimeSpan pause, CancellationToken cancellationToken) => (string)(await Desk.UntilAsync(
        $"conversations?channelId={Channel}&limit=5", page => page["items"]!.AsArray().FirstOrDefault(c => (string?)c!["phoneNumber"] == customer),
        c => (string?)c["owner"]!["kind"] == "agent", pause, cancellationToken))["id"]!;

    /// <summary>A message of a conversation, once it has come so far.</summary>
    public Task<JsonNode> MessageAsync(string conversation, Func<JsonNode, bool> which, TimeSpan pause, CancellationToken cancellationToken) => Desk.UntilAsync(
        $"conversations/{conversation}/messages", page => page["items"]!.AsArray().LastOrDefault(m => which(m!)), _ => true, pause, cancellationToken);

    public void Dispose()
    {
        Desk.Dispose();
        Person.Dispose();
        _simulator.Dispose();
    }
}
