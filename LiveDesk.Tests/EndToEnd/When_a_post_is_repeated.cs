using System.Text.Json.Nodes;
using Azure;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_post_is_repeated
{
    [Fact]
    public async Task Answers_the_first_answer_again_and_does_nothing()
    {
        await using Desk desk = await Desk.StartAsync();
        Answered first = await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = "Sales" }, key: "k1");
        Answered again = await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = "Sales" }, key: "k1");
        Answered other = await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = "Support" }, key: "k1");
        Answered elsewhere = await desk.Api.CallAsync(HttpMethod.Post, "closing-note-categories", new { name = "Sales" }, key: "k1");

        Assert.Equal((201, first.Id, first.ETag, first.Location), (again.Status, again.Id, again.ETag, again.Location));
        Assert.Equal((409, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.Equal(201, elsewhere.Status);
        Assert.Single(await desk.Api.ItemsAsync("teams"));

        // A refusal had no effect, so the key is free for what is right.
        Assert.Equal(400, (await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = "" }, key: "k2")).Status);
        Assert.Equal(201, (await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = "Support" }, key: "k2")).Status);
    }

    [Fact]
    public async Task Answers_for_a_message_as_when_it_was_queued_whatever_has_become_of_it()
    {
        await using Desk desk = await Desk.StartAsync();
        (string conversation, string version) = await ConversationAsync(desk);
        string path = $"conversations/{conversation}/messages";
        Answered first = await desk.Api.CallAsync(HttpMethod.Post, path, new { text = "Hi" }, key: "k", ifMatch: version);
        await desk.Api.MessageIsAsync(conversation, first.Id, "delivered", "read");

        // The message has changed the conversation since, and that is no reason to refuse it.
        Answered again = await desk.Api.CallAsync(HttpMethod.Post, path, new { text = "Hi" }, key: "k", ifMatch: version);

        Assert.Equal((202, first.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        Assert.Equal("queued", (string?)again.Body["status"]);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("notes")]
    public async Task Writes_nothing_into_a_conversation_that_has_changed_if_asked_so(string what)
    {
        await using Desk desk = await Desk.StartAsync();
        (string conversation, string version) = await ConversationAsync(desk);
        string path = $"conversations/{conversation}/{what}";
        await desk.Api.PostAsync($"conversations/{conversation}/tags", new { add = new[] { "vip" } });

        Answered stale = await desk.Api.CallAsync(HttpMethod.Post, path, new { text = "Hi" }, ifMatch: version);
        string now = (await desk.Api.CallAsync(HttpMethod.Get, $"conversations/{conversation}")).ETag!;
        Answered fresh = await desk.Api.CallAsync(HttpMethod.Post, path, new { text = "Hi" }, ifMatch: now);

        Assert.Equal((412, "stale", now), (stale.Status, stale.Code, stale.ETag));
        Assert.True(fresh.Status is 201 or 202, $"{fresh.Status} {fresh.Body}");
        Assert.Single(await desk.Api.MessagesAsync(conversation), m => (string?)m["text"] == "Hi");
    }

    [Fact]
    public async Task Creates_one_thing_however_many_ask_at_once()
    {
        await using Desk desk = await Desk.StartAsync();
        Answered[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            desk.Api.CallAsync(HttpMethod.Post, "agents", new { name = "Ana" }, key: "once")));

        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 201, 503 }));
        Assert.Single(answers.Where(a => a.Status == 201).Select(a => a.Id).Distinct());
        Assert.Single(await desk.Api.ItemsAsync("agents"));
    }

    [Fact]
    public async Task Tells_a_secret_again_to_whom_it_was_told_and_stores_it_nowhere()
    {
        await using Desk desk = await Desk.StartAsync();
        object wanted = new { name = "Shop", role = "supervisor" };
        Answered first = await desk.Api.CallAsync(HttpMethod.Post, "api-keys", wanted, key: "k");
        Answered again = await desk.Api.CallAsync(HttpMethod.Post, "api-keys", wanted, key: "k");
        string secret = (string)first.Body!["key"]!;
        using var shop = new DeskApi(desk.Settings.BaseUrl, secret);

        Assert.Equal(secret, (string?)again.Body!["key"]);
        Assert.Single(await desk.Api.ItemsAsync("api-keys"));
        // Another caller's key of the same name is another key.
        Assert.Equal(201, (await shop.CallAsync(HttpMethod.Post, "snippets", new { shortcut = "a", text = "a" }, key: "k")).Status);
        Assert.DoesNotContain(await TableDump.OfAsync(desk), line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("teams", "{\"name\":\"Sales\"}")]
    [InlineData("agents", "{\"name\":\"Ana\"}")]
    [InlineData("api-keys", "{\"name\":\"Shop\",\"role\":\"agent\"}")]
    [InlineData("channels", "{\"type\":\"sms\",\"provider\":\"twilio\",\"name\":\"SMS\",\"phoneNumber\":\"+15550002222\",\"verify\":false,"
        + "\"credentials\":{\"accountSid\":\"AC00000000000000000000000000000000\",\"authToken\":\"00000000000000000000000000000000\"}}")]
    public async Task Finds_what_was_created_before_the_first_request_died(string path, string body)
    {
        await using Desk desk = await Desk.StartAsync(builder => builder.Services.AddSingleton<IAuditLog, DyingOnce>());
        JsonNode wanted = JsonNode.Parse(body)!;
        Answered died = await desk.Api.CallAsync(HttpMethod.Post, path, wanted, key: "k");
        Assert.Equal(503, died.Status);
        string created = (string)Assert.Single(await desk.Api.ItemsAsync(path))["id"]!;
        Assert.Equal("unknown", (string?)Assert.Single(await desk.Api.ItemsAsync("audit"))["outcome"]);

        Answered again = await desk.Api.CallAsync(HttpMethod.Post, path, wanted, key: "k");

        Assert.True(again.Status == 201, $"{again.Status} {again.Body}");
        Assert.Equal(created, again.Id);
        Assert.Single(await desk.Api.ItemsAsync(path));
        JsonNode done = (await desk.Api.ItemsAsync("audit"))[0];
        Assert.Equal(("done", created), ((string?)done["outcome"], (string?)done["target"]!["id"]));
    }

    private static async Task<(string Id, string Version)> ConversationAsync(Desk desk)
    {
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.CustomerWritesAsync("+15550001111", "Hello");
        await desk.QuietAsync();
        string id = (string)Assert.Single(await desk.Api.ItemsAsync("conversations"))["id"]!;
        return (id, (await desk.Api.CallAsync(HttpMethod.Get, $"conversations/{id}")).ETag!);
    }

    /// <summary>The storage fails between the effect and the answer.</summary>
    private sealed class DyingOnce(Tables tables) : IAuditLog
    {
        private readonly TableAuditLog _log = new(tables);
        private int _died;

        public Task OpenAsync(AuditEntry line, CancellationToken cancellationToken) => _log.OpenAsync(line, cancellationToken);

        public Task CompleteAsync(AuditEntry line, CancellationToken cancellationToken) =>
            Interlocked.Exchange(ref _died, 1) == 0 ? throw new RequestFailedException(503, "Busy") : _log.CompleteAsync(line, cancellationToken);

        public Task WithdrawAsync(AuditEntry line, CancellationToken cancellationToken) => _log.WithdrawAsync(line, cancellationToken);

        public Task<PageOf<AuditEntry>> ListAsync(WorkspaceId workspace, AuditFilter filter, int limit, string? cursor, CancellationToken cancellationToken) =>
            _log.ListAsync(workspace, filter, limit, cursor, cancellationToken);
    }
}
