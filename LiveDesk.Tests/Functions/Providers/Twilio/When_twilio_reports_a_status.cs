using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Twilio;
using LiveDesk.Tests.Support;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioFixture;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_twilio_reports_a_status
{
    [Theory]
    [InlineData("sent", DeliveryStatus.Sent)]
    [InlineData("delivered", DeliveryStatus.Delivered)]
    [InlineData("read", DeliveryStatus.Read)]
    [InlineData("undelivered", DeliveryStatus.Failed)]
    [InlineData("failed", DeliveryStatus.Failed)]
    [InlineData("canceled", DeliveryStatus.Failed)]
    [InlineData("Delivered", DeliveryStatus.Delivered)]
    public void Translates_what_matters(string status, DeliveryStatus expected)
    {
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(Of(status).Events));

        Assert.Equal((expected, "SM00000000000000000000000000000030"), (receipt.Status, receipt.ProviderId));
        Assert.Equal(expected == DeliveryStatus.Failed, receipt.Failure is not null);
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("scheduled")]
    [InlineData("queued")]
    [InlineData("sending")]
    [InlineData("receiving")]
    [InlineData("received")]
    [InlineData("partially_delivered")]
    public void Passes_over_what_the_desk_knows_itself(string status)
    {
        ParsedWebhook parsed = Of(status);

        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Events);
        Assert.Empty(parsed.Unknown);
    }

    [Fact]
    public void Counts_a_status_it_does_not_know()
    {
        ParsedWebhook parsed = Of("teleported");

        Assert.Empty(parsed.Events);
        Assert.Equal(["status:teleported"], parsed.Unknown);
        Assert.Equal(200, parsed.Reply.Status);
    }

    [Fact]
    public void Finds_our_message_in_the_URL()
    {
        MessageId id = Given.Message().Id;

        Assert.Equal(id, Receipt("status-sms", $"?m={id}").MessageId);
        Assert.Equal(id, Receipt("status-whatsapp-read", $"?a=b&m={id}").MessageId);
        Assert.Null(Receipt("status-sms").MessageId);
        Assert.Null(Receipt("status-sms", "?m=ms_nonsense").MessageId);
    }

    [Fact]
    public void Says_in_words_why_it_failed()
    {
        Assert.Equal(
            new DeliveryFailure("window_closed", "63016", "The customer last wrote more than 24 hours ago. Send a template instead."),
            Receipt("status-whatsapp-failed").Failure);
        Assert.Equal(("unreachable", "30003"), CodesOf(Receipt("status-sms-undelivered")));
    }

    [Fact]
    public void Keeps_the_providers_words_for_a_code_it_does_not_know()
    {
        Assert.Equal(new DeliveryFailure("provider_refused", "39999", "Unreachable destination handset"), Failure("ErrorCode=30003", "ErrorCode=39999"));
        Assert.Equal(new DeliveryFailure("provider_refused", null, "Unreachable destination handset"), Failure("ErrorCode=30003&", ""));
    }

    [Fact]
    public void Tells_an_opt_out_from_another_failure()
    {
        string body = Body("status-sms-undelivered").Replace("ErrorCode=30003", "ErrorCode=21610", StringComparison.Ordinal);

        Assert.True(Assert.IsType<InboundReceipt>(Parse(body).Events[0]).OptedOut);
        Assert.False(Receipt("status-sms-undelivered").OptedOut);
    }

    [Fact]
    public void Reads_a_status_that_only_SmsStatus_tells() =>
        Assert.Equal(DeliveryStatus.Sent, Assert.IsType<InboundReceipt>(Assert.Single(TwilioFixture.Parse("status-without-message-status").Events)).Status);

    private static (string, string?) CodesOf(InboundReceipt receipt) => (receipt.Failure!.Code, receipt.Failure.ProviderCode);

    private static DeliveryFailure? Failure(string now, string then) =>
        Assert.IsType<InboundReceipt>(Parse(Body("status-sms-undelivered").Replace(now, then, StringComparison.Ordinal)).Events[0]).Failure;

    private static ParsedWebhook Of(string status) =>
        Parse(Body("status-sms").Replace("Status=delivered", $"Status={status}", StringComparison.Ordinal));

    private static InboundReceipt Receipt(string fixture, string query = "") =>
        Assert.IsType<InboundReceipt>(Assert.Single(TwilioFixture.Parse(fixture, query).Events));

    private static ParsedWebhook Parse(string body) => TwilioWebhookParser.Parse(ChannelType.Sms, Request(body));
}
