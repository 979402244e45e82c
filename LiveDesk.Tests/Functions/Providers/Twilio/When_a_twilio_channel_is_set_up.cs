using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Twilio;
using LiveDesk.Tests.Support;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioUnderTest;
using TestAccount = LiveDesk.Tests.Local.Twilio.TwilioClients;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_a_twilio_channel_is_set_up
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Service = "MG00000000000000000000000000000001";
    private const string Key = "SK00000000000000000000000000000001";

    [Theory]
    [InlineData("+15550002222", new[] { "accountSid", Account, "authToken", "t" }, new string[0])]
    [InlineData(null, new[] { "accountSid", Account, "authToken", "t", "useMessagingService", "true", "messagingServiceSid", Service }, new string[0])]
    [InlineData("+15550002222", new[] { "accountSid", Account, "useApiKey", "true", "apiKeySid", Key, "apiKeySecret", "s" }, new string[0])]
    [InlineData("+15550002222", new[] { "accountSid", "ACzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "authToken", "t" }, new string[0])]
    [InlineData("+15550002222", new[] { "accountSid", "AC/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "authToken", "t" }, new[] { "credentials.accountSid" })]
    [InlineData("+15550002222", new string[0], new[] { "credentials.accountSid", "credentials.authToken" })]
    [InlineData(null, new[] { "accountSid", Account, "authToken", "t" }, new[] { "phoneNumber" })]
    [InlineData("+15550002222", new[] { "accountSid", Account, "authToken", "t", "useMessagingService", "true", "messagingServiceSid", Service }, new[] { "phoneNumber" })]
    [InlineData(null, new[] { "accountSid", Account, "authToken", "t", "useMessagingService", "true" }, new[] { "credentials.messagingServiceSid" })]
    [InlineData("+15550002222", new[] { "accountSid", Account, "useApiKey", "true" }, new[] { "credentials.apiKeySid", "credentials.apiKeySecret" })]
    [InlineData("+15550002222", new[] { "accountSid", Account + "\n", "authToken", "t" }, new[] { "credentials.accountSid" })]
    [InlineData("+15550002222", new[] { "accountSid", "AC1", "authToken", "t" }, new[] { "credentials.accountSid" })]
    public async Task Names_every_credential_that_is_missing_or_wrong(string? number, string[] credentials, string[] fields)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        Dictionary<string, string> given = credentials.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(fields, twilio.Provider.Validate(ChannelType.Sms, number, given).Select(e => e.Field));
    }

    [Fact]
    public async Task Asks_twilio_whether_the_credentials_are_good()
    {
        await using TwilioUnderTest twilio = await StartAsync();

        Assert.Null(await twilio.Provider.CheckCredentialsAsync(Sms(), CancellationToken.None));
        Refusal? refused = await twilio.Provider.CheckCredentialsAsync(Sms("ffffffffffffffffffffffffffffffff"), CancellationToken.None);
        Assert.Equal(("credentials_refused", "credentials.authToken"), (refused?.Code, refused?.Field));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("drop")]
    public async Task Does_not_blame_the_credentials_for_a_failure_of_twilio(string kind)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind });

        Refusal? refused = await twilio.Provider.CheckCredentialsAsync(Sms(), CancellationToken.None);

        Assert.Equal((RefusalKind.Unavailable, "provider_unavailable"), (refused?.Kind, refused?.Code));
    }

    [Fact]
    public async Task Is_one_address_with_another_channel_of_the_same_number_and_kind()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        string Of(ChannelType type, string? number, string service = Service) =>
            twilio.Provider.AddressOf(type, number, new Dictionary<string, string> { ["messagingServiceSid"] = service });

        Assert.Equal(Of(ChannelType.Sms, "+15550002222"), Of(ChannelType.Sms, "+15550002222"));
        Assert.Equal(4, new[] { Of(ChannelType.Sms, "+15550002222"), Of(ChannelType.WhatsApp, "+15550002222"), Of(ChannelType.Sms, null), Of(ChannelType.Sms, "+15550002223") }.Distinct().Count());
    }

    [Theory]
    [InlineData(true, true, Account, WebhookVerdict.Authentic)]
    [InlineData(true, false, Account, WebhookVerdict.SignatureMissing)]
    [InlineData(true, null, Account, WebhookVerdict.SignatureWrong)]
    [InlineData(true, true, "AC00000000000000000000000000000002", WebhookVerdict.WrongAccount)]
    [InlineData(false, false, Account, WebhookVerdict.Authentic)] // only the secret URL guards a channel without an Auth Token
    [InlineData(false, false, "AC00000000000000000000000000000002", WebhookVerdict.WrongAccount)]
    public async Task Believes_only_what_its_own_account_signed(bool hasToken, bool? signed, string account, WebhookVerdict verdict)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        string body = $"MessageSid=SM1&AccountSid={account}&From=%2B15550001111&Body=x";
        WebhookRequest request = TwilioFixture.Request(body);
        string signature = signed is null ? "x" : TwilioSignature.Sign(TestAccount.AuthToken, request.PublicUrl.AbsoluteUri + TwilioSignature.Parameters(body));
        if (signed != false) request = request with { Headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Twilio-Signature"] = signature } };
        Channel channel = hasToken ? Sms() : Sms() with { Credentials = new Dictionary<string, string> { ["accountSid"] = Account } };

        Assert.Equal(verdict, twilio.Provider.Verify(channel, request, Given.Now));
        Assert.Equal(Encoding.UTF8.GetBytes(body), request.Body.ToArray());
    }
}
