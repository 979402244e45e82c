using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>Everything that makes functions run, started and drained together.</summary>
internal sealed class Triggers(
    Lazy<FunctionCatalog> catalog, IEnumerable<IHostExtension> extensions, FunctionInvoker invoker, HttpListener http, QueueListeners queues,
    TimerListeners timers, HostJson hostJson, IConfiguration configuration, ILogger<Triggers> logger)
    : IDisposable
{
    /// <summary>How long running work may go on after a stop was asked for; the setting LocalHost:DrainTimeout.</summary>
    private readonly TimeSpan _drainLimit = TimeSpan.Parse(configuration["LocalHost:DrainTimeout"] ?? "00:00:30", CultureInfo.InvariantCulture);

    /// <summary>What cancelled work gets to unwind.</summary>
    private static readonly TimeSpan Unwinding = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<IHostExtension> _extensions = [.. extensions];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cutOff = new();
    private Task _polling = Task.CompletedTask;
    private int _started;

    /// <summary>Extensions first, HTTP last: whoever can reach the host finds all of it at work.</summary>
    public async Task<HostAddress> StartAsync(CancellationToken cancellationToken)
    {
        List<FunctionEntry> functions = [.. catalog.Value.All];
        var router = new HttpRouter(functions, hostJson.RoutePrefix);
        foreach (IHostExtension extension in _extensions)
        {
            List<FunctionMethod> own = [.. functions.Where(function => function.Extension == extension).Select(function => function.Method)];
            await extension.StartAsync(own, invoker, cancellationToken);
            _started++;
        }
        _polling = Task.WhenAll(
            queues.RunAsync(functions, _stop.Token, _cutOff.Token),
            timers.RunAsync(functions, _stop.Token, _cutOff.Token));
        Uri address = await http.StartAsync(router, _cutOff.Token, cancellationToken);
        return new HostAddress(address, hostJson.RoutePrefix);
    }

    /// <summary>Takes no more work, waits for what is running, and cuts it off at the limit.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_drainLimit);
        await using CancellationTokenRegistration cut = limit.Token.Register(CutOff);
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(http.StopAsync(limit.Token), _polling).WaitAsync(_drainLimit + Unwinding, CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // Cut off, and the log says so. Work that does not heed its cancellation is left behind.
        }
        foreach (IHostExtension extension in _extensions.Take(_started))
            await extension.StopAsync(limit.Token);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _cutOff.Dispose();
    }

    private void CutOff()
    {
        logger.DrainCutOff(_drainLimit.TotalSeconds);
        _cutOff.Cancel();
    }
}
