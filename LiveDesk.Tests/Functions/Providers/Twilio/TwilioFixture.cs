using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Twilio;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

/// <summary>Recorded form bodies in Fixtures/twilio.</summary>
internal static class TwilioFixture
{
    public static string Body(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "twilio", name + ".txt"));

    public static WebhookRequest Request(string body, string query = "") => new(
        "POST", new Uri("https://desk.example.test/api/webhooks/twilio/ch_1/token" + query),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8" },
        Encoding.UTF8.GetBytes(body));

    public static ParsedWebhook Parse(string name, string query = "") => TwilioWebhookParser.Parse(
        name.StartsWith("whatsapp", StringComparison.Ordinal) ? ChannelType.WhatsApp : ChannelType.Sms, Request(Body(name), query));

    public static InboundMessage Message(string name)
    {
        ParsedWebhook parsed = Parse(name);
        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Unknown);
        return Assert.IsType<InboundMessage>(Assert.Single(parsed.Events));
    }
}
