using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.Local.ProviderSimulator;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioUnderTest;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_the_desk_sends_through_twilio
{
    [Fact]
    public async Task Hands_over_the_message_with_our_id()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        OutboundMessage message = Outbound("¿Qué tal? 😀");

        string sid = Assert.IsType<SendOutcome.Accepted>(await twilio.SendAsync(message)).ProviderId;

        JsonObject sent = await twilio.Simulated.MessageAsync(sid);
        Assert.Equal("¿Qué tal? 😀", (string?)sent["text"]);
        JsonNode request = Assert.Single(await twilio.Simulated.ListAsync("requests"))!;
        string body = WebUtility.UrlDecode((string)request["body"]!);
        Assert.Contains($"StatusCallback=https://desk.example.test/api/webhooks/twilio/ch_1/token?m={message.Message.Id}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_to_WhatsApp_with_its_prefix()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        Channel channel = Sms() with { Type = ChannelType.WhatsApp };

        Assert.IsType<SendOutcome.Accepted>(await twilio.SendAsync(Outbound(channel: channel)));

        string body = WebUtility.UrlDecode((string)(await twilio.Simulated.ListAsync("requests"))[0]!["body"]!);
        Assert.Contains("To=whatsapp:+15550001111", body, StringComparison.Ordinal);
        Assert.Contains("From=whatsapp:+15550002222", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_messaging_service_choose_the_sender()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        const string service = "MG00000000000000000000000000000001";
        await twilio.Simulated.RegisterAsync("+15550003333", new { messagingServiceSid = service });
        Channel channel = Sms() with { PhoneNumber = null };
        channel = channel with
        {
            Credentials = new Dictionary<string, string>(channel.Credentials) { ["useMessagingService"] = "true", ["messagingServiceSid"] = service },
        };

        Assert.IsType<SendOutcome.Accepted>(await twilio.SendAsync(Outbound(channel: channel)));

        string body = (string)(await twilio.Simulated.ListAsync("requests"))[0]!["body"]!;
        Assert.Contains("MessagingServiceSid=" + service, body, StringComparison.Ordinal);
        Assert.DoesNotContain("From=", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, null)]
    public async Task Knows_that_a_429_was_not_taken(string? retryAfter, int? seconds)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "status", status = 429, retryAfter });

        var outcome = Assert.IsType<SendOutcome.NotTaken>(await twilio.SendAsync());

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, outcome.RetryAfter);
        Assert.Contains("20429", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(503, "<html>Service Unavailable</html>")]
    [InlineData(502, "")]
    public async Task Is_not_sure_after_an_error_of_the_server(int status, string? body)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "status", status, body, retryAfter = "3" });

        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<SendOutcome.ServerError>(await twilio.SendAsync()).RetryAfter);
    }

    [Fact]
    public async Task Reads_a_date_to_wait_for()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "status", status = 503, retryAfter = DateTimeOffset.UtcNow.AddSeconds(90).ToString("R") });

        TimeSpan? wait = Assert.IsType<SendOutcome.ServerError>(await twilio.SendAsync()).RetryAfter;

        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("drop", true)]
    [InlineData("drop", false)]
    [InlineData("hang", true)]
    public async Task Cannot_tell_after_a_connection_that_broke_or_was_silent(string kind, bool accept)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind, accept });

        Assert.IsType<SendOutcome.Ambiguous>(await twilio.SendAsync());
    }

    [Theory]
    [InlineData("not JSON at all")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Cannot_tell_after_a_created_that_names_no_message(string body)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "status", status = 201, body });

        Assert.IsType<SendOutcome.Ambiguous>(await twilio.SendAsync());
    }

    [Fact]
    public async Task Knows_that_nothing_was_taken_without_a_connection()
    {
        await using TwilioUnderTest twilio = await StartAsync(new Uri($"http://127.0.0.1:{ClosedPort()}/twilio"));

        Assert.IsType<SendOutcome.NotTaken>(await twilio.SendAsync());
    }

    [Fact]
    public async Task Learns_that_the_customer_has_opted_out()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.WriteAsync(new { from = SimulatedTwilio.SmsCustomer, to = SimulatedTwilio.Sms, text = "STOP" });

        var refused = Assert.IsType<SendOutcome.Refused>(await twilio.SendAsync());

        Assert.True(refused.OptedOut);
        Assert.False(refused.ChannelBroken);
        Assert.Equal(("contact_opted_out", "21610"), (refused.Failure.Code, refused.Failure.ProviderCode));
    }

    [Theory]
    [InlineData(21211, "invalid_recipient", false)]
    [InlineData(21617, "text_too_long", false)]
    [InlineData(21606, "channel_failed", true)]
    [InlineData(29999, "provider_refused", false)]
    public async Task Does_not_repeat_what_is_refused_for_good(int code, string expected, bool broken)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "status", status = 400, code });

        var refused = Assert.IsType<SendOutcome.Refused>(await twilio.SendAsync());

        Assert.Equal((expected, broken, false), (refused.Failure.Code, refused.ChannelBroken, refused.OptedOut));
        Assert.NotEmpty(refused.Failure.Message);
    }

    [Fact]
    public async Task Says_that_the_channel_is_broken_when_its_credentials_are()
    {
        await using TwilioUnderTest twilio = await StartAsync();

        var refused = Assert.IsType<SendOutcome.Refused>(await twilio.SendAsync(Outbound(channel: Sms("ffffffffffffffffffffffffffffffff"))));

        Assert.True(refused.ChannelBroken);
        Assert.Equal(("channel_failed", "20003"), (refused.Failure.Code, refused.Failure.ProviderCode));
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
