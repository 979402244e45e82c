using Microsoft.AspNetCore.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace LiveDesk.Tests.Local.Twilio;

public sealed class When_a_message_is_sent_with_the_twilio_client
{
    private const string Created =
        """
        {"sid":"SM0123456789abcdef0123456789abcdef","account_sid":"AC00000000000000000000000000000001","messaging_service_sid":null,
         "from":"whatsapp:+15550002222","to":"whatsapp:+15550001111","body":"Hello","status":"queued","direction":"outbound-api",
         "num_segments":"1","num_media":"0","price":null,"price_unit":null,"error_code":null,"error_message":null,
         "date_created":"Tue, 04 Aug 2026 10:00:00 +0000","date_sent":null,"date_updated":"Tue, 04 Aug 2026 10:00:00 +0000",
         "api_version":"2010-04-01","uri":"/2010-04-01/Accounts/AC1/Messages/SM1.json","subresource_uris":{"media":"/media.json"}}
        """;

    [Fact]
    public async Task Posts_a_form_with_basic_authorization()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(201, Created));

        await MessageResource.CreateAsync(
            new CreateMessageOptions(new PhoneNumber("whatsapp:+15550001111"))
            {
                From = new PhoneNumber("whatsapp:+15550002222"),
                Body = "Olá & adiós + 😀",
                StatusCallback = new Uri("https://desk.example.test/api/webhooks/twilio/c/t?message=a%2Fb"),
                MediaUrl = [new Uri("https://cdn.example.test/a.png"), new Uri("https://cdn.example.test/b.png")],
                SmartEncoded = true,
                ValidityPeriod = 300,
            },
            TwilioClients.For(twilio.BaseUri));

        Received request = Assert.Single(twilio.Requests);
        Assert.Equal("POST", request.Method);
        Assert.EndsWith($"/2010-04-01/Accounts/{TwilioClients.AccountSid}/Messages.json", request.Url, StringComparison.Ordinal);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal("Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpsaXZlZGVza190ZXN0X2F1dGhfdG9rZW5fMDAwMQ==", request.Headers["Authorization"]);
        Assert.Equal(
            [
                new("To", "whatsapp:+15550001111"),
                new("StatusCallback", "https://desk.example.test/api/webhooks/twilio/c/t?message=a%2Fb"),
                new("ValidityPeriod", "300"),
                new("SmartEncoded", "true"),
                new("From", "whatsapp:+15550002222"),
                new("Body", "Olá & adiós + 😀"),
                new("MediaUrl", "https://cdn.example.test/a.png"),
                new("MediaUrl", "https://cdn.example.test/b.png"),
            ],
            request.Form);
    }

    [Fact]
    public async Task Reads_the_created_message()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(201, Created));

        MessageResource message = await MessageResource.CreateAsync(
            to: "whatsapp:+15550001111", from: "whatsapp:+15550002222", body: "Hello", client: TwilioClients.For(twilio.BaseUri));

        Assert.Equal("SM0123456789abcdef0123456789abcdef", message.Sid);
        Assert.Equal(MessageResource.StatusEnum.Queued, message.Status);
        Assert.Equal(MessageResource.DirectionEnum.OutboundApi, message.Direction);
        Assert.Equal("whatsapp:+15550002222", message.From?.ToString());
        Assert.Equal(new DateTime(2026, 8, 4, 10, 0, 0, DateTimeKind.Utc), message.DateCreated?.ToUniversalTime());
        Assert.Null(message.DateSent);
        Assert.Null(message.ErrorCode);
        Assert.Equal("/media.json", message.SubresourceUris?["media"]);
    }

    [Fact]
    public async Task Keeps_a_status_that_the_library_does_not_know()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(201, Created.Replace("queued", "teleported", StringComparison.Ordinal)));

        MessageResource message = await MessageResource.CreateAsync(to: "+15550001111", client: TwilioClients.For(twilio.BaseUri));

        Assert.Equal("teleported", message.Status?.ToString());
        Assert.True(message.Status == (MessageResource.StatusEnum)"teleported");
        Assert.False(message.Status == MessageResource.StatusEnum.Queued);
    }

    internal static Func<Received, HttpContext, Task> Answer(int status, string body, string contentType = "application/json") => (_, context) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    };
}
