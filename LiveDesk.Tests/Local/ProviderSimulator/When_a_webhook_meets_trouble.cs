using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Support;
using Microsoft.AspNetCore.Http;
using Twilio.Rest.Api.V2010.Account;
using static LiveDesk.Tests.Local.ProviderSimulator.SimulatedTwilio;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_a_webhook_meets_trouble
{
    [Fact]
    public async Task Records_what_the_desk_answered()
    {
        await using SimulatedTwilio twilio = await StartAsync(Status(403));

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        JsonNode? delivery = Assert.Single(await twilio.ListAsync("webhooks?kind=inbound"));
        Assert.Equal((string?)sent["webhook"]!["id"], (string?)delivery!["id"]);
        Assert.Equal("failed", (string?)delivery["outcome"]);
        Assert.Equal(403, (int?)Assert.Single(delivery["attempts"]!.AsArray())!["status"]);
    }

    [Fact]
    public async Task Tries_once_more_if_there_is_no_connection()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.SetAsync(new { webhookRetryDelay = "PT0S" });

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi", webhookUrl = await ClosedAddressAsync() });

        Assert.Equal("failed", (string?)sent["webhook"]!["outcome"]);
        Assert.Equal(2, sent["webhook"]!["attempts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Does_not_repeat_an_error_of_the_desk()
    {
        await using SimulatedTwilio twilio = await StartAsync(Status(503));

        await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Assert.Single(twilio.Desk.Requests);
    }

    [Fact]
    public async Task Repeats_any_failure_with_the_same_token_if_told_so()
    {
        int calls = 0;
        await using SimulatedTwilio twilio = await StartAsync((_, context) =>
        {
            calls++;
            if (calls == 1) context.Abort();
            else context.Response.StatusCode = calls == 2 ? 503 : 200;
            return Task.CompletedTask;
        });
        await twilio.SetAsync(new { webhookRetries = 5, webhookRetryOn = "any", webhookRetryDelay = "PT0.01S" });

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Assert.Equal("delivered", (string?)sent["webhook"]!["outcome"]);
        Assert.Equal(3, twilio.Desk.Requests.Count);
        Assert.Single(twilio.Desk.Requests.Select(request => request.Headers["I-Twilio-Idempotency-Token"]).Distinct());
        Assert.Single(twilio.Desk.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Tries_the_fallback_url_once()
    {
        await using SimulatedTwilio twilio = await StartAsync((request, context) =>
        {
            context.Response.StatusCode = request.Url.EndsWith("/fallback", StringComparison.Ordinal) ? 200 : 500;
            return Task.CompletedTask;
        });
        await twilio.RegisterAsync(Sms, new { fallbackUrl = new Uri(twilio.Desk.BaseUri, "/fallback").AbsoluteUri });

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Assert.Equal("delivered", (string?)sent["webhook"]!["outcome"]);
        Assert.Equal(2, twilio.Desk.Requests.Count);
        Assert.True(When_a_customer_writes_to_the_simulated_twilio.HasValidSignature(twilio.Desk.Requests[1]));
    }

    [Fact]
    public async Task Obeys_connection_overrides_and_does_not_send_them()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.SetAsync(new { webhookRetryDelay = "PT0S" });

        JsonNode refused = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi", webhookUrl = await ClosedAddressAsync() + "#rc=3" });
        await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi", webhookUrl = twilio.InboundUrl + "#rc=0&tt=1000" });

        Assert.Equal(4, refused["webhook"]!["attempts"]!.AsArray().Count);
        Received received = Assert.Single(twilio.Desk.Requests);
        Assert.Equal(twilio.InboundUrl, received.Url);
        Assert.True(When_a_customer_writes_to_the_simulated_twilio.HasValidSignature(received));
    }

    [Fact]
    public async Task Gives_up_after_fifteen_seconds()
    {
        FakeClock clock = new();
        TaskCompletionSource never = new();
        await using SimulatedTwilio twilio = await StartAsync((_, context) => never.Task.WaitAsync(context.RequestAborted), clock);

        Task<JsonNode> writing = twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });
        await twilio.Desk.GotAsync(1);
        clock.Advance(TimeSpan.FromSeconds(14));
        bool early = writing.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(early);
        Assert.Equal("failed", (string?)(await writing)["webhook"]!["outcome"]);
    }

    [Fact]
    public async Task Can_come_twice()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { on = "webhook", kind = "duplicate", webhook = "inbound", copies = 2 });

        await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });
        await twilio.WriteAsync(new { from = SmsCustomer, text = "Once" });

        Assert.Equal(["Hi", "Hi", "Hi", "Once"], twilio.Desk.Requests.Select(request => request.Field("Body")));
        Assert.Equal(2, twilio.Desk.Requests.Select(request => request.Field("MessageSid")).Distinct().Count());
    }

    [Fact]
    public async Task Can_be_lost()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { on = "webhook", kind = "drop" });

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Assert.Equal("dropped", (string?)sent["webhook"]!["outcome"]);
        Assert.Empty(twilio.Desk.Requests);
    }

    [Fact]
    public async Task Can_be_overtaken()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { on = "webhook", kind = "reorder", webhook = "status", contains = "MessageStatus=sent" });

        MessageResource message = await twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl);
        IReadOnlyList<Received> callbacks = await twilio.Desk.GotAsync(2);

        Assert.Equal(["delivered", "sent"], callbacks.Select(callback => callback.Field("MessageStatus")));
        await twilio.MessageWithStatusAsync(message.Sid, "delivered");
    }

    [Fact]
    public async Task Can_be_late_without_holding_up_others()
    {
        FakeClock clock = new();
        await using SimulatedTwilio twilio = await StartAsync(time: clock);
        await twilio.FaultAsync(new { on = "webhook", kind = "delay", delay = "PT30S" });

        JsonNode late = await twilio.WriteAsync(new { from = SmsCustomer, text = "Late" });
        await twilio.WriteAsync(new { from = SmsCustomer, text = "Early" });
        await Eventually.IsTrueAsync(() => clock.WaitingTimers > 0, "the late one to wait");
        clock.Advance(TimeSpan.FromSeconds(30));
        await twilio.Desk.GotAsync(2);

        Assert.Equal("pending", (string?)late["webhook"]!["outcome"]);
        Assert.Equal(["Early", "Late"], twilio.Desk.Requests.Select(request => request.Field("Body")));
    }

    private static Func<Received, HttpContext, Task> Status(int status) => (_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static async Task<string> ClosedAddressAsync()
    {
        await using Receiver gone = await Receiver.StartAsync();
        return new Uri(gone.BaseUri, "/x").AbsoluteUri;
    }
}
