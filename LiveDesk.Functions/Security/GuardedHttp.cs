using System.Net;
using System.Net.Sockets;

namespace LiveDesk.Functions.Security;

/// <summary>
/// The HTTP client for addresses that others name: a customer's file, a webhook that somebody registered. It resolves a name once, refuses any
/// that leads to a private address, and connects to just the addresses it has checked. Redirects are the caller's, to be checked one by one.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _allowedPrivate;

    public GuardedHttp(LiveDeskOptions options)
    {
        _allowedPrivate = new HashSet<string>(options.AllowedPrivateHosts, StringComparer.OrdinalIgnoreCase);
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A proxy would do the resolving, unchecked.
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        }, disposeHandler: true)
        { Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("LiveDesk/1.0");
    }

    /// <summary>Without a time limit of its own; pass a token that has one.</summary>
    public HttpClient Client { get; }

    /// <summary>A private host that the settings name; it may also be reached without TLS.</summary>
    public bool IsAllowedPrivate(Uri url) => _allowedPrivate.Contains(url.Host);

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint to = context.DnsEndPoint;
        IPAddress[] addresses = IPAddress.TryParse(to.Host.Trim('[', ']'), out IPAddress? literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(to.Host, cancellationToken);
        if (!_allowedPrivate.Contains(to.Host) && Array.Exists(addresses, a => !PublicAddress.IsPublic(a))) throw new PrivateAddressException(to.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The host leads to an address that is not of the public internet.</summary>
internal sealed class PrivateAddressException(string host) : IOException($"'{host}' leads to a private address.");
