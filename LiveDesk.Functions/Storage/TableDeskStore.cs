using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The partition of a workspace in the table <c>Desk</c>. Slots are keyed by conversation (<c>slot:{conversation}</c>), so that the table
/// itself refuses a second holder.
/// </summary>
internal sealed class TableDeskStore(Tables tables) : IDeskStore
{
    private const string AgentPrefix = "agent:";
    private const string SlotPrefix = "slot:";

    private readonly TableClient _table = tables.Desk;

    public async Task<IReadOnlyList<AgentSnapshot>> ListAgentsAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var agents = new List<AgentSnapshot>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(Range(workspace, AgentPrefix), cancellationToken: cancellationToken))
            agents.Add(ReadAgent(row));
        return agents;
    }

    public async Task<AgentSnapshot?> FindAgentAsync(WorkspaceId workspace, AgentId id, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            workspace.Value, AgentPrefix + id, cancellationToken: cancellationToken);
        return row.HasValue ? ReadAgent(row.Value!) : null;
    }

    public async Task<AgentSnapshot> AddAgentAsync(Agent agent, CancellationToken cancellationToken)
    {
        try
        {
            Response response = await _table.AddEntityAsync(Row(agent), cancellationToken);
            return new AgentSnapshot(agent, response.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // An id is drawn from 80 random bits: whoever finds it taken repeats a request whose answer was lost.
            return (await FindAgentAsync(agent.Workspace, agent.Id, cancellationToken))!;
        }
    }

    public async Task<AgentSnapshot?> ReplaceAgentAsync(AgentSnapshot read, Agent next, CancellationToken cancellationToken)
    {
        try
        {
            Response response = await _table.UpdateEntityAsync(Row(next), new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
            return new AgentSnapshot(next, response.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAgentAsync(AgentSnapshot read, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(read.Agent.Workspace.Value, AgentPrefix + read.Agent.Id, new ETag(read.Version), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 412)
        {
            return false;
        }
    }

    public async Task<AgentSlot?> FindSlotAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken) =>
        (await FindSlotRowAsync(workspace, conversation, cancellationToken)) is { } row ? RowDocument.Read<AgentSlot>(row) : null;

    public async Task<IReadOnlyList<AgentSlot>> ListSlotsAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var slots = new List<AgentSlot>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(Range(workspace, SlotPrefix), cancellationToken: cancellationToken))
            slots.Add(RowDocument.Read<AgentSlot>(row));
        return slots;
    }

    public Task<bool> ClaimAsync(AgentSnapshot agent, AgentSlot slot, ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        WorkspaceId workspace = agent.Agent.Workspace;
        return SubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, RowDocument.ToRow(workspace.Value, SlotPrefix + slot.Conversation, slot)),
                Replace(agent, agent.Agent.WithTurn(channel, now) with { Held = agent.Agent.Held + 1, LastAssignedAt = now }),
            ],
            cancellationToken);
    }

    public async Task<bool> MoveAsync(
        WorkspaceId workspace, ConversationId conversation, AgentSlot? from, AgentSlot? to, CancellationToken cancellationToken)
    {
        TableEntity? row = await FindSlotRowAsync(workspace, conversation, cancellationToken);
        AgentSlot? held = row is null ? null : RowDocument.Read<AgentSlot>(row);
        if (held?.Agent != from?.Agent) return false;
        var actions = new List<TableTransactionAction>();
        if (from is not null && from.Agent != to?.Agent) await AddHeldAsync(actions, workspace, from.Agent, -1, cancellationToken);
        if (to is not null && from?.Agent != to.Agent) await AddHeldAsync(actions, workspace, to.Agent, +1, cancellationToken);
        if (to is not null)
        {
            TableEntity next = RowDocument.ToRow(workspace.Value, SlotPrefix + conversation, to);
            actions.Add(row is null
                ? new TableTransactionAction(TableTransactionActionType.Add, next)
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, next, row.ETag));
        }
        else if (row is not null) actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag));
        return actions.Count == 0 || await SubmitAsync(actions, cancellationToken);
    }

    /// <summary>A deleted agent has no count to keep.</summary>
    private async Task AddHeldAsync(
        List<TableTransactionAction> actions, WorkspaceId workspace, AgentId id, int change, CancellationToken cancellationToken)
    {
        if (await FindAgentAsync(workspace, id, cancellationToken) is { } agent)
            actions.Add(Replace(agent, agent.Agent with { Held = Math.Max(0, agent.Agent.Held + change) }));
    }

    private async Task<TableEntity?> FindSlotRowAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            workspace.Value, SlotPrefix + conversation, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task<bool> SubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Replace(AgentSnapshot read, Agent next) =>
        new(TableTransactionActionType.UpdateReplace, Row(next), new ETag(read.Version));

    private static TableEntity Row(Agent agent) => RowDocument.ToRow(agent.Workspace.Value, AgentPrefix + agent.Id, agent);

    private static AgentSnapshot ReadAgent(TableEntity row) => new(RowDocument.Read<Agent>(row), row.ETag.ToString());

    private static string Range(WorkspaceId workspace, string prefix) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {workspace.Value} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
}
