using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.EngageLab;

namespace LiveDesk.Tests.Functions.Providers.EngageLab;

internal static class EngageLabBench
{
    public const string Number = "+447911123456";
    public const string Customer = "+8613800138000";

    public static readonly Dictionary<string, string> Credentials = new()
    {
        ["businessAccountId"] = "123321",
        ["devKey"] = "devKey01",
        ["devSecret"] = "devSecret01",
    };

    public static Channel Channel(params (string Name, string Value)[] more)
    {
        var credentials = new Dictionary<string, string>(Credentials);
        foreach ((string name, string value) in more) credentials[name] = value;
        return Bench.Channel(ChannelType.WhatsApp, "engagelab", Number, credentials);
    }

    public static EngageLabProvider Provider(Uri? baseUrl = null) => new(new ProviderHttp(), Bench.Options("EngageLab", baseUrl), TimeProvider.System);

    public static ParsedWebhook Parse(string body) => Provider().Parse(Channel(), Bench.Post(body), Bench.Now);

    public static string Received(string message, string kind = "received") => $$$"""
        {"total":1,"rows":[{"message_id":"9","from":"+8613800138000","to":"+447911123456","itime":1640707579,
         "response":{"event":"{{{kind}}}","response_data":{"channel_message_id":"wamid.9","whatsapp_business_account_id":"123321","message":{{{message}}} } } }]}
        """;

    public static string Status(string status, string more = "\"error_code\":0") => $$$"""
        {"total":1,"rows":[{"message_id":"9","from":"+447911123456","to":"+8613800138000","itime":1640707579,"request_id":"{{{Bench.OurMessage}}}",
         "status":{"message_status":"{{{status}}}","status_data":{"msg_time":1663432355},{{{more}}} } }]}
        """;
}
