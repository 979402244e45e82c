using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace LiveDesk.Local.Durable;

/// <summary>Everything of a task hub in storage.</summary>
internal sealed class Hub
{
    private readonly Func<string, TimeSpan, HubQueue> _open;
    private readonly Lazy<Task> _created;

    /// <param name="settings">Names and numbers.</param>
    /// <param name="instances">Rows and histories.</param>
    /// <param name="payloads">Large texts.</param>
    /// <param name="open">Opens a queue by name with its visibility time-out.</param>
    public Hub(HubSettings settings, InstanceStore instances, PayloadStore payloads, Func<string, TimeSpan, HubQueue> open)
    {
        _open = open;
        string prefix = settings.HubName.ToLowerInvariant();
        Instances = instances;
        Payloads = payloads;
        WorkItems = _open($"{prefix}-workitems", settings.WorkItemQueueVisibilityTimeout);
        Controls = [.. Enumerable.Range(0, settings.PartitionCount).Select(i =>
            _open(string.Create(CultureInfo.InvariantCulture, $"{prefix}-control-{i:D2}"), settings.ControlQueueVisibilityTimeout))];
        _created = new Lazy<Task>(CreateAllAsync);
    }

    public InstanceStore Instances { get; }
    public PayloadStore Payloads { get; }
    public HubQueue WorkItems { get; }
    public IReadOnlyList<HubQueue> Controls { get; }

    /// <summary>The queue on which an instance's messages come.</summary>
    public HubQueue ControlOf(string instance) =>
        Controls[(int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(instance)) % (uint)Controls.Count)];

    /// <summary>Creates table, queues and container once.</summary>
    public Task EnsureCreatedAsync() => _created.Value;

    private Task CreateAllAsync() => Task.WhenAll(
        [Instances.CreateAsync(default), Payloads.CreateAsync(default), WorkItems.CreateAsync(default), .. Controls.Select(q => q.CreateAsync(default))]);
}
