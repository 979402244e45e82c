using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_two_contacts_are_merged
{
    private const string Stays = "+15550001111";
    private const string Goes = "+15550003333";

    [Fact]
    public async Task Brings_everything_to_the_one_that_stays()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        (string primary, string open) = await WritesAsync(desk, channel, Stays, "I am Zoë", null);
        (string secondary, string closed) = await WritesAsync(desk, channel, Goes, "This is my other number", "SM0000000000000000000000000000abcd");

        JsonNode merged = await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });
        JsonNode again = await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });
        await channel.CustomerWritesAsync(Goes, "This is my other number", "SM0000000000000000000000000000abcd"); // comes a second time
        await channel.CustomerWritesAsync(Goes, "Still me");
        await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(open), all => all.Any(m => (string?)m["text"] == "Still me"), "the message to come to the one that stays");

        Assert.Equal(primary, (string?)merged["id"]);
        Assert.Equal([Stays, Goes], merged["identities"]!.AsArray().Select(i => (string?)i!["address"]));
        Assert.Equal((string?)merged["id"], (string?)again["id"]);
        Assert.Equal(primary, (string?)(await desk.Api.GetAsync($"contacts/{secondary}"))["mergedInto"]);
        JsonNode ended = await desk.Api.ConversationAsync(closed);
        Assert.Equal(("closed", "merge"), ((string?)ended["status"], (string?)ended["closedBy"]!["source"]));
        Assert.Contains(await desk.Api.MessagesAsync(closed), m => (string?)m["text"] == "This is my other number");
        IEnumerable<JsonNode> received = (await desk.Api.MessagesAsync(open)).Where(m => (string?)m["direction"] == "in");
        Assert.Equal(["I am Zoë", "Still me"], received.Select(m => (string?)m["text"]));
        Assert.Single(await desk.Api.ItemsAsync("conversations?status=open"));
    }

    [Fact]
    public async Task Refuses_what_would_go_in_circles_and_names_the_field()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        (string primary, _) = await WritesAsync(desk, channel, Stays, "One", null);
        (string secondary, string conversation) = await WritesAsync(desk, channel, Goes, "Two", null);
        await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });

        string erased = await desk.Api.CreateAsync("contacts", new { name = "Nobody" });
        string third = await desk.Api.CreateAsync("contacts", new { name = "Third" });
        await desk.Api.RefusedAsync(HttpMethod.Delete, $"contacts/{erased}", null, HttpStatusCode.NoContent);

        JsonNode[] refused =
        [
            await RefusedAsync(desk, primary, primary, HttpStatusCode.UnprocessableEntity),
            await RefusedAsync(desk, third, secondary, HttpStatusCode.Conflict),
            await RefusedAsync(desk, primary, "ct_000000000000000000000000", HttpStatusCode.NotFound),
            await RefusedAsync(desk, primary, erased, HttpStatusCode.NotFound),
            await RefusedAsync(desk, primary, "nobody", HttpStatusCode.BadRequest),
        ];
        await RefusedAsync(desk, erased, primary, HttpStatusCode.NotFound);

        Assert.All(refused, r => Assert.Equal("secondaryId", (string?)r["errors"]![0]!["field"]));
        await desk.Api.RefusedAsync(
            HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Anybody?" }, HttpStatusCode.UnprocessableEntity);
        await desk.Api.RefusedAsync(HttpMethod.Post, $"conversations/{conversation}/notes", new { text = "Late" }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Does_nothing_to_the_one_that_stays_under_the_name_of_the_one_that_is_gone()
    {
        await using Desk desk = await Desk.StartAsync();
        string primary = await desk.Api.CreateAsync("contacts", new { name = "Zoë", phoneNumber = Stays });
        string secondary = await desk.Api.CreateAsync("contacts", new { name = "Zoé", phoneNumber = Goes });
        string third = await desk.Api.CreateAsync("contacts", new { name = "Third" });
        await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });
        string before = (await desk.Api.GetAsync($"contacts/{primary}")).ToJsonString();

        Answered[] refused =
        [
            await desk.Api.CallAsync(HttpMethod.Patch, $"contacts/{secondary}", new { name = "Somebody" }),
            await desk.Api.CallAsync(HttpMethod.Delete, $"contacts/{secondary}"),
            await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{secondary}/block", new { }),
            await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{secondary}/unblock", new { }),
            await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{secondary}/merge", new { secondaryId = third }),
            await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{third}/merge", new { secondaryId = secondary }),
        ];

        Assert.All(refused, r => Assert.Equal((409, "contact_merged"), (r.Status, r.Code)));
        Assert.All(refused, r => Assert.Contains(primary, (string?)r.Body!["detail"], StringComparison.Ordinal));
        Assert.Equal(before, (await desk.Api.GetAsync($"contacts/{primary}")).ToJsonString());
        Assert.Equal(primary, (string?)(await desk.Api.GetAsync($"contacts/{secondary}"))["mergedInto"]);
    }

    [Fact]
    public async Task Goes_on_with_the_survey_that_was_asked_before()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync();
        DeskApi api = survey.Desk.Api;
        (string primary, string open) = await WritesAsync(survey.Desk, survey.Channel, Goes, "I am Zoë", null);

        await api.PostAsync($"contacts/{primary}/merge", new { secondaryId = survey.Contact });
        Assert.Equal(HttpStatusCode.OK, await survey.PostAsync(2, "Slow"));
        await survey.Channel.CustomerWritesAsync(AskedSurvey.Customer, "5 on second thoughts");
        await Eventually.SeesAsync(survey.AnswersAsync, a => a.Count == 2, "the second answer");

        Assert.Equal([(2, "Slow"), (5, "on second thoughts")], await survey.AnswersAsync());
        Assert.Equal(HttpStatusCode.OK, await survey.PostAsync(4));
        IReadOnlyList<JsonNode> messages = await api.MessagesAsync(open);
        Assert.Equal(3, messages.Count(m => ((string?)m["text"])?.StartsWith("Survey answered", StringComparison.Ordinal) == true));
        Assert.DoesNotContain(await api.MessagesAsync(survey.Conversation), m => ((string?)m["text"])?.StartsWith("Survey answered", StringComparison.Ordinal) == true);
        JsonNode row = await Eventually.SeesAsync(
            async () => (await api.GetAsync("reports/csat?groupBy=agent"))["items"]!.AsArray().Single()!, r => (double?)r["average"] == 4, "the last answer in the report");
        Assert.Equal((survey.Agent, 1, 1), ((string?)row["key"], (int)row["sent"]!, (int)row["answered"]!));
    }

    [Fact]
    public async Task Loses_no_message_that_comes_at_the_same_time()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        (string primary, string open) = await WritesAsync(desk, channel, Stays, "One", null);
        (string secondary, string closed) = await WritesAsync(desk, channel, Goes, "0", null);

        Task writing = Task.WhenAll(Enumerable.Range(1, 12).Select(i => channel.CustomerWritesAsync(Goes, $"{i}")));
        await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });
        await writing;
        await desk.QuietAsync();

        string?[] texts = [.. (await desk.Api.MessagesAsync(open)).Concat(await desk.Api.MessagesAsync(closed)).Where(m => (string?)m["direction"] == "in")
            .Select(m => (string?)m["text"]).Where(t => t != "One")];
        Assert.Equal(Enumerable.Range(0, 13).Select(i => $"{i}").Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        Assert.Equal(open, (string?)Assert.Single(await desk.Api.ItemsAsync("conversations?status=open"))["id"]);
    }

    private static Task<JsonNode> RefusedAsync(Desk desk, string contact, string secondary, HttpStatusCode status) =>
        desk.Api.RefusedAsync(HttpMethod.Post, $"contacts/{contact}/merge", new { secondaryId = secondary }, status);

    private static async Task<(string Contact, string Conversation)> WritesAsync(Desk desk, TwilioChannel channel, string number, string text, string? sid)
    {
        await channel.CustomerWritesAsync(number, text, sid);
        JsonNode conversation = (await Eventually.SeesAsync(
            async () => (await desk.Api.ItemsAsync("conversations")).Where(c => (string?)c["phoneNumber"] == number).ToList(), c => c.Count == 1,
            "the conversation"))[0];
        return ((string)conversation["contactId"]!, (string)conversation["id"]!);
    }
}
