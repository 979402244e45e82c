using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>The storage emulator, if the settings ask for it and it does not run yet.</summary>
internal sealed class HostStorage(IConfiguration configuration, SettingsFiles files) : IAsyncDisposable, IDisposable
{
    private AzuriteProcess? _azurite;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string? connection = configuration[StorageConnections.HostConnection];
        if (!string.Equals(connection?.Trim().TrimEnd(';'), "UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase))
            return;
        try
        {
            string data = Path.Combine(files.RepositoryRoot, ".azurite");
            _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { Location = data }, cancellationToken);
        }
        catch (AzuriteException e)
        {
            throw new StartUpException(e.Message);
        }
    }

    public ValueTask StopAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => StopAsync();

    public void Dispose() => _azurite?.Dispose();
}
