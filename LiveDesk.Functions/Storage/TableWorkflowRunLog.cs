using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The table <c>WorkflowRuns</c>: <c>{workspace}:{workflow}</c> holds the runs, newest first; <c>{workspace}</c> counts the runs of a conversation in
/// the running minute.
/// </summary>
internal sealed class TableWorkflowRunLog(Tables tables) : IWorkflowRunLog
{
    private const int Attempts = 20;

    private readonly TableClient _table = tables.WorkflowRuns;

    public async Task PutAsync(WorkflowRun run, CancellationToken cancellationToken) =>
        await _table.UpsertEntityAsync(
            RowDocument.ToRow(Partition(run.Workspace, run.WorkflowId), Key(run), run), TableUpdateMode.Replace, cancellationToken);

    public async Task<PageOf<WorkflowRun>> ListAsync(
        WorkspaceId workspace, string workflowId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string after = cursor is null ? "" : Cursors.Decode(cursor);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(workspace, workflowId)} and RowKey gt {after}");
        var runs = new List<TableEntity>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, maxPerPage: limit + 1, cancellationToken: cancellationToken))
        {
            runs.Add(row);
            if (runs.Count > limit) break;
        }
        string? next = runs.Count > limit ? Cursors.Encode(runs[limit - 1].RowKey) : null;
        return new PageOf<WorkflowRun>([.. runs.Take(limit).Select(RowDocument.Read<WorkflowRun>)], next);
    }

    public async Task<int> CountAsync(WorkspaceId workspace, ConversationId conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long minute = now.ToUnixTimeSeconds() / 60;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            NullableResponse<TableEntity> known = await _table.GetEntityIfExistsAsync<TableEntity>(
                workspace.Value, conversation.Value, cancellationToken: cancellationToken);
            bool running = known.HasValue && known.Value!.GetInt64("Minute") == minute;
            int runs = running ? known.Value!.GetInt32("Runs")!.Value + 1 : 1;
            var row = new TableEntity(workspace.Value, conversation.Value) { ["Minute"] = minute, ["Runs"] = runs };
            try
            {
                if (known.HasValue) await _table.UpdateEntityAsync(row, known.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else await _table.AddEntityAsync(row, cancellationToken);
                return runs;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // Another run was counted first: count again.
            }
        }
        throw new InvalidOperationException($"The runs of {conversation} are being counted by too many at once.");
    }

    private static string Partition(WorkspaceId workspace, string workflowId) => $"{workspace}:{workflowId}";

    private static string Key(WorkflowRun run) =>
        $"{(DateTimeOffset.MaxValue - run.StartedAt).Ticks.ToString("D19", CultureInfo.InvariantCulture)}:{Keys.Safe(run.Id)}";
}
