using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>The orchestrations on the real app, with durations of a second.</summary>
public sealed class When_time_passes_over_a_conversation
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Wakes_a_snoozed_conversation_and_frees_the_slot_meanwhile()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string id = await WriteAsync(desk, channel, ana);

        await desk.Api.PostAsync($"conversations/{id}/snooze", new { until = DateTimeOffset.UtcNow.AddSeconds(4) });
        Assert.Single(await desk.Api.ItemsAsync("conversations?status=snoozed"));
        await HoldsAsync(desk, ana, 0);
        JsonNode woken = await IsAsync(desk, id, "open");

        Assert.Equal(ana, (string?)woken["owner"]!["id"]);
        await HoldsAsync(desk, ana, 1);
        await desk.Api.PostAsync($"conversations/{id}/snooze", new { untilReply = true });
        await channel.CustomerWritesAsync(Customer, "I am back");
        await IsAsync(desk, id, "open");
    }

    [Fact]
    public async Task Closes_by_itself_asks_for_a_score_and_takes_it_without_another_conversation()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { autoClose = new { after = "PT2S" }, csat = new { enabled = true, question = "1 to 5?" } });
        string id = await WriteAsync(desk, channel, ana);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.SendAsync(id, "It is on its way.");

        JsonNode closed = await IsAsync(desk, id, "closed");
        Assert.Equal("auto", (string?)closed["closedBy"]!["source"]);
        string question = await SaidAsync(desk, id, "1 to 5?");
        await channel.CustomerWritesAsync(Customer, "5 muy bien");
        await SaidAsync(desk, id, "Thank you");

        Assert.Single(await desk.Api.ItemsAsync("conversations?status=closed"));
        Assert.Empty(await desk.Api.ItemsAsync("conversations"));
        await AnswersOnThePageAsync(question);
        Assert.Contains(await desk.Api.MessagesAsync(id), m => (string?)m["text"] == "Survey answered: 4");
    }

    [Fact]
    public async Task Tells_outside_hours_when_somebody_is_there_and_assigns_nobody_until_then()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana], new
        {
            greeting = new { enabled = true, text = "Hello!" },
            businessHours = new { enabled = true, timeZone = "UTC", unavailableMessage = "Closed.", days = new { monday = new { intervals = Array.Empty<object>() } } },
        });

        await channel.CustomerWritesAsync(Customer, "Anybody there?");
        JsonNode conversation = (await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation"))[0];
        string id = (string)conversation["id"]!;
        await SaidAsync(desk, id, "Closed.");
        await channel.CustomerWritesAsync(Customer, "Hello?");
        await desk.QuietAsync();

        JsonNode waiting = await desk.Api.ConversationAsync(id);
        Assert.Equal(("none", 1), ((string?)waiting["owner"]!["kind"], (int)waiting["waiting"]!["position"]!));
        Assert.Equal(["Closed."], (await desk.Api.MessagesAsync(id)).Where(m => (string?)m["direction"] == "out").Select(m => (string?)m["text"]));
        await channel.CustomerWritesAsync("+15550002223", "Me too");
        await desk.QuietAsync();
        Assert.Equal(0, (int)(await desk.Api.GetAsync($"agents/{ana}"))["held"]!);
    }

    [Fact]
    public async Task Gives_the_customer_of_a_silent_person_to_another()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { assignment = new { reassignAfter = "PT3S" } });
        string id = await WriteAsync(desk, channel, ana);
        string luis = await desk.Api.CreateAgentAsync("Luis");
        await desk.Api.PutAsync($"channels/{channel.Id}/agents/{luis}", new { });

        JsonNode moved = await Eventually.SeesAsync(
            () => desk.Api.ConversationAsync(id), c => (string?)c["owner"]!["id"] == luis, "Luis to have it");

        Assert.Equal("load", (string?)moved["assignmentReason"]);
        Assert.Contains(await desk.Api.MessagesAsync(id), m => (string?)m["text"] == "Unassigned from Ana (no_reply)");
    }

    [Fact]
    public async Task Reopens_within_the_time_and_takes_back_the_survey()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { reopen = new { within = "PT1H" }, csat = new { enabled = true, question = "1 to 5?" } });
        string id = await WriteAsync(desk, channel, ana);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.SendAsync(id, "Done.");

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => speaking.PostAsync($"conversations/{id}/close", new { })));
        await SaidAsync(desk, id, "1 to 5?");
        await speaking.PostAsync($"conversations/{id}/reopen", new { });
        JsonNode again = await Eventually.SeesAsync(
            () => desk.Api.ConversationAsync(id), c => (string?)c["owner"]!["id"] == ana, "the former owner to have it");
        Assert.Equal("reopened", (string?)again["assignmentReason"]);
        await speaking.SendAsync(id, "Now it is done.");
        await speaking.PostAsync($"conversations/{id}/close", new { });
        await Eventually.SeesAsync(
            async () => (await desk.Api.MessagesAsync(id)).Count(m => ((string?)m["text"])?.StartsWith("1 to 5?", StringComparison.Ordinal) == true),
            n => n == 2, "two surveys");

        await desk.QuietAsync();
        IReadOnlyList<JsonNode> messages = await desk.Api.MessagesAsync(id);
        Assert.Equal(2, messages.Count(m => ((string?)m["text"])?.StartsWith("1 to 5?", StringComparison.Ordinal) == true));
        Assert.Single(messages, m => (string?)m["text"] == "Survey withdrawn");
        await desk.Api.RefusedAsync(HttpMethod.Post, $"conversations/{id}/snooze", new { untilReply = true }, HttpStatusCode.UnprocessableEntity);
    }

    private static async Task AnswersOnThePageAsync(string question)
    {
        using var browser = new HttpClient();
        var page = new Uri(question[question.IndexOf("http", StringComparison.Ordinal)..]);
        string html = await browser.GetStringAsync(page);
        Assert.Contains("<form", html, StringComparison.Ordinal);
        using HttpResponseMessage answered = await browser.PostAsync(
            page, new FormUrlEncodedContent([new("score", "4"), new("comment", "On second thoughts")]));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        using HttpResponseMessage wrong = await browser.PostAsync(page, new FormUrlEncodedContent([new("score", "9")]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using HttpResponseMessage forged = await browser.GetAsync(new Uri(page.AbsoluteUri[..^1] + (page.AbsoluteUri[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    private static async Task<string> WriteAsync(Desk desk, TwilioChannel channel, string owner)
    {
        await channel.CustomerWritesAsync(Customer, "Where is my order?");
        IReadOnlyList<JsonNode> open = await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 1 && (string?)c[0]["owner"]!["id"] == owner, "an assigned conversation");
        return (string)open[0]["id"]!;
    }

    private static Task<JsonNode> IsAsync(Desk desk, string id, string status) => Eventually.SeesAsync(
        () => desk.Api.ConversationAsync(id), c => (string?)c["status"] == status, $"the conversation to be {status}");

    private static async Task<string> SaidAsync(Desk desk, string id, string beginning) => (string)(await Eventually.SeesAsync<JsonNode?>(
        new Func<Task<JsonNode?>>(async () => (await desk.Api.MessagesAsync(id)).FirstOrDefault(m => ((string?)m["text"])?.StartsWith(beginning, StringComparison.Ordinal) == true)),
        m => m is not null, $"'{beginning}' to be said"))!["text"]!;

    private static Task<int> HoldsAsync(Desk desk, string agent, int held) => Eventually.SeesAsync(
        async () => (int)(await desk.Api.GetAsync($"agents/{agent}"))["held"]!, h => h == held, $"the person to hold {held}");
}
