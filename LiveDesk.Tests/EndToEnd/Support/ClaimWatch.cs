using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>
/// Sees every conversation that is put into anybody's hands. A claim is written on condition that the person is as read, so what it leaves there is
/// known exactly, at every moment.
/// </summary>
internal sealed class ClaimWatch
{
    private readonly Lock _gate = new();

    /// <summary>The most conversations that anybody held after a claim.</summary>
    public int MostHeld { get; private set; }

    public int Claims { get; private set; }

    /// <summary>Conversations given to somebody without a claim, as people may do.</summary>
    public int Moves { get; private set; }

    /// <summary>The next claim is written, and whoever made it dies.</summary>
    public bool DiesAfterClaim { get; set; }

    /// <summary>The next move is written, and whoever made it dies.</summary>
    public bool DiesAfterMove { get; set; }

    public void Replace(IServiceCollection services) =>
        services.AddSingleton<IDeskStore>(provider => new Store(ActivatorUtilities.CreateInstance<TableDeskStore>(provider), this));

    private void Claimed(int held)
    {
        lock (_gate)
        {
            MostHeld = Math.Max(MostHeld, held);
            Claims++;
            if (!DiesAfterClaim) return;
            DiesAfterClaim = false;
        }
        throw new InvalidOperationException("The process dies here.");
    }

    private void Moved(bool given)
    {
        lock (_gate)
        {
            if (given) Moves++;
            if (!DiesAfterMove) return;
            DiesAfterMove = false;
        }
        throw new InvalidOperationException("The process dies here.");
    }

    private sealed class Store(TableDeskStore inner, ClaimWatch watch) : IDeskStore
    {
        public async Task<bool> ClaimAsync(AgentSnapshot agent, AgentSlot slot, ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken)
        {
            bool claimed = await inner.ClaimAsync(agent, slot, channel, now, cancellationToken);
            if (claimed) watch.Claimed(agent.Agent.Held + 1);
            return claimed;
        }

        public async Task<bool> MoveAsync(
            WorkspaceId workspace, ConversationId conversation, AgentSlot? from, AgentSlot? to, CancellationToken cancellationToken)
        {
            bool moved = await inner.MoveAsync(workspace, conversation, from, to, cancellationToken);
            if (moved) watch.Moved(to is not null);
            return moved;
        }

        public Task<IReadOnlyList<AgentSnapshot>> ListAgentsAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
            inner.ListAgentsAsync(workspace, cancellationToken);

        public Task<AgentSnapshot?> FindAgentAsync(WorkspaceId workspace, AgentId id, CancellationToken cancellationToken) =>
            inner.FindAgentAsync(workspace, id, cancellationToken);

        public Task<AgentSnapshot> AddAgentAsync(Agent agent, CancellationToken cancellationToken) => inner.AddAgentAsync(agent, cancellationToken);

        public Task<AgentSnapshot?> ReplaceAgentAsync(AgentSnapshot read, Agent next, CancellationToken cancellationToken) =>
            inner.ReplaceAgentAsync(read, next, cancellationToken);

        public Task<bool> DeleteAgentAsync(AgentSnapshot read, CancellationToken cancellationToken) => inner.DeleteAgentAsync(read, cancellationToken);

        public Task<AgentSlot?> FindSlotAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken) =>
            inner.FindSlotAsync(workspace, conversation, cancellationToken);

        public Task<IReadOnlyList<AgentSlot>> ListSlotsAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
            inner.ListSlotsAsync(workspace, cancellationToken);
    }
}
