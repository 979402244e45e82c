using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>A desk that has just asked a customer for a score.</summary>
internal sealed class AskedSurvey : IAsyncDisposable
{
    public const string Customer = "+15550001111";

    private readonly ForwardClock _clock = new();

    private AskedSurvey() { }

    public Desk Desk { get; private set; } = null!;

    public TwilioChannel Channel { get; private set; } = null!;

    /// <summary>The person who had the conversation.</summary>
    public string Agent { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Conversation { get; private set; } = "";

    /// <summary>Where the link in the chat leads.</summary>
    public Uri Page { get; private set; } = null!;

    /// <param name="language">Of the contact; null: not known.</param>
    /// <param name="question">The channel's own; null: the desk's.</param>
    public static async Task<AskedSurvey> AskAsync(string? language = null, string? question = null)
    {
        var asked = new AskedSurvey();
        asked.Desk = await Desk.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(asked._clock));
        DeskApi api = asked.Desk.Api;
        asked.Agent = await api.CreateAgentAsync("Ana");
        asked.Channel = await TwilioChannel.CreateAsync(
            api, asked.Desk.Simulator, [asked.Agent], new { reopen = new { within = "P1D" }, csat = new { enabled = true, question } });
        await asked.Channel.CustomerWritesAsync(Customer, "Where is my order?");
        JsonNode open = (await Eventually.SeesAsync(
            () => api.ItemsAsync("conversations"), c => c.Count == 1 && (string?)c[0]["owner"]!["id"] == asked.Agent, "an assigned conversation"))[0];
        (asked.Conversation, asked.Contact) = ((string)open["id"]!, (string)open["contactId"]!);
        if (language is not null) await api.PatchAsync($"contacts/{asked.Contact}", new { language });
        using DeskApi ana = await api.SpeakingForAsync(asked.Agent);
        await ana.SendAsync(asked.Conversation, "It is on its way.");
        await ana.PostAsync($"conversations/{asked.Conversation}/close", new { });
        IReadOnlyList<JsonNode> messages = await Eventually.SeesAsync(() => api.MessagesAsync(asked.Conversation), all => all.Any(IsQuestion), "the question");
        string said = (string)messages.Single(IsQuestion)["text"]!;
        asked.Page = new Uri(said[said.IndexOf("http", StringComparison.Ordinal)..].Split('\n')[0]);
        return asked;
    }

    public void Wait(TimeSpan time) => _clock.Put(time);

    public async Task<JsonNode> ReopenAsync() => await Desk.Api.PostAsync($"conversations/{Conversation}/reopen", new { });

    /// <summary>The answers that the desk has taken, in order.</summary>
    public async Task<IReadOnlyList<(int Score, string? Comment)>> AnswersAsync() =>
        [.. (await Desk.Api.ItemsAsync("events?after=start&limit=200")).Where(e => (string?)e["type"] == "csat.answered")
            .Select(e => ((int)e["data"]!["score"]!, (string?)e["data"]!["comment"]))];

    public async Task<HttpStatusCode> PostAsync(int score, string comment = "")
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("score", $"{score}"), new("comment", comment)]);
        using HttpResponseMessage answer = await http.PostAsync(Page, form);
        return answer.StatusCode;
    }

    private static bool IsQuestion(JsonNode message) => ((string?)message["text"])?.Contains("/api/csat/", StringComparison.Ordinal) == true;

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
