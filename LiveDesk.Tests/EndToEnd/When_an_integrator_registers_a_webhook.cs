using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Functions.Webhooks;
using LiveDesk.Tests.Local;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_an_integrator_registers_a_webhook
{
    private const string Customer = "+15550001111";
    private static readonly string[] Received = ["message.received"];

    [Fact]
    public async Task It_is_told_of_what_happens_and_can_have_it_told_again()
    {
        await using Desk desk = await Desk.StartAsync();
        await using Receiver receiver = await Receiver.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        JsonNode webhook = await desk.Api.PostAsync("webhooks", new { url = receiver.BaseUri, events = Received }, HttpStatusCode.Created);
        string id = (string)webhook["id"]!, secret = (string)webhook["secret"]!;

        await channel.CustomerWritesAsync(Customer, "¡Hola! 📦");

        Received request = (await receiver.GotAsync(1))[0];
        Subscriber.AssertSigned(request, secret);
        JsonNode body = JsonNode.Parse(request.Body)!;
        Assert.Equal("message.received", (string?)body["type"]);
        Assert.Equal("main", (string?)body["workspace"]);
        Assert.Equal("¡Hola! 📦", (string?)body["data"]!["text"]);
        Assert.Equal(request.Headers["webhook-id"], (string?)body["id"]);
        JsonNode delivery = (await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync($"webhooks/{id}/deliveries"), log => log.Count == 1 && (string?)log[0]["state"] == "delivered", "a delivery")).Single();
        Assert.Equal(200, (int)delivery["attempts"]![0]!["status"]!);

        await desk.Api.PostAsync($"webhooks/{id}/deliveries/{delivery["id"]}/replay", new { }, HttpStatusCode.Accepted);

        Received again = (await receiver.GotAsync(2))[1];
        Assert.Equal((request.Headers["webhook-id"], request.Body), (again.Headers["webhook-id"], again.Body));
        Assert.Equal("********", (string?)(await desk.Api.GetAsync($"webhooks/{id}"))["secret"]);
    }

    [Fact]
    public async Task A_new_secret_is_used_at_once_and_the_old_one_for_a_while()
    {
        await using Desk desk = await Desk.StartAsync();
        await using Receiver receiver = await Receiver.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        JsonNode webhook = await desk.Api.PostAsync("webhooks", new { url = receiver.BaseUri, events = Received }, HttpStatusCode.Created);
        JsonNode rotated = await desk.Api.PostAsync($"webhooks/{webhook["id"]}/rotate-secret", new { });

        await channel.CustomerWritesAsync(Customer, "Hola");

        Received request = (await receiver.GotAsync(1))[0];
        Assert.NotEqual((string?)webhook["secret"], (string?)rotated["secret"]);
        Subscriber.AssertSigned(request, (string)rotated["secret"]!);
        Subscriber.AssertSigned(request, (string)webhook["secret"]!);
    }

    [Fact]
    public async Task It_can_be_changed_and_deleted_under_the_version_that_was_read()
    {
        await using Desk desk = await Desk.StartAsync();
        JsonNode webhook = await desk.Api.PostAsync("webhooks", new { url = "https://hooks.example.com/a", events = new[] { "*" } }, HttpStatusCode.Created);
        string path = $"webhooks/{webhook["id"]}";

        JsonNode changed = await desk.Api.PatchAsync(path, new { events = Received, active = false });
        using var stale = new HttpRequestMessage(HttpMethod.Delete, path) { Headers = { { "If-Match", "\"0000000000000000\"" } } };

        Assert.False((bool)changed["active"]!);
        Assert.Equal("https://hooks.example.com/a", (string?)changed["url"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await desk.Api.Http.SendAsync(stale)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await desk.Api.Http.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Api.Http.GetAsync(path)).StatusCode);
        Assert.Empty(await desk.Api.ItemsAsync("webhooks"));
    }

    [Fact]
    public async Task Every_one_of_the_changes_that_come_at_once_is_made()
    {
        await using Desk desk = await Desk.StartAsync();
        JsonNode webhook = await desk.Api.PostAsync("webhooks", new { url = "https://hooks.example.com/a", events = Received }, HttpStatusCode.Created);
        string path = $"webhooks/{webhook["id"]}";

        await Task.WhenAll(
        [
            .. Enumerable.Range(1, 4).Select(n => desk.Api.PatchAsync(path, new { url = $"https://hooks.example.com/{n}" })),
            desk.Api.PatchAsync(path, new { events = new[] { "*" } }),
            desk.Api.PatchAsync(path, new { active = false }),
            desk.Api.PostAsync($"{path}/rotate-secret", new { }),
            desk.Api.PostAsync($"{path}/rotate-secret", new { }),
        ]);

        JsonNode now = await desk.Api.GetAsync(path);
        Assert.Equal(("*", false), ((string?)now["events"]![0], (bool)now["active"]!));
        Assert.NotEqual("https://hooks.example.com/a", (string?)now["url"]);
    }

    [Fact]
    public async Task What_cannot_be_one_is_refused_by_name()
    {
        await using Desk desk = await Desk.StartAsync();
        (object Body, HttpStatusCode Status, string Field)[] refused =
        [
            (new { events = Received }, HttpStatusCode.BadRequest, "url"),
            (new { url = "https://hooks.example.com" }, HttpStatusCode.BadRequest, "events"),
            (new { url = "nonsense", events = Received }, HttpStatusCode.BadRequest, "url"),
            (new { url = "ftp://hooks.example.com", events = Received }, HttpStatusCode.BadRequest, "url"),
            (new { url = "https://user:pass@hooks.example.com", events = Received }, HttpStatusCode.BadRequest, "url"),
            (new { url = "http://hooks.example.com", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://10.0.0.1/x", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://169.254.169.254/latest", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://[::ffff:10.0.0.1]/x", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://2130706434/x", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://vault.internal/x", events = Received }, HttpStatusCode.UnprocessableEntity, "url"),
            (new { url = "https://hooks.example.com", events = Array.Empty<string>() }, HttpStatusCode.BadRequest, "events"),
            (new { url = "https://hooks.example.com", events = new[] { "message.received", "message.eaten" } }, HttpStatusCode.BadRequest, "events[1]"),
            (new { url = "https://hooks.example.com", events = Received, secret = "mine" }, HttpStatusCode.BadRequest, "secret"),
        ];
        foreach ((object body, HttpStatusCode status, string field) in refused)
        {
            JsonNode problem = await desk.Api.RefusedAsync(HttpMethod.Post, "webhooks", body, status);
            Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
        }
        Assert.Empty(await desk.Api.ItemsAsync("webhooks"));
    }
}
