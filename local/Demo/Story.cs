using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LiveDesk.Local.Demo;

/// <summary>
/// One customer's conversation, from the first message to the close, through the public API and the simulated provider only; each step says
/// what happened and how long it took.
/// </summary>
internal sealed class Story : IDisposable
{
    private const string AccountSid = "AC00000000000000000000000000000000";
    private const string AuthToken = "00000000000000000000000000000000";
    private static readonly string[] Receipts = ["sent", "delivered", "read"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Uri _api;
    private readonly ApiClient _desk;
    private readonly ApiClient _simulator;
    private readonly string _number;
    private readonly string _customer;

    public Story(Surroundings at)
    {
        (_api, _desk, _simulator) = (at.Api, new ApiClient(at.Api, at.Key), new ApiClient(at.RequiredSimulator()));
        // Numbers of this run, since the storage keeps those of earlier runs.
        long run = DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000;
        _number = string.Create(CultureInfo.InvariantCulture, $"+1415{run:D6}0");
        _customer = string.Create(CultureInfo.InvariantCulture, $"+1415{run:D6}1");
    }

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("\nA story, on the real thing:\n");
        string agent = "", key = "", channel = "", conversation = "";
        await StepAsync("Ana joins the desk and is online", async () =>
        {
            agent = Text(await _desk.PostAsync("agents", new { name = "Ana", limit = 3 }), "id");
            key = Text(await _desk.PostAsync($"agents/{agent}/keys", new { }), "key");
            return agent;
        });
        using var ana = new ApiClient(_api, key);
        await ana.PutAsync($"agents/{agent}/presence", new { status = "online" });
        await StepAsync("A WhatsApp channel over Twilio is created, its credentials checked with Twilio", async () =>
        {
            channel = await CreateChannelAsync(agent);
            return channel;
        });
        await StepAsync("Susan writes: \"Where is my parcel?\"", async () =>
        {
            JsonNode sent = await _simulator.PostAsync("twilio/inbound", new
            {
                from = $"whatsapp:{_customer}", to = $"whatsapp:{_number}", text = "Where is my parcel?", profileName = "Susan",
            });
            return $"webhook {sent["webhook"]!["outcome"]}";
        });
        await StepAsync("The conversation is open and somebody has it", async () =>
        {
            JsonNode open = await _desk.UntilAsync(
                $"conversations?channelId={channel}", page => page["items"]![0], c => (string?)c["owner"]!["kind"] == "agent", Pause, cancellationToken);
            conversation = Text(open, "id");
            return $"{open["owner"]!["name"]} ({open["assignmentReason"]})";
        });
        await StepAsync("The greeting has reached Susan", () => DeliveredAsync(conversation, "Hello! We are with you in a moment.", "delivered", cancellationToken));
        await StepAsync("Ana replies: \"It comes tomorrow.\"", async () =>
            Text(await ana.PostAsync($"conversations/{conversation}/messages", new { text = "It comes tomorrow." }), "status"));
        await StepAsync("It is delivered", () => DeliveredAsync(conversation, "It comes tomorrow.", "delivered", cancellationToken));
        await StepAsync("Susan reads it", () => DeliveredAsync(conversation, "It comes tomorrow.", "read", cancellationToken));
        await StepAsync("Ana closes the conversation", async () =>
            Text(await ana.PostAsync($"conversations/{conversation}/close", new { category = "Delivery", summary = "Parcel comes tomorrow" }), "status"));

        JsonNode messages = await _desk.GetAsync($"conversations/{conversation}/messages");
        Console.WriteLine("\nWhat the desk shows of it:\n");
        foreach (JsonNode? message in messages["items"]!.AsArray()) Console.WriteLine(Line(message!));
        Console.WriteLine();
    }

    public void Dispose()
    {
        _desk.Dispose();
        _simulator.Dispose();
    }

    private async Task<string> CreateChannelAsync(string agent)
    {
        JsonNode created = await _desk.PostAsync("channels", new
        {
            type = "whatsapp",
            provider = "twilio",
            name = "Sales",
            phoneNumber = _number,
            credentials = new { accountSid = AccountSid, authToken = AuthToken },
            agentIds = new[] { agent },
            settings = new { greeting = new { enabled = true, text = "Hello! We are with you in a moment." } },
        });
        await _simulator.PostAsync("twilio/numbers", new
        {
            phoneNumber = $"whatsapp:{_number}", webhookUrl = Text(created, "webhookUrl"), accountSid = AccountSid, authToken = AuthToken,
        });
        await _simulator.PutAsync("twilio/settings", new { autoStatus = Receipts, statusDelay = "PT0.3S" });
        return Text(created, "id");
    }

    private async Task<string> DeliveredAsync(string conversation, string text, string status, CancellationToken cancellationToken)
    {
        string[] enough = status == "read" ? ["read"] : [status, "read"];
        JsonNode message = await _desk.UntilAsync(
            $"conversations/{conversation}/messages", page => page["items"]!.AsArray().FirstOrDefault(m => (string?)m!["text"] == text),
            m => enough.Contains((string?)m["status"]), Pause, cancellationToken);
        return Text(message, "status");
    }

    private static async Task StepAsync(string what, Func<Task<string>> step)
    {
        Console.Write($"  {what} ");
        long began = Stopwatch.GetTimestamp();
        string result = await step();
        Console.WriteLine($"-> {result}  [{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms]");
    }

    private static string Text(JsonNode node, string name) => (string)node[name]!;

    private static string Line(JsonNode message)
    {
        string time = DateTimeOffset.Parse((string)message["occurredAt"]!, CultureInfo.InvariantCulture).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string who = (string?)message["author"]!["name"] ?? (string)message["author"]!["kind"]!;
        string arrow = (string?)message["direction"] switch { "in" => "<-", "out" => "->", _ => "--" };
        return $"  {time} {arrow} {who,-14} {message["text"]}{(message["status"] is { } status ? $"   ({status})" : "")}";
    }
}
