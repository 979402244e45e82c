using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// A partition per queue, sorted by priority (highest first) and waiting time; a partition per workspace names the queues in use.
/// </summary>
internal sealed class TableWaitingStore(Tables tables) : IWaitingStore
{
    private readonly TableClient _table = tables.Waiting;

    public async Task AddAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken)
    {
        // The name first: a queue without a name would never be drained, a name without anybody waiting does no harm.
        await _table.UpsertEntityAsync(new TableEntity(workspace.Value, waiting.Queue), TableUpdateMode.Replace, cancellationToken);
        await _table.UpsertEntityAsync(RowDocument.ToRow(Partition(workspace, waiting.Queue), Key(waiting), waiting), TableUpdateMode.Replace, cancellationToken);
    }

    public async Task RemoveAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Partition(workspace, waiting.Queue), Key(waiting), ETag.All, cancellationToken);

    public async Task<IReadOnlyList<WaitingConversation>> ListAsync(
        WorkspaceId workspace, string queue, int limit, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(workspace, queue)}");
        return [.. (await _table.FirstRowsAsync(filter, limit, cancellationToken)).Rows.Select(RowDocument.Read<WaitingConversation>)];
    }

    public async Task<IReadOnlyList<string>> QueuesAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var queues = new List<string>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) queues.Add(row.RowKey);
        return queues;
    }

    private static string Partition(WorkspaceId workspace, string queue) => $"{workspace}:{queue}";

    private static string Key(WaitingConversation waiting) =>
        $"{(int)Priority.Urgent - (int)waiting.Priority}:{Base32.Padded(waiting.Since.UtcTicks, 19)}:{waiting.Conversation}";
}
