using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Local.Twilio;
using LiveDesk.Tests.Support;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using static LiveDesk.Tests.Local.ProviderSimulator.SimulatedTwilio;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_the_desk_sends_through_the_simulated_twilio
{
    [Fact]
    public async Task Accepts_it_then_reports_sent_and_delivered()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        MessageResource message = await twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl);
        IReadOnlyList<Received> callbacks = await twilio.Desk.GotAsync(2);
        await twilio.MessageWithStatusAsync(message.Sid, "delivered");

        Assert.Equal(MessageResource.StatusEnum.Queued, message.Status);
        Assert.Equal(["sent", "delivered"], callbacks.Select(callback => callback.Field("MessageStatus")));
        Assert.All(callbacks, callback =>
        {
            Assert.Equal(twilio.StatusUrl.AbsoluteUri, callback.Url);
            Assert.Equal((message.Sid, SmsCustomer, Sms), (callback.Field("MessageSid"), callback.Field("To"), callback.Field("From")));
            Assert.True(When_a_customer_writes_to_the_simulated_twilio.HasValidSignature(callback));
        });
        Assert.Matches(@"^\d{10}$", callbacks[1].Field("RawDlrDoneDate"));
    }

    [Fact]
    public async Task Shows_every_field_and_step()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        MessageResource message = await twilio.SendAsync(options =>
        {
            options.StatusCallback = twilio.StatusUrl;
            options.MediaUrl = [new Uri("https://cdn.example.test/a.png"), new Uri("https://cdn.example.test/b.png")];
        });
        JsonObject shown = await Eventually.SeesAsync(
            () => twilio.MessageAsync(message.Sid), seen => seen["statuses"]!.AsArray().Count == 3, "three steps");

        Assert.StartsWith("MM", message.Sid, StringComparison.Ordinal);
        Assert.Equal("Hello", (string?)shown["fields"]!["Body"]);
        Assert.Equal(2, shown["fields"]!["MediaUrl"]!.AsArray().Count);
        Assert.Equal(["queued", "sent", "delivered"], shown["statuses"]!.AsArray().Select(step => (string?)step!["status"]));
        Assert.NotNull(shown["statuses"]![2]!["webhookId"]);
    }

    [Fact]
    public async Task Can_report_a_status_before_it_answers()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.SetAsync(new { statusBeforeAnswer = true, autoStatus = new[] { "sent" } });

        MessageResource message = await twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl);

        Received callback = Assert.Single(twilio.Desk.Requests);
        Assert.Equal((message.Sid, "sent"), (callback.Field("MessageSid"), callback.Field("MessageStatus")));
        Assert.Equal(MessageResource.StatusEnum.Queued, message.Status);
    }

    [Fact]
    public async Task Reports_what_is_pushed_by_hand()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.SetAsync(new { autoStatus = Array.Empty<string>() });
        await twilio.WriteAsync(new { from = WhatsAppCustomer, text = "Hi" });
        MessageResource message = await twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl, WhatsAppCustomer, WhatsApp);

        await twilio.ControlAsync($"twilio/messages/{message.Sid}/status", new { status = "read" });
        await twilio.ControlAsync($"twilio/messages/{message.Sid}/status", new { status = "failed", errorCode = 63003 });

        Received read = twilio.Desk.Requests[1];
        Received failed = twilio.Desk.Requests[2];
        Assert.Equal(("read", "READ", "whatsapp"), (read.Field("MessageStatus"), read.Field("EventType"), read.Field("ChannelPrefix")));
        Assert.Equal(("failed", "63003"), (failed.Field("MessageStatus"), failed.Field("ErrorCode")));
        Assert.NotNull(failed.Field("ChannelStatusMessage"));
        MessageResource fetched = await MessageResource.FetchAsync(message.Sid!, client: twilio.Client);
        Assert.Equal((MessageResource.StatusEnum.Failed, 63003), (fetched.Status, fetched.ErrorCode));
    }

    [Theory]
    [InlineData("""{"status":"read"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"status":"sent","errorCode":30003}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"status":"lost"}""", HttpStatusCode.BadRequest)]
    public async Task Pushes_nothing_that_twilio_would_not_report(string body, HttpStatusCode expected)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        MessageResource message = await twilio.SendAsync();

        await twilio.ControlAsync($"twilio/messages/{message.Sid}/status", JsonNode.Parse(body)!, expected);
    }

    [Fact]
    public async Task Fails_free_text_outside_the_24_hour_window()
    {
        FakeClock clock = new();
        await using SimulatedTwilio twilio = await StartAsync(time: clock);
        await twilio.SetAsync(new { statusDelay = "PT0S" });
        await twilio.WriteAsync(new { from = WhatsAppCustomer, text = "Hi" });

        clock.Advance(TimeSpan.FromHours(24));
        MessageResource inside = await twilio.SendAsync(null, WhatsAppCustomer, WhatsApp);
        clock.Advance(TimeSpan.FromSeconds(1));
        MessageResource outside = await twilio.SendAsync(options => options.StatusCallback = twilio.StatusUrl, WhatsAppCustomer, WhatsApp);
        MessageResource template = await twilio.SendAsync(Template, WhatsAppCustomer, WhatsApp);

        await twilio.MessageWithStatusAsync(inside.Sid, "delivered");
        Assert.Equal(63016, (int?)(await twilio.MessageWithStatusAsync(outside.Sid, "failed"))["errorCode"]);
        Assert.Equal("Hello Bob, your order A-17 is ready.", (string?)(await twilio.MessageWithStatusAsync(template.Sid, "delivered"))["text"]);
        Assert.Equal("63016", (await twilio.Desk.GotAsync(2))[1].Field("ErrorCode"));
    }

    [Fact]
    public async Task Fails_a_delivery_as_scripted()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.FaultAsync(new { on = "message", kind = "fail", code = 30003, contains = SmsCustomer });

        MessageResource first = await twilio.SendAsync();
        MessageResource second = await twilio.SendAsync();

        Assert.Equal(30003, (int?)(await twilio.MessageWithStatusAsync(first.Sid, "undelivered"))["errorCode"]);
        await twilio.MessageWithStatusAsync(second.Sid, "delivered");
    }

    [Fact]
    public async Task Lets_a_service_choose_the_sender()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        const string service = "MG00000000000000000000000000000001";
        await twilio.RegisterAsync(Sms, new { messagingServiceSid = service });

        MessageResource message = await twilio.SendAsync(options => options.MessagingServiceSid = service, from: null);

        Assert.Equal(MessageResource.StatusEnum.Accepted, message.Status);
        Assert.Null(message.From);
        Assert.Equal("0", message.NumSegments);
        Assert.Equal(Sms, (string?)(await twilio.MessageWithStatusAsync(message.Sid, "delivered"))["from"]);
    }

    [Fact]
    public async Task Lists_messages_by_recipient_and_date_in_pages()
    {
        FakeClock clock = new();
        await using SimulatedTwilio twilio = await StartAsync(time: clock);
        await twilio.SetAsync(new { autoStatus = Array.Empty<string>() });
        List<string?> sent = [];
        for (int i = 0; i < 5; i++, clock.Advance(TimeSpan.FromMinutes(1))) sent.Add((await twilio.SendAsync()).Sid);
        await twilio.SendAsync(to: "+15550003333");

        var recent = await MessageResource.ReadAsync(
            new ReadMessageOptions
            {
                To = SmsCustomer,
                From = Sms,
                DateSentAfter = new DateTime(2026, 3, 2, 9, 1, 0, DateTimeKind.Utc),
                PageSize = 2,
            },
            twilio.Client);
        var before = await MessageResource.ReadAsync(to: SmsCustomer, dateSentBefore: new DateTime(2026, 3, 2, 9, 1, 0, DateTimeKind.Utc), client: twilio.Client);
        var otherDay = await MessageResource.ReadAsync(dateSent: new DateTime(2026, 3, 1), client: twilio.Client);

        Assert.Equal([sent[4], sent[3], sent[2], sent[1]], recent.Select(message => message.Sid));
        Assert.Equal([sent[1], sent[0]], before.Select(message => message.Sid));
        Assert.Empty(otherDay);
    }

    private static void Template(CreateMessageOptions options)
    {
        options.Body = null;
        options.ContentSid = "HX00000000000000000000000000000000";
        options.ContentVariables = """{"1":"Bob"}""";
    }
}
