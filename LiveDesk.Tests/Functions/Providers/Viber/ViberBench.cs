using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Viber;

namespace LiveDesk.Tests.Functions.Providers.Viber;

internal static class ViberBench
{
    public const string Token = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";
    public const string Customer = "01234567890A=";

    public static readonly Dictionary<string, string> Credentials = new() { ["authToken"] = Token };

    public static Channel Channel(string? greeting = null, string name = "ACME") => Bench.Channel(
        ChannelType.Viber, "viber", null, Credentials,
        greeting is null ? null : new ChannelSettings { Greeting = new GreetingSettings { Enabled = true, Text = greeting } }, name);

    public static ViberProvider Provider(Uri? baseUrl = null) => new(new ProviderHttp(), Bench.Options("Viber", baseUrl), TimeProvider.System);

    public static ParsedWebhook Parse(string body, Channel? channel = null) => Provider().Parse(channel ?? Channel(), Bench.Post(body), Bench.Now);

    public static string Message(string message) =>
        $$"""{"event":"message","timestamp":1457764197627,"message_token":4912661846655238145,"sender":{"id":"01234567890A=","name":"John"},"message":{{message}}}""";
}
