using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The table <c>Webhooks</c>, a partition <c>{workspace}:{endpoint}</c> each: <c>at:{newest first}:{hash}</c> holds a delivery, <c>ev:{hash}</c>,
/// written with it, keeps an event from having two, <c>failing</c> says since when nothing has got through.
/// </summary>
internal sealed class TableWebhookDeliveries(Tables tables) : IWebhookDeliveries
{
    private const string RowPrefix = "at:";
    private const string FailingKey = "failing";
    private const string Since = "Since";
    private const string CreatedAt = "CreatedAt";
    private const string Contact = "Contact";

    // Rows count down from the largest millisecond count that 15 digits hold, so that the newest stands first.
    private const long Latest = 999_999_999_999_999;

    private readonly TableClient _table = tables.Webhooks;

    public async Task<bool> AddAsync(
        WorkspaceId workspace, string endpoint, WebhookDelivery delivery, ContactId? contact, CancellationToken cancellationToken)
    {
        string partition = Partition(workspace, endpoint);
        WebhookDeliveryId id = Id(delivery);
        TableEntity row = Row(partition, delivery, delivery.NextAttemptAt);
        if (contact is { } whose) row[Contact] = whose.Value;
        var once = new TableEntity(partition, $"ev:{id.Hash}") { [CreatedAt] = row[CreatedAt] };
        try
        {
            await _table.SubmitTransactionAsync(
                [new TableTransactionAction(TableTransactionActionType.Add, row), new TableTransactionAction(TableTransactionActionType.Add, once)],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    public async Task<WebhookDeliverySnapshot?> FindAsync(WorkspaceId workspace, string endpoint, string delivery, CancellationToken cancellationToken)
    {
        if (!WebhookDeliveryId.TryParse(delivery, out WebhookDeliveryId id)) return null;
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition(workspace, endpoint), RowKey(id), cancellationToken: cancellationToken);
        return row.HasValue ? new WebhookDeliverySnapshot(RowDocument.Read<WebhookDelivery>(row.Value!), row.Value!.ETag.ToString()) : null;
    }

    public async Task<WebhookDeliverySnapshot?> ReplaceAsync(
        WorkspaceId workspace, string endpoint, WebhookDeliverySnapshot read, WebhookDelivery next, CancellationToken cancellationToken)
    {
        try
        {
            // Merged, so that what stands beside the document stays.
            Response saved = await _table.UpdateEntityAsync(
                Row(Partition(workspace, endpoint), next, null), new ETag(read.Version), TableUpdateMode.Merge, cancellationToken);
            return new WebhookDeliverySnapshot(next, saved.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task<PageOf<WebhookDelivery>> ListAsync(
        WorkspaceId workspace, string endpoint, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string from = cursor is null ? RowPrefix : RowKey(Place(cursor));
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition(workspace, endpoint)} and RowKey gt {from} and RowKey lt {Keys.EndOf(RowPrefix)}");
        var found = new List<WebhookDelivery>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, maxPerPage: limit + 1, cancellationToken: cancellationToken))
        {
            if (found.Count == limit) return new PageOf<WebhookDelivery>(found, Cursors.Encode(found[^1].Id));
            found.Add(RowDocument.Read<WebhookDelivery>(row));
        }
        return new PageOf<WebhookDelivery>(found, null);
    }

    public async Task<DateTimeOffset?> FailingSinceAsync(WorkspaceId workspace, string endpoint, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition(workspace, endpoint), FailingKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetDateTimeOffset(Since) : null;
    }

    public async Task SetFailingSinceAsync(WorkspaceId workspace, string endpoint, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        if (since is null)
        {
            await _table.DeleteEntityAsync(Partition(workspace, endpoint), FailingKey, ETag.All, cancellationToken);
            return;
        }
        try
        {
            // The first failure counts.
            await _table.AddEntityAsync(new TableEntity(Partition(workspace, endpoint), FailingKey) { [Since] = since.Value }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another delivery failed at the same time; its instant is as good.
        }
    }

    public async Task EraseAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken)
    {
        string from = Partition(workspace, ""), to = Keys.EndOf(from);
        string filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and Contact eq {contact.Value}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
    }

    public async Task<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted = 0;
        string filter = TableClient.CreateQueryFilter($"CreatedAt lt {before}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            deleted++;
        }
        return deleted;
    }

    private static TableEntity Row(string partition, WebhookDelivery delivery, DateTimeOffset? createdAt)
    {
        TableEntity row = RowDocument.ToRow(partition, RowKey(Id(delivery)), delivery);
        if (createdAt is { } at) row[CreatedAt] = at;
        return row;
    }

    private static WebhookDeliveryId Id(WebhookDelivery delivery) =>
        WebhookDeliveryId.TryParse(delivery.Id, out WebhookDeliveryId id) ? id : throw new FormatException($"'{delivery.Id}' is no delivery's id.");

    private static WebhookDeliveryId Place(string cursor) =>
        WebhookDeliveryId.TryParse(Cursors.Decode(cursor), out WebhookDeliveryId id) ? id : throw new FormatException("Not a cursor of this list.");

    private static string RowKey(WebhookDeliveryId id) => $"{RowPrefix}{Base32.Padded(Latest - id.OccurredAt, 15)}:{id.Hash}";

    private static string Partition(WorkspaceId workspace, string endpoint) => $"{workspace}:{endpoint}";
}
