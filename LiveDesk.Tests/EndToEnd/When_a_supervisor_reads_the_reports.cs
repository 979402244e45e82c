using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_supervisor_reads_the_reports
{
    private const string Formula = "=HYPERLINK(\"http://evil\",\"Ana\")";

    [Fact]
    public async Task A_conversation_is_counted_while_open_and_once_when_closed_and_so_after_a_rebuild()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync(Formula);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await channel.CustomerWritesAsync("+15550001111", "Hola");
        await channel.CustomerWritesAsync("+15550002222", "Hola");
        IReadOnlyList<JsonNode> conversations = await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 2 && c.All(x => (string?)x["owner"]!["id"] == ana), "two assigned conversations");
        await speaking.SendAsync((string)conversations[0]["id"]!, "Buenas");

        JsonNode open = await Eventually.SeesAsync(
            () => desk.Api.GetAsync("reports/conversations"), r => (int)r["totals"]!["firstResponse"]!["count"]! == 1, "the first response");
        JsonNode dashboard = await desk.Api.GetAsync("reports/dashboard");
        await speaking.PostAsync($"conversations/{conversations[0]["id"]}/close", new { });
        JsonNode closed = await Eventually.SeesAsync(
            () => desk.Api.GetAsync("reports/conversations?groupBy=agent"), r => (int)r["totals"]!["closed"]! == 1, "the close");
        await desk.QuietAsync();
        string before = (await desk.Api.GetAsync("reports/responses?groupBy=channel")).ToJsonString();
        JsonNode rebuilt = await desk.Api.PostAsync("reports/rebuild", new { }, HttpStatusCode.Accepted);
        await desk.QuietAsync();

        Assert.Equal((2, 0), ((int)open["totals"]!["opened"]!, (int)open["totals"]!["closed"]!));
        Assert.Equal(2, (int)dashboard["totals"]!["open"]!);
        Assert.Equal((ana, 2), ((string)dashboard["items"]![0]!["key"]!, (int)dashboard["items"]![0]!["open"]!));
        JsonNode row = closed["items"]!.AsArray().Single()!;
        Assert.Equal((ana, Formula), ((string)row["key"]!, (string)row["name"]!));
        Assert.Equal((2, 1), ((int)row["opened"]!, (int)row["closed"]!));
        Assert.Equal((1, 1), ((int)row["firstResponse"]!["count"]!, (int)row["resolution"]!["count"]!));
        Assert.NotNull(row["firstResponseBusinessHours"]!["p90"]);
        Assert.InRange((int)rebuilt["days"]!, 1, 2);
        Assert.Equal(before, (await desk.Api.GetAsync("reports/responses?groupBy=channel")).ToJsonString());
    }

    [Fact]
    public async Task Whoever_accepts_csv_gets_it_without_formulas()
    {
        await using Desk desk = await Desk.StartAsync();
        await desk.Api.CreateAgentAsync(Formula);

        foreach (string report in new[] { "conversations", "responses", "csat", "dashboard" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"reports/{report}") { Headers = { { "Accept", "text/csv" } } };
            using HttpResponseMessage response = await desk.Api.Http.SendAsync(request);
            string csv = await response.Content.ReadAsStringAsync();

            Assert.Equal((HttpStatusCode.OK, "text/csv"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.StartsWith("key,name,", csv, StringComparison.Ordinal);
            Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
            if (report == "dashboard") Assert.Contains(",\"'=HYPERLINK(\"\"http://evil\"\",\"\"Ana\"\")\",", csv, StringComparison.Ordinal);
            else Assert.InRange(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length, 31, 33);
        }
    }

    [Fact]
    public async Task A_category_that_gets_another_name_keeps_its_figures()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string category = (string)(await desk.Api.PostAsync("closing-note-categories", new { name = "Orders" }, HttpStatusCode.Created))["id"]!;
        async Task<JsonNode> CloseAsync(string customer, string called)
        {
            await channel.CustomerWritesAsync(customer, "Hola");
            IReadOnlyList<JsonNode> open = await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations?status=open"), c => c.Count == 1, "a conversation");
            return await desk.Api.PostAsync($"conversations/{open[0]["id"]}/close", new { category = called });
        }

        JsonNode byName = await CloseAsync("+15550001111", "orders");
        await desk.Api.PatchAsync($"closing-note-categories/{category}", new { name = "Purchases" });
        JsonNode byId = await CloseAsync("+15550002222", category);
        JsonNode report = await Eventually.SeesAsync(
            () => desk.Api.GetAsync("reports/conversations?groupBy=category"), r => (int)r["totals"]!["closed"]! == 2, "two closes");

        JsonNode row = report["items"]!.AsArray().Single()!;
        Assert.Equal((category, "Purchases", 2), ((string?)row["key"], (string?)row["name"], (int)row["closed"]!));
        Assert.Equal("""{"category":"Orders","summary":null}""", byName["closingNote"]!.ToJsonString());
        Assert.Equal("Purchases", (string?)byId["closingNote"]!["category"]);
        foreach (string group in new[] { "day", "agent", "channel", "team", "closedSource", "category" })
            Assert.Equal(0, (int)(await desk.Api.GetAsync($"reports/csat?groupBy={group}"))["totals"]!["sent"]!);
    }

    [Fact]
    public async Task All_time_can_be_asked_about()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.CustomerWritesAsync("+15550001111", "Hola");
        string id = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        await desk.Api.PostAsync($"conversations/{id}/close", new { });
        await Eventually.SeesAsync(() => desk.Api.GetAsync("reports/conversations"), r => (int)r["totals"]!["closed"]! == 1, "the close");
        string[] spans =
        [
            "from=1970-01-01T00:00:00Z&to=2100-01-01T00:00:00Z", "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&timeZone=Asia/Tokyo",
            "from=0001-01-01T00:00:00Z&timeZone=America/Los_Angeles",
        ];

        foreach (string span in spans)
        {
            JsonNode report = await desk.Api.GetAsync($"reports/conversations?{span}");
            Assert.Equal((1, 1), ((int)report["totals"]!["opened"]!, (int)report["totals"]!["closed"]!));
            Assert.InRange(report["items"]!.AsArray().Count, 1, 2);
            Assert.Equal(1, (int)(await desk.Api.GetAsync($"reports/responses?{span}&groupBy=channel"))["totals"]!["resolution"]!["count"]!);
            Assert.Empty((await desk.Api.GetAsync($"reports/csat?{span}"))["items"]!.AsArray());
        }
        foreach (string nothing in new[] { "to=0001-01-01T00:00:00Z", "from=9500-01-01T00:00:00Z&to=9600-01-01T00:00:00Z" })
            Assert.Equal(0, (int)(await desk.Api.GetAsync($"reports/conversations?{nothing}"))["totals"]!["opened"]!);
    }

    [Fact]
    public async Task A_malformed_question_is_refused_by_name_and_an_agent_altogether()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        (string Path, string Field)[] malformed =
        [
            ("reports/conversations?from=yesterday", "from"), ("reports/conversations?to=2026-03-29", "to"),
            ("reports/conversations?from=2026-03-29T00:00:00Z&to=2026-03-29T00:00:00Z", "to"),
            ("reports/conversations?groupBy=customer", "groupBy"),
            ("reports/csat?groupBy=customer", "groupBy"), ("reports/responses?timeZone=Mars/Olympus", "timeZone"),
            ("reports/responses?timeZone=", "timeZone"), ("reports/conversations?channelId=x", "channelId"),
        ];
        foreach ((string path, string field) in malformed)
        {
            JsonNode problem = await desk.Api.RefusedAsync(HttpMethod.Get, path, null, HttpStatusCode.BadRequest);
            Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
        }
        foreach (string report in new[] { "conversations", "responses", "csat", "dashboard" })
            await speaking.RefusedAsync(HttpMethod.Get, $"reports/{report}", null, HttpStatusCode.Forbidden);
        await speaking.RefusedAsync(HttpMethod.Post, "reports/rebuild", new { }, HttpStatusCode.Forbidden);
    }
}
