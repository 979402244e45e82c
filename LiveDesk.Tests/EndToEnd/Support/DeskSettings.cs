using System.Net;
using System.Net.Sockets;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>What a desk of the tests is started with: a free port, storage of its own, the test's simulator for every provider.</summary>
internal sealed record DeskSettings(int Port, StorageAccount Storage, Simulator Simulator)
{
    public const string AdminKey = "ldk_test_admin";

    private static readonly string[] Providers = ["Twilio", "Bandwidth", "WhatsAppCloud", "EngageLab", "Messenger", "Viber", "OpenAi", "Dialogflow"];

    public Uri BaseUrl => new($"http://127.0.0.1:{Port}/");

    public static async Task<DeskSettings> NewAsync(Simulator simulator) => new(FreePort(), await TestStorage.NewAccountAsync(), simulator);

    public string[] Arguments(params string[] more) =>
    [
        "--port", $"{Port}", "--LocalHost:Quiet", $"--AzureWebJobsStorage={Storage.ConnectionString}", $"--LiveDesk:PublicBaseUrl={BaseUrl}",
        $"--LiveDesk:BootstrapApiKey={AdminKey}", "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.25",
        "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:maxQueuePollingInterval=00:00:00.25",
        .. Providers.Select(name => $"--LiveDesk:Providers:{name}:BaseUrl={new Uri(Simulator.BaseUri, Path(name))}"),
        .. more,
    ];

    private static string Path(string provider) => provider switch
    {
        "WhatsAppCloud" => "whatsapp-cloud",
        _ => provider.ToLowerInvariant(),
    };

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
