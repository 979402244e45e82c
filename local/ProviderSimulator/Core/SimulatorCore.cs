namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>What every provider is given.</summary>
public sealed class SimulatorCore : IAsyncDisposable
{
    private Uri? _baseUri;

    public SimulatorCore(TimeProvider time)
    {
        Time = time;
        Faults = new FaultScript();
        Requests = new RequestLog();
        Background = new BackgroundWork();
        Webhooks = new WebhookSender(time, Faults, Background);
    }

    public TimeProvider Time { get; }

    public FaultScript Faults { get; }

    public RequestLog Requests { get; }

    public BackgroundWork Background { get; }

    public WebhookSender Webhooks { get; }

    /// <summary>Where the simulator listens, without a slash at the end.</summary>
    public string BaseAddress => BaseUri.AbsoluteUri.TrimEnd('/');

    public Uri BaseUri
    {
        get => _baseUri ?? throw new InvalidOperationException("The simulator has not started.");
        internal set => _baseUri = value;
    }

    public void Reset()
    {
        Faults.Clear();
        Requests.Clear();
        Webhooks.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Background.DisposeAsync();
        Webhooks.Dispose();
        Faults.Dispose();
    }
}
