using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Bandwidth;

namespace LiveDesk.Tests.Functions.Providers.Bandwidth;

internal static class BandwidthBench
{
    public const string Number = "+12345678902";
    public const string Customer = "+12345678901";

    public static readonly Dictionary<string, string> Credentials = new()
    {
        ["accountId"] = "9900000",
        ["applicationId"] = "93de2206-9669-4e07-948d-329f4b722ee2",
        ["apiKey"] = "bandwidth-user",
        ["apiSecret"] = "bandwidth-secret",
    };

    public static Channel Channel(string number = Number, string? user = null, string? password = null)
    {
        var credentials = new Dictionary<string, string>(Credentials);
        if (user is not null) credentials["callbackUser"] = user;
        if (password is not null) credentials["callbackPassword"] = password;
        return Bench.Channel(ChannelType.Sms, "bandwidth", number, credentials);
    }

    public static BandwidthProvider Provider(Uri? baseUrl = null) => new(new ProviderHttp(), Bench.Options("Bandwidth", baseUrl), TimeProvider.System);

    public static ParsedWebhook Parse(string body, Channel? channel = null) => Provider().Parse(channel ?? Channel(), Bench.Post(body), Bench.Now);

    /// <summary>One inbound message.</summary>
    public static string Inbound(string text, string to = Number, string group = "", string from = Customer) => $$$"""
        [{"type":"message-received","time":"2026-02-02T23:14:05.309Z","description":"Incoming message received","to":"{{{to}}}",
          "message":{"id":"in-9","owner":"{{{to}}}","applicationId":"93de2206-9669-4e07-948d-329f4b722ee2","time":"2026-02-02T23:14:05.262Z",
            "segmentCount":1,"direction":"in","to":["{{{to}}}"{{{group}}}],"from":"{{{from}}}","text":"{{{text}}}"}}]
        """;
}
