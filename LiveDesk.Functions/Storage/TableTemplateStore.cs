using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Templates in the desk partition, <c>tpl:{channel}:{n}</c>, a few dozen a row: they are always read together. The first row tells when they were
/// read from the provider and how many rows there are.
/// </summary>
internal sealed class TableTemplateStore(Tables tables) : ITemplateStore
{
    private const int PerRow = 40;

    private readonly TableClient _table = tables.Desk;

    public async Task<SyncedTemplates?> FindAsync(WorkspaceId workspace, ChannelId channel, CancellationToken cancellationToken)
    {
        (string from, string to) = Range(channel);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value} and RowKey ge {from} and RowKey lt {to}");
        var rows = new List<Chunk>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) rows.Add(RowDocument.Read<Chunk>(row));
        // Rows of an older, longer list may be left behind; only those of the first row's time count.
        return rows.Count == 0 ? null : new SyncedTemplates([.. rows.Where(r => r.SyncedAt == rows[0].SyncedAt).SelectMany(r => r.Items)], rows[0].SyncedAt);
    }

    public async Task ReplaceAsync(WorkspaceId workspace, ChannelId channel, SyncedTemplates templates, CancellationToken cancellationToken)
    {
        MessageTemplate[][] chunks = [.. templates.Items.Chunk(PerRow)];
        // The first row last: until it is there, readers see the list as it was, or miss what they would miss anyway.
        for (int number = Math.Max(0, chunks.Length - 1); number >= 0; number--)
        {
            var chunk = new Chunk(templates.SyncedAt, number < chunks.Length ? chunks[number] : []);
            await _table.UpsertEntityAsync(RowDocument.ToRow(workspace.Value, Key(channel, number), chunk), TableUpdateMode.Replace, cancellationToken);
        }
        await DeleteFromAsync(workspace, channel, Math.Max(1, chunks.Length), cancellationToken);
    }

    private async Task DeleteFromAsync(WorkspaceId workspace, ChannelId channel, int number, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value} and RowKey ge {Key(channel, number)} and RowKey lt {Range(channel).To}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
    }

    private static string Key(ChannelId channel, int number) => $"tpl:{channel}:{Base32.Padded(number, 4)}";

    private static (string From, string To) Range(ChannelId channel) => ($"tpl:{channel}:", $"tpl:{channel};");

    private sealed record Chunk(DateTimeOffset SyncedAt, IReadOnlyList<MessageTemplate> Items);
}
