using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Telemetry;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Functions.Security;
using LiveDesk.Tests.Local;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_operator_looks_after_the_desk
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task What_was_set_aside_is_listed_and_goes_its_way_when_replayed()
    {
        await using Desk desk = await Desk.StartAsync();
        var poison = new QueueClient(desk.Settings.Storage.ConnectionString, "facts-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateAsync();
        await poison.SendMessageAsync(Work("main", 5));
        await poison.SendMessageAsync(Work("main", 1));
        await poison.SendMessageAsync(Work("other", 1));
        await poison.SendMessageAsync("no work at all");

        JsonNode facts = await QueueAsync(desk, "facts");
        JsonNode[] messages = [.. facts["messages"]!.AsArray().Select(m => m!)];
        JsonNode one = await desk.Api.PostAsync("operations/poison/facts/replay", new { messageIds = new[] { (string)messages[0]["id"]!, "unknown" } });
        await Eventually.SeesAsync(() => SurveysAsync(desk), report => (int)report["totals"]!["answered"]! == 1, "the first survey");
        JsonNode rest = await desk.Api.PostAsync("operations/poison/facts/replay", new { });
        JsonNode report = await Eventually.SeesAsync(() => SurveysAsync(desk), r => (int)r["totals"]!["answered"]! == 2, "both surveys");

        Assert.Equal(4, (int)facts["count"]!);
        Assert.Equal(["survey-fact", "survey-fact", null], messages.Select(m => (string?)m["work"]));
        Assert.Equal((1, "unknown"), ((int)one["replayed"]!, (string)one["notFound"]!.AsArray().Single()!));
        Assert.Equal(2, (int)rest["replayed"]!);
        Assert.Equal(3.0, (double)report["totals"]!["average"]!);
        Assert.Equal(Work("other", 1), (await poison.ReceiveMessagesAsync(32)).Value.Single().Body.ToString());
    }

    [Fact]
    public async Task What_was_set_aside_is_a_list_like_any_other()
    {
        await using Desk desk = await Desk.StartAsync();
        string?[] all = [.. (await desk.Api.ItemsAsync("operations/poison")).Select(q => (string?)q["queue"])];

        var paged = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            JsonNode page = await desk.Api.GetAsync($"operations/poison?limit=2&cursor={cursor}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            paged.AddRange(page["items"]!.AsArray().Select(q => (string?)q!["queue"]));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(all, paged);
        Assert.Equal(all.Distinct().Count(), all.Length);
        foreach ((string query, string field) in new[] { ("limit=0", "limit"), ("limit=201", "limit"), ("cursor=zzz", "cursor") })
            Assert.Equal(field, (await desk.Api.CallAsync(HttpMethod.Get, $"operations/poison?{query}")).Field);
    }

    [Fact]
    public async Task A_queue_that_is_none_or_ids_that_are_none_are_refused()
    {
        await using Desk desk = await Desk.StartAsync();

        await desk.Api.RefusedAsync(HttpMethod.Post, "operations/poison/nothing/replay", new { }, HttpStatusCode.NotFound);
        JsonNode problem = await desk.Api.RefusedAsync(
            HttpMethod.Post, "operations/poison/facts/replay", new { messageIds = Array.Empty<string>() }, HttpStatusCode.BadRequest);

        Assert.Equal("messageIds", (string?)problem["errors"]![0]!["field"]);
        Assert.Equal(0, (int)(await desk.Api.PostAsync("operations/poison/facts/replay", new { }))["replayed"]!);
        Assert.Equal(QueueNames.All.Order(StringComparer.Ordinal), (await desk.Api.ItemsAsync("operations/poison")).Select(q => (string)q["queue"]!));
    }

    [Fact]
    public async Task A_message_can_be_followed_from_the_request_over_the_queue_to_the_provider_and_is_counted()
    {
        await using Desk desk = await Desk.StartAsync();
        DeskTelemetry telemetry = desk.Services.GetRequiredService<DeskTelemetry>();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == telemetry.Source || source.Name == "LiveDesk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var measured = new ConcurrentQueue<(string Name, string Tags)>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == telemetry.Meter) self.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Enqueue((instrument.Name, Text(tags))));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Enqueue((instrument.Name, Text(tags))));
        meters.Start();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);

        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"conversations/{conversation}/messages")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { text = "Buenas" }),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
        };
        using HttpResponseMessage accepted = await desk.Api.Http.SendAsync(request);
        string message = (string)JsonNode.Parse(await accepted.Content.ReadAsStringAsync())!["id"]!;
        await desk.Api.MessageIsAsync(conversation, message, "delivered", "read");
        await desk.QuietAsync();

        Activity[] path = [.. ended.Where(a => a.TraceId == trace)];
        Assert.Contains(path, a => a is { OperationName: "CreateMessage", Kind: ActivityKind.Server });
        Activity outbound = path.First(a => a is { OperationName: "ProcessOutbound", Kind: ActivityKind.Consumer });
        Activity sent = path.Single(a => a.OperationName == "provider.send");
        Assert.Equal("twilio", sent.GetTagItem("livedesk.provider"));
        Assert.Contains(path, a => a.SpanId == sent.ParentSpanId && a.OperationName == "ProcessOutbound");
        Assert.True(outbound.ParentSpanId != default);
        // The customer's own message: the provider's webhook, the queue, what follows from it.
        Activity webhook = ended.First(a => a.Source == telemetry.Source && a.OperationName == "ReceiveWebhook");
        string[] followed = [.. ended.Where(a => a.TraceId == webhook.TraceId && a.Kind == ActivityKind.Consumer).Select(a => a.OperationName)];
        Assert.Contains("ProcessInbound", followed);
        Assert.Contains("ProcessLifecycle", followed);
        Assert.All(ended, a => Assert.DoesNotContain(Customer[1..], string.Join(' ', a.TagObjects.Select(t => t.Value)), StringComparison.Ordinal));

        string[] names = [.. measured.Select(m => $"{m.Name} {m.Tags}")];
        Assert.Contains("livedesk.messages direction=in", names);
        Assert.Contains("livedesk.messages direction=out", names);
        Assert.Contains("livedesk.send.outcomes status=delivered", names);
        Assert.Contains("livedesk.queue.age function=ProcessInbound", names);
    }

    [Fact]
    public async Task Traces_and_measurements_are_sent_to_the_collector_that_is_set()
    {
        await using Receiver collector = await Receiver.StartAsync();
        await using (Desk desk = await Desk.StartAsync(
            null, $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.BaseUri}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
            await desk.Api.CreateAgentAsync("Ana");

        string[] paths = [.. collector.Requests.Select(r => new Uri(r.Url).AbsolutePath)];
        Assert.Contains("/v1/traces", paths);
        Assert.Contains("/v1/metrics", paths);
        Assert.Contains(collector.Requests, r => r.Body.Contains("CreateAgent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_of_the_configured_issuer_are_taken_beside_keys()
    {
        await using TokenIssuer issuer = await TokenIssuer.StartAsync();
        await using Desk desk = await Desk.StartAsync(
            null, $"--LiveDesk:Oidc:Issuer={issuer.Url.AbsoluteUri.TrimEnd('/')}", $"--LiveDesk:Oidc:Audience={TokenIssuer.Audience}");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using var admin = new DeskApi(desk.Settings.BaseUrl, issuer.Token(now));
        using var agent = new DeskApi(desk.Settings.BaseUrl, issuer.Token(now, c => c["livedesk_role"] = "agent"));
        using var expired = new DeskApi(desk.Settings.BaseUrl, issuer.Token(now.AddHours(-2)));
        using var elsewhere = new DeskApi(desk.Settings.BaseUrl, issuer.Token(now, c => c["livedesk_workspace"] = "other"));

        string created = await admin.CreateAgentAsync("Ana");

        Assert.Equal(created, (string?)(await agent.ItemsAsync("agents")).Single()["id"]);
        await agent.RefusedAsync(HttpMethod.Post, "agents", new { name = "Eve" }, HttpStatusCode.Forbidden);
        await expired.RefusedAsync(HttpMethod.Get, "agents", null, HttpStatusCode.Unauthorized);
        await elsewhere.RefusedAsync(HttpMethod.Get, "agents", null, HttpStatusCode.NotFound);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));

    private static async Task<JsonNode> QueueAsync(Desk desk, string name) =>
        (await desk.Api.ItemsAsync("operations/poison")).Single(q => (string?)q["queue"] == name);

    private static Task<JsonNode> SurveysAsync(Desk desk) => desk.Api.GetAsync("reports/csat?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z");

    private static string Work(string workspace, int score)
    {
        var fact = new SurveyFact(Given.ChannelId(), Given.Ana.Value, "Ana", null, Given.Now, Given.Now.AddMinutes(1), score);
        return JsonSerializer.Serialize<WorkItem>(
            new SurveyWork(WorkspaceId.Parse(workspace), new SurveyId(Given.ConversationId, score), fact), DomainJson.Options);
    }
}
