using System.Net;
using System.Net.Sockets;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Tests.Functions.Providers;

/// <summary>What may be sent again is what never left.</summary>
public sealed class When_a_provider_does_not_answer
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Knows_that_nothing_left_when_no_connection_comes_about_in_time()
    {
        using var silent = new SilentServer();

        // The server accepts and says nothing, so that the TLS handshake never ends.
        SendOutcome outcome = await PostAsync(new Uri($"https://127.0.0.1:{silent.Port}/"), connectTimeout: Short);

        Assert.IsType<SendOutcome.NotTaken>(outcome);
    }

    [Fact]
    public async Task Knows_that_nothing_left_when_the_call_is_given_up_while_connecting()
    {
        using var silent = new SilentServer();

        SendOutcome outcome = await PostAsync(new Uri($"https://127.0.0.1:{silent.Port}/"), givenUpAfter: Short);

        Assert.IsType<SendOutcome.NotTaken>(outcome);
    }

    [Fact]
    public async Task Knows_that_nothing_left_when_the_connection_is_refused()
    {
        int port;
        using (var silent = new SilentServer()) port = silent.Port;

        Assert.IsType<SendOutcome.NotTaken>(await PostAsync(new Uri($"http://127.0.0.1:{port}/")));
    }

    [Fact]
    public async Task Knows_that_nothing_left_when_there_is_no_such_host() =>
        Assert.IsType<SendOutcome.NotTaken>(await PostAsync(new Uri("http://provider.invalid/")));

    [Fact]
    public async Task Cannot_tell_once_the_request_has_left()
    {
        using var silent = new SilentServer();

        SendOutcome outcome = await PostAsync(new Uri($"http://127.0.0.1:{silent.Port}/"), givenUpAfter: Short);

        Assert.IsType<SendOutcome.Ambiguous>(outcome);
    }

    private static async Task<SendOutcome> PostAsync(Uri url, TimeSpan? connectTimeout = null, TimeSpan? givenUpAfter = null)
    {
        using var http = new ProviderHttp(connectTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = ProviderCalls.Json([]) };
        using var limit = new CancellationTokenSource(givenUpAfter ?? TimeSpan.FromSeconds(30));
        ProviderAnswer answer = await http.AskAsync(request, TimeProvider.System, limit.Token);
        return Assert.IsAssignableFrom<SendOutcome>(answer.Trouble("Somebody"));
    }

    /// <summary>Takes connections and never says a word.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SilentServer() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();
    }
}
