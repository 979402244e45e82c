using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Twilio;
using LiveDesk.Tests.Local.ProviderSimulator;
using LiveDesk.Tests.Support;
using TestAccount = LiveDesk.Tests.Local.Twilio.TwilioClients;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

/// <summary>The provider as the desk has it, and the simulator at the other end.</summary>
internal sealed class TwilioUnderTest : IAsyncDisposable
{
    private readonly ProviderHttp _http = new();

    private TwilioUnderTest(SimulatedTwilio simulated, Uri api)
    {
        Simulated = simulated;
        Provider = new TwilioProvider(
            _http,
            new LiveDeskOptions
            {
                PublicBaseUrl = new Uri("https://desk.example.test"),
                SecretsKey = new byte[32],
                ProviderBaseUrls = new Dictionary<string, Uri> { ["Twilio"] = api },
            },
            TimeProvider.System);
    }

    public SimulatedTwilio Simulated { get; }

    public TwilioProvider Provider { get; }

    /// <param name="api">Where Twilio is said to be; the simulator by default.</param>
    public static async Task<TwilioUnderTest> StartAsync(Uri? api = null)
    {
        SimulatedTwilio simulated = await SimulatedTwilio.StartAsync();
        await simulated.SetAsync(new { autoStatus = Array.Empty<string>() });
        return new TwilioUnderTest(simulated, api ?? simulated.Api);
    }

    public static Channel Sms(string token = TestAccount.AuthToken) => Given.Channel(type: ChannelType.Sms) with
    {
        Credentials = new Dictionary<string, string> { ["accountSid"] = TestAccount.AccountSid, ["authToken"] = token },
    };

    public static OutboundMessage Outbound(string text = "Hello", Channel? channel = null, string to = SimulatedTwilio.SmsCustomer)
    {
        Channel from = channel ?? Sms();
        return new OutboundMessage(
            from, new ContactIdentity(from.Type, to), Given.Message(DeliveryStatus.Sending, text),
            new Uri("https://desk.example.test/api/webhooks/twilio/ch_1/token"), null, []);
    }

    public Task<SendOutcome> SendAsync(OutboundMessage? message = null) => Provider.SendAsync(message ?? Outbound(), CancellationToken.None);

    public Task<LookupOutcome> LookUpAsync(OutboundMessage message, DateTimeOffset attemptedAt, params string[] known) =>
        Provider.LookUpAsync(message, attemptedAt, id => Task.FromResult(known.Contains(id)), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Provider.Dispose();
        _http.Dispose();
        await Simulated.DisposeAsync();
    }
}
