namespace LiveDesk.Tests.Local.FunctionsWorker;

/// <summary>One host for all tests of a class.</summary>
public sealed class HostOf<TFunctions> : IAsyncLifetime
{
    public RunningHost Running { get; private set; } = null!;

    public async Task InitializeAsync() => Running = await RunningHost.StartAsync<TFunctions>();

    public async Task DisposeAsync() => await Running.DisposeAsync();
}
