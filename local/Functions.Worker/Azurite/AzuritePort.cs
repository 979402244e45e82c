using System.Net.Sockets;

namespace LiveDesk.Local;

/// <summary>What answers on a port that Azurite is to have.</summary>
internal static class AzuritePort
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    internal enum Occupant { Nobody, Azurite, SomethingElse }

    /// <summary>Azurite names itself in the Server header of every answer, refusals included.</summary>
    internal static async Task<Occupant> ProbeAsync(int port, CancellationToken cancellationToken)
    {
        if (port == 0 || !await AcceptsAsync(port, cancellationToken)) return Occupant.Nobody;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await Http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            bool azurite = response.Headers.TryGetValues("Server", out var server)
                && server.Any(value => value.StartsWith("Azurite-", StringComparison.OrdinalIgnoreCase));
            return azurite ? Occupant.Azurite : Occupant.SomethingElse;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Occupant.SomethingElse;
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
