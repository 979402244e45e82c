using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LiveDesk.Local.Demo;

/// <summary>Something in the story did not go as it should.</summary>
internal sealed class StoryException(string message) : Exception(message);

/// <summary>
/// One customer's conversation, from the first message to the close, through the public API and the simulated provider only; each step says
/// what happened and how long it took.
/// </summary>
internal sealed class Story : IDisposable
{
    private const string AccountSid = "AC00000000000000000000000000000000";
    private const string AuthToken = "00000000000000000000000000000000";
    private static readonly string[] Receipts = ["sent", "delivered", "read"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _desk;
    private readonly HttpClient _ana;
    private readonly HttpClient _simulator;
    private readonly string _number;
    private readonly string _customer;

    public Story(Surroundings at)
    {
        if (at.Simulator is null) throw new StoryException("no provider is simulated; point LiveDesk__Providers__Twilio__BaseUrl at this machine.");
        _desk = new HttpClient { BaseAddress = at.Api };
        _desk.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", at.Key);
        _ana = new HttpClient { BaseAddress = at.Api };
        _simulator = new HttpClient { BaseAddress = at.Simulator };
        // Numbers of this run, since the storage keeps those of earlier runs.
        long run = DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000;
        _number = string.Create(CultureInfo.InvariantCulture, $"+1415{run:D6}0");
        _customer = string.Create(CultureInfo.InvariantCulture, $"+1415{run:D6}1");
    }

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("\nA story, on the real thing:\n");
        string agent = "", channel = "", conversation = "";
        await StepAsync("Ana joins the desk and is online", async () =>
        {
            agent = Text(await PostAsync(_desk, "agents", new { name = "Ana", limit = 3 }), "id");
            JsonNode key = await PostAsync(_desk, $"agents/{agent}/keys", new { });
            _ana.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(key, "key"));
            await SendAsync(_ana, HttpMethod.Put, $"agents/{agent}/presence", new { status = "online" });
            return agent;
        });
        await StepAsync("A WhatsApp channel over Twilio is created, its credentials checked with Twilio", async () =>
        {
            channel = await CreateChannelAsync(agent);
            return channel;
        });
        await StepAsync("Susan writes: \"Where is my parcel?\"", async () =>
        {
            JsonNode sent = await PostAsync(_simulator, "twilio/inbound", new
            {
                from = $"whatsapp:{_customer}", to = $"whatsapp:{_number}", text = "Where is my parcel?", profileName = "Susan",
            });
            return $"webhook {sent["webhook"]!["outcome"]}";
        });
        await StepAsync("The conversation is open and somebody has it", async () =>
        {
            JsonNode open = await UntilAsync(
                $"conversations?channelId={channel}", page => page["items"]![0], c => (string?)c["owner"]!["kind"] == "agent", cancellationToken);
            conversation = Text(open, "id");
            return $"{open["owner"]!["name"]} ({open["assignmentReason"]})";
        });
        await StepAsync("The greeting has reached Susan", () => DeliveredAsync(conversation, "Hello! We are with you in a moment.", "delivered", cancellationToken));
        await StepAsync("Ana replies: \"It comes tomorrow.\"", async () =>
            Text(await PostAsync(_ana, $"conversations/{conversation}/messages", new { text = "It comes tomorrow." }), "status"));
        await StepAsync("It is delivered", () => DeliveredAsync(conversation, "It comes tomorrow.", "delivered", cancellationToken));
        await StepAsync("Susan reads it", () => DeliveredAsync(conversation, "It comes tomorrow.", "read", cancellationToken));
        await StepAsync("Ana closes the conversation", async () =>
            Text(await PostAsync(_ana, $"conversations/{conversation}/close", new { category = "Delivery", summary = "Parcel comes tomorrow" }), "status"));

        JsonNode messages = await SendAsync(_desk, HttpMethod.Get, $"conversations/{conversation}/messages", null);
        Console.WriteLine("\nWhat the desk shows of it:\n");
        foreach (JsonNode? message in messages["items"]!.AsArray()) Console.WriteLine(Line(message!));
        Console.WriteLine();
    }

    public void Dispose()
    {
        _desk.Dispose();
        _ana.Dispose();
        _simulator.Dispose();
    }

    private async Task<string> CreateChannelAsync(string agent)
    {
        JsonNode created = await PostAsync(_desk, "channels", new
        {
            type = "whatsapp",
            provider = "twilio",
            name = "Sales",
            phoneNumber = _number,
            credentials = new { accountSid = AccountSid, authToken = AuthToken },
            agentIds = new[] { agent },
            settings = new { greeting = new { enabled = true, text = "Hello! We are with you in a moment." } },
        });
        await PostAsync(_simulator, "twilio/numbers", new
        {
            phoneNumber = $"whatsapp:{_number}", webhookUrl = Text(created, "webhookUrl"), accountSid = AccountSid, authToken = AuthToken,
        });
        await SendAsync(_simulator, HttpMethod.Put, "twilio/settings", new { autoStatus = Receipts, statusDelay = "PT0.3S" });
        return Text(created, "id");
    }

    private async Task<string> DeliveredAsync(string conversation, string text, string status, CancellationToken cancellationToken)
    {
        string[] enough = status == "read" ? ["read"] : [status, "read"];
        JsonNode message = await UntilAsync(
            $"conversations/{conversation}/messages", page => page["items"]!.AsArray().FirstOrDefault(m => (string?)m!["text"] == text),
            m => enough.Contains((string?)m["status"]), cancellationToken);
        return Text(message, "status");
    }

    private static async Task StepAsync(string what, Func<Task<string>> step)
    {
        Console.Write($"  {what} ");
        long began = Stopwatch.GetTimestamp();
        string result = await step();
        Console.WriteLine($"-> {result}  [{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms]");
    }

    private async Task<JsonNode> UntilAsync(string path, Func<JsonNode, JsonNode?> pick, Func<JsonNode, bool> holds, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            JsonNode page = await SendAsync(_desk, HttpMethod.Get, path, null);
            if ((page["items"] is not JsonArray { Count: 0 } ? pick(page) : null) is { } found && holds(found)) return found;
            await pause.WaitForNextTickAsync(cancellationToken);
        }
        throw new StoryException($"after {Patience.TotalSeconds:0} s it has still not happened.");
    }

    private static Task<JsonNode> PostAsync(HttpClient client, string path, object body) => SendAsync(client, HttpMethod.Post, path, body);

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new StoryException($"{method} {request.RequestUri} was answered with {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
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
