using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>Work queues of which, once armed, one fails where a write has been made and is about to be told: as if the process had died there.</summary>
internal sealed class DyingReveal
{
    private int _armed;

    public bool Armed
    {
        get => Volatile.Read(ref _armed) == 1;
        set => Volatile.Write(ref _armed, value ? 1 : 0);
    }

    /// <summary>After which the hidden item shows up; null: as whoever puts it asks.</summary>
    public TimeSpan? Delay { get; init; }

    public void In(FunctionsApplicationBuilder builder) =>
        builder.Services.AddSingleton<IWorkQueues>(services => new Queues(services.GetRequiredService<StorageWorkQueues>(), this));

    private sealed class Queues(IWorkQueues inner, DyingReveal dying) : IWorkQueues
    {
        public Task PutAsync(WorkItem item, CancellationToken cancellationToken, TimeSpan delay = default) => inner.PutAsync(item, cancellationToken, delay);

        public Task<HiddenWork> PutHiddenAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken) =>
            inner.PutHiddenAsync(item, dying.Delay ?? delay, cancellationToken);

        public Task RevealAsync(HiddenWork hidden, CancellationToken cancellationToken) => Interlocked.Exchange(ref dying._armed, 0) == 1
            ? throw new InvalidOperationException("The process dies here.")
            : inner.RevealAsync(hidden, cancellationToken);

        public Task RemoveAsync(HiddenWork hidden, CancellationToken cancellationToken) => inner.RemoveAsync(hidden, cancellationToken);
    }
}
