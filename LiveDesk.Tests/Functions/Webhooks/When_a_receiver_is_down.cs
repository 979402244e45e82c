using System.Text.Json.Nodes;
using Azure.Data.Tables;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using LiveDesk.Functions.Webhooks.Outgoing;
using LiveDesk.Tests.Local;
using LiveDesk.Tests.Support;
using Microsoft.AspNetCore.Http;
using Moq;

namespace LiveDesk.Tests.Functions.Webhooks;

public sealed class When_a_receiver_is_down : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly WorkspaceId Main = WorkspaceId.Parse("main");

    private readonly FakeClock _clock = new();
    private readonly AesGcmSecretProtector _secrets = new(new byte[32]);
    private readonly Mock<IEventFeed> _feed = new();
    private ClockedQueues _queues = null!;
    private Tables _tables = null!;
    private TableWebhookDeliveries _deliveries = null!;
    private TableResourceStore<WebhookEndpoint> _store = null!;
    private WebhookEndpoints _endpoints = null!;

    public async Task InitializeAsync()
    {
        StorageAccount account = await TestStorage.NewAccountAsync();
        _tables = new Tables(new TableServiceClient(account.ConnectionString));
        await _tables.CreateAsync(default);
        _queues = new ClockedQueues(_clock);
        _deliveries = new TableWebhookDeliveries(_tables);
        _store = new TableResourceStore<WebhookEndpoint>(_tables, _clock);
        _endpoints = new WebhookEndpoints(_store, _clock);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_event_of_the_two_hours_arrives_once_under_the_id_it_always_had()
    {
        var tried = new Dictionary<string, List<string>>();
        DateTimeOffset up = _clock.GetUtcNow().AddHours(2);
        await using Receiver receiver = await Receiver.StartAsync((request, context) =>
        {
            lock (tried) (tried.TryGetValue(request.Headers["webhook-id"], out List<string>? bodies) ? bodies : tried[request.Headers["webhook-id"]] = []).Add(request.Body);
            context.Response.StatusCode = _clock.GetUtcNow() < up ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        await RegisterAsync(receiver.BaseUri);
        using var http = new GuardedHttp(Options("127.0.0.1"));
        DeliverWebhooks deliver = Deliver(http);

        for (int minute = 0; minute < 120; minute += 10)
        {
            await OfferAsync([Line($"ev_{minute}"), Line($"ev_{minute}_b"), new FeedEvent($"ev_{minute}_c", "agent.presence", _clock.GetUtcNow(), "{}")]);
            await _queues.RunAsync(TimeSpan.FromMinutes(10), (item, repeated) => HandleAsync(deliver, item, repeated));
        }
        int whileDown = receiver.Requests.Count;
        await _queues.RunAsync(TimeSpan.FromHours(2), (item, repeated) => HandleAsync(deliver, item, repeated));

        string[] expected = [.. Enumerable.Range(0, 12).SelectMany(i => new[] { $"ev_{i * 10}", $"ev_{i * 10}_b" }).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, tried.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, receiver.Requests.Count - whileDown);
        Assert.Equal(expected, receiver.Requests.Skip(whileDown).Select(r => r.Headers["webhook-id"]).Order(StringComparer.Ordinal));
        Assert.All(tried.Values, bodies => Assert.Single(bodies.Distinct()));
        Assert.All(receiver.Requests, request => Subscriber.AssertSigned(request, Secret));
        PageOf<WebhookDelivery> log = await _deliveries.ListAsync(Main, "wh_1", 200, null, default);
        Assert.All(log.Items, d => Assert.Equal(WebhookDeliveryState.Delivered, d.State));
        // The first of all: at once, after 5 s, 30 s, 2 min, 10 min, 30 min, hourly.
        Assert.Equal(
            [0, 5, 35, 155, 755, 2555, 6155, 9755], log.Items[^1].Attempts.Select(a => (int)Math.Round((a.At - Given.Now).TotalSeconds)));
        Assert.Null(await _deliveries.FailingSinceAsync(Main, "wh_1", default));
    }

    [Fact]
    public async Task A_crash_at_any_write_neither_loses_an_event_nor_changes_its_id()
    {
        await using Receiver receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = _clock.GetUtcNow() < Given.Now.AddMinutes(1) ? 500 : 200;
            return Task.CompletedTask;
        });
        await RegisterAsync(receiver.BaseUri);
        using var http = new GuardedHttp(Options("127.0.0.1"));
        int step = 0;
        int[] crashes = [2, 5, 6, 8, 11, 12, 13];
        IWebhookDeliveries crashing = Crashing(() => crashes.Contains(++step));
        DeliverWebhooks deliver = Deliver(http, crashing);

        await OfferAsync([Line("ev_1"), Line("ev_2"), Line("ev_3")]);
        await _queues.RunAsync(TimeSpan.FromHours(3), (item, repeated) => HandleAsync(deliver, item, repeated));

        Assert.True(step > crashes[^1], $"only {step} writes");
        Assert.Equal(["ev_1", "ev_2", "ev_3"], receiver.Requests.Select(r => r.Headers["webhook-id"]).Distinct().Order());
        Assert.All((await _deliveries.ListAsync(Main, "wh_1", 10, null, default)).Items, d => Assert.Equal(WebhookDeliveryState.Delivered, d.State));
    }

    [Fact]
    public async Task The_webhook_is_switched_off_after_72_hours_with_a_notice()
    {
        await using Receiver receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await RegisterAsync(receiver.BaseUri);
        using var http = new GuardedHttp(Options("127.0.0.1"));
        DeliverWebhooks deliver = Deliver(http);
        await OfferAsync([Line("ev_1")]);

        await _queues.RunAsync(TimeSpan.FromHours(71), (item, repeated) => HandleAsync(deliver, item, repeated));
        Assert.True((await _store.FindAsync(Main, "wh_1", default))!.Value.Active);
        await _queues.RunAsync(TimeSpan.FromHours(4), (item, repeated) => HandleAsync(deliver, item, repeated));

        WebhookEndpoint off = (await _store.FindAsync(Main, "wh_1", default))!.Value;
        Assert.False(off.Active);
        Assert.Equal("failing", off.DisabledReason);
        _feed.Verify(f => f.AppendAsync(
            Main, It.Is<IReadOnlyList<FeedEvent>>(lines => lines.Single().Type == "webhook.disabled"), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_410_switches_it_off_at_once()
    {
        await using Receiver receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        });
        await RegisterAsync(receiver.BaseUri);
        using var http = new GuardedHttp(Options("127.0.0.1"));
        DeliverWebhooks deliver = Deliver(http);

        await OfferAsync([Line("ev_1")]);
        await _queues.RunAsync(TimeSpan.FromHours(2), (item, repeated) => HandleAsync(deliver, item, repeated));
        await OfferAsync([Line("ev_2")]);
        await _queues.RunAsync(TimeSpan.FromHours(2), (item, repeated) => HandleAsync(deliver, item, repeated));

        Assert.Equal("gone", (await _store.FindAsync(Main, "wh_1", default))!.Value.DisabledReason);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_private_address_is_never_connected_to_and_a_redirect_is_not_followed()
    {
        await using Receiver inside = await Receiver.StartAsync();
        await using Receiver redirecting = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = inside.BaseUri.AbsoluteUri;
            return Task.CompletedTask;
        });
        using var closed = new GuardedHttp(Options());
        using var open = new GuardedHttp(Options("127.0.0.1"));
        var secure = new UriBuilder(inside.BaseUri) { Scheme = "https" }.Uri;
        var byName = new UriBuilder(inside.BaseUri) { Scheme = "https", Host = "localhost" }.Uri;
        WebhookDelivery delivery = WebhookMessage.Of(Main, Line("ev_1"), Given.Now).Delivery;

        WebhookAnswer plain = await new WebhookSender(closed, _secrets, _clock).SendAsync(Endpoint(inside.BaseUri), delivery, default);
        WebhookAnswer literal = await new WebhookSender(closed, _secrets, _clock).SendAsync(Endpoint(secure), delivery, default);
        WebhookAnswer resolved = await new WebhookSender(closed, _secrets, _clock).SendAsync(Endpoint(byName), delivery, default);
        WebhookAnswer redirected = await new WebhookSender(open, _secrets, _clock).SendAsync(Endpoint(redirecting.BaseUri), delivery, default);

        Assert.Contains("https", plain.Failure, StringComparison.Ordinal);
        Assert.Contains("private network", literal.Failure, StringComparison.Ordinal);
        Assert.Contains("private network", resolved.Failure, StringComparison.Ordinal);
        Assert.Equal((WebhookOutcome.Failed, 307), (redirected.Outcome, redirected.Status));
        Assert.Empty(inside.Requests);
    }

    private Task OfferAsync(IReadOnlyList<FeedEvent> lines) => new WebhookFanOut(_endpoints, _queues).OfferAsync(Main, lines, default);

    private static Task HandleAsync(DeliverWebhooks deliver, WorkItem item, bool repeated) => item switch
    {
        WebhookWork work => deliver.FanOutAsync(work, default),
        DeliveryWork work => deliver.DeliverAsync(work, repeated, default),
        _ => throw new InvalidOperationException($"{item}"),
    };

    private DeliverWebhooks Deliver(GuardedHttp http, IWebhookDeliveries? deliveries = null) => new(
        _endpoints, _store, deliveries ?? _deliveries, new WebhookSender(http, _secrets, _clock), new WebhookLanes(), _feed.Object, _queues, _clock);

    /// <summary>Writes, and then dies now and again.</summary>
    private IWebhookDeliveries Crashing(Func<bool> dies)
    {
        var crashing = new Mock<IWebhookDeliveries>();
        crashing.Setup(d => d.FindAsync(Main, It.IsAny<string>(), It.IsAny<string>(), default))
            .Returns((WorkspaceId w, string e, string d, CancellationToken c) => _deliveries.FindAsync(w, e, d, c));
        crashing.Setup(d => d.AddAsync(Main, It.IsAny<string>(), It.IsAny<WebhookDelivery>(), null, default))
            .Returns(async (WorkspaceId w, string e, WebhookDelivery d, LiveDesk.Domain.Contacts.ContactId? _, CancellationToken c) =>
            {
                bool added = await _deliveries.AddAsync(w, e, d, null, c);
                return dies() ? throw new CrashException() : added;
            });
        crashing.Setup(d => d.ReplaceAsync(Main, It.IsAny<string>(), It.IsAny<WebhookDeliverySnapshot>(), It.IsAny<WebhookDelivery>(), default))
            .Returns(async (WorkspaceId w, string e, WebhookDeliverySnapshot r, WebhookDelivery n, CancellationToken c) =>
            {
                WebhookDeliverySnapshot? saved = await _deliveries.ReplaceAsync(w, e, r, n, c);
                return dies() ? throw new CrashException() : saved;
            });
        return crashing.Object;
    }

    private async Task RegisterAsync(Uri url) => Assert.NotNull(await _store.AddAsync(Endpoint(url), default));

    private WebhookEndpoint Endpoint(Uri url) => new()
    {
        Workspace = Main,
        Id = "wh_1",
        Url = url,
        Events = ["message.received"],
        ProtectedSecret = _secrets.Protect(Secret, "wh_1"),
        CreatedAt = Given.Now,
    };

    private FeedEvent Line(string id) => new(id, "message.received", _clock.GetUtcNow(), new JsonObject { ["text"] = "¡Hola! 📦" }.ToJsonString());

    private static LiveDeskOptions Options(params string[] allowed) => new()
    {
        BootstrapWorkspace = Main,
        PublicBaseUrl = new Uri("https://desk.example"),
        SecretsKey = new byte[32],
        Cors = [],
        AllowedPrivateHosts = allowed,
        AutoCloseMinimum = TimeSpan.FromMinutes(30),
        ProviderBaseUrls = new Dictionary<string, Uri>(),
    };
}
