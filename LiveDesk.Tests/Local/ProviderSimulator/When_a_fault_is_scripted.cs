using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Local.Twilio;
using LiveDesk.Tests.Support;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using static LiveDesk.Tests.Local.ProviderSimulator.SimulatedTwilio;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_a_fault_is_scripted
{
    [Theory]
    [InlineData(429, 20429)]
    [InlineData(500, 20500)]
    [InlineData(503, 20503)]
    public async Task Answers_with_a_status_for_the_next_requests_only(int status, int code)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "status", status, times = 2 });

        ApiException first = await twilio.RefusalAsync();
        ApiException second = await twilio.RefusalAsync();
        await twilio.SendAsync();

        Assert.Equal((code, status), (first.Code, first.Status));
        Assert.Equal(code, second.Code);
        Assert.Single(await twilio.ListAsync("twilio/messages"));
        Assert.Equal(["status", "status", null], (await twilio.ListAsync("requests")).Select(request => (string?)request!["fault"]));
    }

    [Theory]
    [InlineData("7")]
    [InlineData(null)]
    public async Task Gives_a_retry_after_if_told_so(string? retryAfter)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "status", status = 429, retryAfter });

        using HttpResponseMessage answer = await twilio.Http.GetAsync("/twilio/2010-04-01/Accounts/AC1.json");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(retryAfter, answer.Headers.RetryAfter?.ToString());
    }

    [Fact]
    public async Task Hits_only_what_it_fits()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "status", status = 503, method = "POST", path = "/Messages.json", contains = "To=+15550003333", skip = 1 });

        await twilio.SendAsync();
        await twilio.SendAsync(to: "+15550003333");
        ApiException hit = await twilio.RefusalAsync(to: "+15550003333");

        Assert.Equal(503, hit.Status);
        Assert.Equal(1, (int)(await twilio.ListAsync("faults"))[0]!["hits"]!);
    }

    [Fact]
    public async Task Lasts_until_cleared()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "status", times = 0 });
        for (int i = 0; i < 5; i++) await twilio.RefusalAsync();

        using HttpResponseMessage cleared = await twilio.Http.DeleteAsync("/simulator/faults");

        await twilio.SendAsync();
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Drops_the_connection_before_or_after_accepting(bool accept, int accepted)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "drop", accept });

        await Assert.ThrowsAsync<ApiConnectionException>(() => twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl));

        Assert.Equal(accepted, (await twilio.ListAsync("twilio/messages")).Count);
        if (accept) Assert.Equal("sent", (await twilio.Desk.GotAsync(1))[0].Field("MessageStatus"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Hangs_until_the_caller_gives_up(bool accept, int accepted)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { kind = "hang", accept });
        // Long enough for the request to arrive on a busy machine; the simulator hangs for longer than anybody waits.
        using System.Net.Http.HttpClient impatient = new() { Timeout = TimeSpan.FromSeconds(3) };
        Request request = new("POST", $"{twilio.Api}/2010-04-01/Accounts/{TwilioClients.AccountSid}/Messages.json");
        request.AddPostParam("To", SmsCustomer);
        request.AddPostParam("From", Sms);
        request.AddPostParam("Body", "Hello");

        TwilioRestClient client = new(TwilioClients.AccountSid, TwilioClients.AuthToken, httpClient: new SystemNetHttpClient(impatient));
        ApiConnectionException error = await Assert.ThrowsAsync<ApiConnectionException>(() => client.RequestAsync(request));

        Assert.IsAssignableFrom<OperationCanceledException>(error.InnerException);
        await Eventually.SeesAsync(() => twilio.ListAsync("requests"), log => log.Count == 1, "the abandoned request");
        Assert.Equal(accepted, (await twilio.ListAsync("twilio/messages")).Count);
    }

    [Fact]
    public async Task Answers_late_on_the_simulators_clock()
    {
        FakeClock clock = new();
        await using SimulatedTwilio twilio = await StartAsync(time: clock);
        await twilio.SetAsync(new { autoStatus = Array.Empty<string>() });
        await twilio.FaultAsync(new { kind = "slow", delay = "PT10S" });

        Task<global::Twilio.Rest.Api.V2010.Account.MessageResource> sending = twilio.SendAsync();
        await Eventually.IsTrueAsync(() => clock.WaitingTimers > 0, "the request to wait");
        bool early = sending.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.False(early);
        Assert.NotNull((await sending).Sid);
    }

    [Theory]
    [InlineData("request", "reorder")]
    [InlineData("webhook", "hang")]
    [InlineData("message", "drop")]
    public async Task Is_refused_where_it_makes_no_sense(string on, string kind)
    {
        await using SimulatedTwilio twilio = await StartAsync();

        JsonNode answer = await twilio.ControlAsync("faults", new { on, kind }, HttpStatusCode.BadRequest);

        Assert.Contains("one of", (string?)answer["detail"], StringComparison.Ordinal);
    }
}
