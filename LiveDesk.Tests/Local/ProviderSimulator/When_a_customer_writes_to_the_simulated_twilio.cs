using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Local.Twilio;
using Microsoft.AspNetCore.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Security;
using static LiveDesk.Tests.Local.ProviderSimulator.SimulatedTwilio;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_a_customer_writes_to_the_simulated_twilio
{
    [Fact]
    public async Task Posts_a_signed_form_to_the_webhook_of_the_number()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        JsonNode sent = await twilio.WriteAsync(new { from = WhatsAppCustomer, to = WhatsApp, text = "Olá & adiós 😀", profileName = "Zoë" });

        Received webhook = Assert.Single(twilio.Desk.Requests);
        Assert.Equal("delivered", (string?)sent["webhook"]!["outcome"]);
        Assert.Equal(twilio.InboundUrl, webhook.Url);
        Assert.Equal("application/x-www-form-urlencoded; charset=UTF-8", webhook.Headers["Content-Type"]);
        Assert.True(Guid.TryParse(webhook.Headers["I-Twilio-Idempotency-Token"], out _));
        Assert.True(HasValidSignature(webhook));
        Assert.Equal((string?)sent["messageSid"], webhook.Field("MessageSid"));
        Assert.Equal("Olá & adiós 😀", webhook.Field("Body"));
        Assert.Equal("Zoë", webhook.Field("ProfileName"));
        Assert.Equal("15550001111", webhook.Field("WaId"));
        Assert.Equal("text", webhook.Field("MessageType"));
        Assert.Equal("received", webhook.Field("SmsStatus"));
        Assert.Equal(TwilioClients.AccountSid, webhook.Field("AccountSid"));
    }

    [Fact]
    public async Task Finds_the_number_by_the_channel_of_the_customer()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Received webhook = Assert.Single(twilio.Desk.Requests);
        Assert.Equal(Sms, webhook.Field("To"));
        Assert.Equal("US", webhook.Field("FromCountry"));
        Assert.Null(webhook.Field("WaId"));
    }

    [Fact]
    public async Task Signs_with_another_token_if_told_so()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = SmsCustomer, text = "Forged", authToken = "wrong" });

        Assert.False(HasValidSignature(Assert.Single(twilio.Desk.Requests)));
    }

    [Fact]
    public async Task Carries_a_location_a_button_and_extra_fields()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = WhatsAppCustomer, latitude = 51.5, longitude = -0.1, label = "Office" });
        await twilio.WriteAsync(new
        {
            from = WhatsAppCustomer,
            button = new { text = "Yes", payload = "YES" },
            replyTo = "SM00000000000000000000000000000001",
            parameters = new Dictionary<string, string> { ["Forwarded"] = "true" },
        });

        Assert.Equal(("51.5", "-0.1", "location"), (twilio.Desk.Requests[0].Field("Latitude"), twilio.Desk.Requests[0].Field("Longitude"), twilio.Desk.Requests[0].Field("MessageType")));
        Received tap = twilio.Desk.Requests[1];
        Assert.Equal(("Yes", "YES", "Yes", "button"), (tap.Field("ButtonText"), tap.Field("ButtonPayload"), tap.Field("Body"), tap.Field("MessageType")));
        Assert.Equal("SM00000000000000000000000000000001", tap.Field("OriginalRepliedMessageSid"));
        Assert.Equal("true", tap.Field("Forwarded"));
        Assert.True(HasValidSignature(tap));
    }

    [Fact]
    public async Task Knows_customers_who_hide_their_number()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = "whatsapp:IN.2081978709342942", text = "Hi" });

        Received webhook = Assert.Single(twilio.Desk.Requests);
        Assert.Equal("IN.2081978709342942", webhook.Field("ExternalUserId"));
        Assert.Null(webhook.Field("WaId"));
    }

    [Fact]
    public async Task Serves_files_by_a_redirect_that_wants_no_credentials()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.SetAsync(new { mediaNeedsCredentials = true });
        await twilio.WriteAsync(new { from = WhatsAppCustomer, media = new[] { new { contentType = "text/plain", content = "an invoice" } } });
        Received webhook = Assert.Single(twilio.Desk.Requests);
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });

        using HttpResponseMessage anonymous = await http.GetAsync(new Uri(webhook.Field("MediaUrl0")!));
        using HttpRequestMessage request = new(HttpMethod.Get, webhook.Field("MediaUrl0"));
        request.Headers.Authorization = new("Basic", Credentials());
        using HttpResponseMessage redirect = await http.SendAsync(request);
        using HttpResponseMessage file = await http.GetAsync(redirect.Headers.Location);
        using HttpRequestMessage leak = new(HttpMethod.Get, redirect.Headers.Location);
        leak.Headers.Authorization = new("Basic", Credentials());
        using HttpResponseMessage refused = await http.SendAsync(leak);

        Assert.Equal(("1", "text/plain", "document"), (webhook.Field("NumMedia"), webhook.Field("MediaContentType0"), webhook.Field("MessageType")));
        Assert.StartsWith("MM", webhook.Field("MessageSid"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirect.StatusCode);
        Assert.Equal("an invoice", await file.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Has_a_sample_file_of_a_type_at_hand()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = WhatsAppCustomer, contentType = "image/png" });

        byte[] file = await twilio.Http.GetByteArrayAsync(Assert.Single(twilio.Desk.Requests).Field("MediaUrl0"));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], file[..4]);
    }

    [Fact]
    public async Task Refuses_later_text_messages_after_stop_until_start()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        await twilio.WriteAsync(new { from = SmsCustomer, text = " Stop " });
        int refused = (await twilio.RefusalAsync()).Code;
        await twilio.WriteAsync(new { from = SmsCustomer, text = "start" });
        MessageResource accepted = await twilio.SendAsync();

        Assert.Equal(21610, refused);
        Assert.NotNull(accepted.Sid);
        Assert.Equal([" Stop ", "start"], twilio.Desk.Requests.Select(request => request.Field("Body")));
        Assert.All(twilio.Desk.Requests, request => Assert.Null(request.Field("OptOutType")));
    }

    [Fact]
    public async Task Names_the_keyword_with_advanced_opt_out()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        await twilio.RegisterAsync(Sms, new { advancedOptOut = true });

        await twilio.WriteAsync(new { from = SmsCustomer, text = "UNSUBSCRIBE" });
        await twilio.WriteAsync(new { from = SmsCustomer, text = "please stop" });

        Assert.Equal(["STOP", null], twilio.Desk.Requests.Select(request => request.Field("OptOutType")));
    }

    [Fact]
    public async Task Calls_the_service_instead_of_the_number_if_that_is_set()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        const string service = "MG00000000000000000000000000000001";
        string url = new Uri(twilio.Desk.BaseUri, "/service").AbsoluteUri;
        await twilio.ControlAsync(
            "twilio/services",
            new { sid = service, accountSid = TwilioClients.AccountSid, inboundRequestUrl = url, useInboundWebhookOnNumber = false },
            HttpStatusCode.Created);
        await twilio.RegisterAsync(Sms, new { messagingServiceSid = service });

        await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Received webhook = Assert.Single(twilio.Desk.Requests);
        Assert.Equal((url, service), (webhook.Url, webhook.Field("MessagingServiceSid")));
    }

    [Theory]
    [InlineData("text/plain", "ok", "ok", null)]
    [InlineData("text/xml", "<Response><Message>Thanks</Message></Response>", "Thanks", null)]
    [InlineData("text/xml", "<Response></Response>", null, null)]
    [InlineData("text/xml", "<Response>", null, "12100")]
    [InlineData("application/json", "{}", null, "12300")]
    public async Task Takes_the_answer_for_a_reply_as_twilio_does(string contentType, string body, string? reply, string? warning)
    {
        await using SimulatedTwilio twilio = await StartAsync((_, context) =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        });

        JsonNode sent = await twilio.WriteAsync(new { from = SmsCustomer, text = "Hi" });

        Assert.Equal(reply, (string?)sent["reply"]);
        Assert.Equal(warning, ((string?)sent["warning"])?[..5]);
        Assert.Equal(reply is null ? [] : ["outbound-reply"], (await twilio.ListAsync("twilio/messages")).Select(m => (string?)m!["direction"]));
    }

    [Theory]
    [InlineData("""{"from":"+15550001111","webhookUrl":"nowhere"}""")]
    [InlineData("""{"fro":"+15550001111"}""")]
    [InlineData("""{"from":"whatsapp:+15550001111","to":"messenger:1"}""")]
    [InlineData("""{"from":"whatsapp:nobody"}""")]
    [InlineData("not json")]
    public async Task Explains_a_request_that_makes_no_sense(string body)
    {
        await using SimulatedTwilio twilio = await StartAsync();

        using StringContent content = new(body);
        using HttpResponseMessage answer = await twilio.Http.PostAsync("/simulator/twilio/inbound", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!);
        Assert.Empty(twilio.Desk.Requests);
    }

    internal static bool HasValidSignature(Received webhook)
    {
        NameValueCollection form = [];
        foreach ((string name, string value) in webhook.Form) form.Add(name, value);
        return new RequestValidator(TwilioClients.AuthToken).Validate(webhook.Url, form, webhook.Headers["X-Twilio-Signature"]);
    }

    private static string Credentials() =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{TwilioClients.AccountSid}:{TwilioClients.AuthToken}"));
}
