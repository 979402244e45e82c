using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// A partition per line, sorted by priority (highest first) and waiting time. The workspace's own partition names the lines in use
/// (<c>line:{name}</c>) and says where each conversation waits (<c>at:{conversation}</c>).
/// </summary>
internal sealed class TableWaitingStore(Tables tables) : IWaitingStore
{
    private const string LinePrefix = "line:";
    private const string AtPrefix = "at:";

    private readonly TableClient _table = tables.Waiting;

    public async Task PutAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken)
    {
        WaitingConversation? before = await FindAsync(workspace, waiting.Conversation, cancellationToken);
        // The names first: a place that nothing leads to would never be served, a name without a place does no harm.
        var line = new TableEntity(workspace.Value, LinePrefix + Keys.Safe(waiting.Queue)) { ["Name"] = waiting.Queue };
        await _table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, line),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowDocument.ToRow(workspace.Value, At(waiting.Conversation), waiting)),
            ],
            cancellationToken);
        await _table.UpsertEntityAsync(RowDocument.ToRow(Partition(workspace, waiting.Queue), Key(waiting), waiting), TableUpdateMode.Replace, cancellationToken);
        if (before is not null && (before.Queue != waiting.Queue || Key(before) != Key(waiting)))
            await _table.DeleteEntityAsync(Partition(workspace, before.Queue), Key(before), ETag.All, cancellationToken);
    }

    public async Task RemoveAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(Partition(workspace, waiting.Queue), Key(waiting), ETag.All, cancellationToken);
        if (await FindAsync(workspace, waiting.Conversation, cancellationToken) is { } place && place.Queue == waiting.Queue && Key(place) == Key(waiting))
            await _table.DeleteEntityAsync(workspace.Value, At(waiting.Conversation), ETag.All, cancellationToken);
    }

    public async Task<WaitingConversation?> FindAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            workspace.Value, At(conversation), cancellationToken: cancellationToken);
        return row.HasValue ? RowDocument.Read<WaitingConversation>(row.Value!) : null;
    }

    public async Task<IReadOnlyList<WaitingConversation>> ListAsync(
        WorkspaceId workspace, string queue, int limit, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(workspace, queue)}");
        return [.. (await _table.FirstRowsAsync(filter, limit, cancellationToken)).Rows.Select(RowDocument.Read<WaitingConversation>)];
    }

    public async Task<IReadOnlyList<WaitingConversation>?> ListAllAsync(WorkspaceId workspace, int limit, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {workspace.Value} and RowKey ge {AtPrefix} and RowKey lt {Keys.EndOf(AtPrefix)}");
        FirstRows found = await _table.FirstRowsAsync(filter, limit, cancellationToken);
        return found.More ? null : [.. found.Rows.Select(RowDocument.Read<WaitingConversation>)];
    }

    public async Task<IReadOnlyList<string>> QueuesAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {workspace.Value} and RowKey ge {LinePrefix} and RowKey lt {Keys.EndOf(LinePrefix)}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) names.Add(row.GetString("Name")!);
        return names;
    }

    private static string At(ConversationId conversation) => AtPrefix + conversation;

    private static string Partition(WorkspaceId workspace, string queue) => $"{workspace}:{Keys.Safe(queue)}";

    private static string Key(WaitingConversation waiting) =>
        $"{(int)Priority.Urgent - (int)waiting.Priority}:{Base32.Padded(waiting.Since.UtcTicks, 19)}:{waiting.Conversation}";
}
