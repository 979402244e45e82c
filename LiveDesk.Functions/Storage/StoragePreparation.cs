using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Files;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Creates tables, queues and containers before the first request; a queue trigger does not create its queue. While the storage cannot be reached or
/// gives no access yet, it goes on trying, after 1 s at first and every 30 s at last, and the desk is not ready.
/// </summary>
internal sealed partial class StoragePreparation(
    Tables tables, StorageWorkQueues queues, BlobFileStore files, TimeProvider time, ILogger<StoragePreparation> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private volatile bool _isDone;

    public bool IsDone => _isDone;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (TimeSpan pause = FirstPause; !_isDone; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await time.WaitAsync(pause, stoppingToken);
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(tables.CreateAsync(cancellationToken), queues.CreateAsync(cancellationToken), files.CreateAsync(cancellationToken));
            _isDone = true;
        }
        catch (Exception e) when (StorageFailures.IsAny(e))
        {
            LogUnprepared(e);
        }
    }

    [LoggerMessage(6001, LogLevel.Warning, "Tables, queues and containers cannot be created; the desk tries again.")]
    private partial void LogUnprepared(Exception e);
}
