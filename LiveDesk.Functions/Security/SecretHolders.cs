using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;

namespace LiveDesk.Functions.Security;

/// <summary>A secret where it stands.</summary>
/// <param name="Place">Partition and row key, for people.</param>
/// <param name="Protected">As it stands there.</param>
/// <param name="Purpose">What it is bound to.</param>
/// <param name="ReplaceAsync">Writes it anew, unless the row has changed since it was read; tells whether it did.</param>
internal sealed record KeptSecret(string Place, string Protected, string Purpose, Func<string, CancellationToken, Task<bool>> ReplaceAsync);

/// <summary>Keeps secrets for good, in every workspace. What only lives for a day (answers of repeatable requests) need not be listed.</summary>
internal interface ISecretHolder
{
    IAsyncEnumerable<KeptSecret> ListAsync(CancellationToken cancellationToken);
}

/// <summary>The credentials of channels: a column of their own, bound to the channel's id.</summary>
internal sealed class ChannelSecrets(Tables tables) : ISecretHolder
{
    private const string Column = "Secrets";

    public async IAsyncEnumerable<KeptSecret> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] columns = ["PartitionKey", "RowKey", Column];
        await foreach (TableEntity row in tables.Channels.QueryAsync<TableEntity>(filter: (string?)null, select: columns, cancellationToken: cancellationToken))
        {
            if (row.GetString(Column) is not { } kept) continue;
            yield return new KeptSecret($"{row.PartitionKey}/{row.RowKey}", kept, row.RowKey, (secret, cancellation) =>
            {
                row[Column] = secret;
                return ConditionalWrite.TryAsync(() => tables.Channels.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge, cancellation));
            });
        }
    }
}

/// <summary>The secret inside small documents of one kind, such as the API key of an AI agent.</summary>
internal sealed class DocumentSecrets<T>(Tables tables, Func<T, string?> secretOf, Func<T, string> purposeOf, Func<T, string, T> with)
    : ISecretHolder where T : class, IResource
{
    public async IAsyncEnumerable<KeptSecret> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = $"{T.Kind}:";
        string filter = TableClient.CreateQueryFilter($"RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
        await foreach (TableEntity row in tables.Desk.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            T document = RowDocument.Read<T>(row);
            if (secretOf(document) is not { } kept) continue;
            yield return new KeptSecret($"{row.PartitionKey}/{row.RowKey}", kept, purposeOf(document), (secret, cancellation) =>
            {
                TableEntity next = RowDocument.ToRow(row.PartitionKey, row.RowKey, with(document, secret));
                return ConditionalWrite.TryAsync(() => tables.Desk.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellation));
            });
        }
    }
}

/// <summary>A write that does nothing if the row has changed or is gone.</summary>
internal static class ConditionalWrite
{
    public static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }
}
