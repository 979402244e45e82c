using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Serialization;

namespace Azure.Data.Tables.Rest;

/// <summary>Reading and changing the entities of one table.</summary>
internal sealed class EntityOperations(TableConnection connection, string table)
{
    private const int Ok = 200, Created = 201, Accepted = 202, NoContent = 204, NotFound = 404;

    internal async Task<NullableResponse<T>> GetAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select, bool mayBeMissing, bool async, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        ServiceRules.CheckKeys(partitionKey, rowKey);
        using var message = connection.Request(
            RequestMethod.Get, TablePath.Entity(table, partitionKey, rowKey), ("$format", TableConnection.MinimalMetadata), ("$select", Select(select)));
        int[] accepted = mayBeMissing ? [Ok, NotFound] : [Ok];
        var response = await connection.SendAsync(message, async, cancellationToken, accepted).ConfigureAwait(false);
        if (response.Status == NotFound) return new NoValueResponse<T>(response);
        using var json = JsonDocument.Parse(response.Content);
        return Response.FromValue(EntityReader.Read<T>(json.RootElement), response);
    }

    internal async Task<Response> ChangeAsync(EntityRequest request, bool async, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(connection);
        return await connection.SendAsync(message, async, cancellationToken, Created, NoContent).ConfigureAwait(false);
    }

    /// <summary>Deletes; a missing entity (or table) is not an error, as in the official client.</summary>
    internal async Task<Response> DeleteAsync(EntityRequest request, bool async, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(connection);
        return await connection.SendAsync(message, async, cancellationToken, NoContent, NotFound).ConfigureAwait(false);
    }

    internal async Task<Response<IReadOnlyList<Response>>> SubmitAsync(
        IEnumerable<TableTransactionAction> actions, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actions);
        TableTransactionAction[] submitted = [.. actions];
        if (submitted.Length == 0) throw new InvalidOperationException("Transaction contains no operations. Add at least one operation to submit a transaction.");

        ServiceRules.CheckPartitions(submitted);
        using var message = Changeset.ToMessage(connection, [.. submitted.Select(action => Changeset.RequestFor(table, action))]);
        var response = await connection.SendAsync(message, async, cancellationToken, Accepted).ConfigureAwait(false);
        var responses = Changeset.ReadResponses(response.Content);
        if (responses is [{ Status: >= 400 } refused])
            throw new TableTransactionFailedException(new RequestFailedException(refused, null, TableErrorParser.Instance));
        return Response.FromValue<IReadOnlyList<Response>>(responses, response);
    }

    internal FetchPage<T> Query<T>(string? filter, IEnumerable<string>? select)
        where T : class, ITableEntity => async (continuation, pageSize, async, cancellationToken) =>
    {
        var (partition, row) = SplitToken(continuation);
        using var message = connection.Request(
            RequestMethod.Get,
            TablePath.Entities(table),
            ("$format", TableConnection.MinimalMetadata),
            ("$top", pageSize?.ToString(CultureInfo.InvariantCulture)),
            ("$select", Select(select)),
            ("$filter", string.IsNullOrEmpty(filter) ? null : filter),
            ("NextPartitionKey", partition),
            ("NextRowKey", row));
        var response = await connection.SendAsync(message, async, cancellationToken, Ok).ConfigureAwait(false);
        using var json = JsonDocument.Parse(response.Content);
        T[] entities = [.. json.RootElement.GetProperty("value").EnumerateArray().Select(EntityReader.Read<T>)];
        return Page<T>.FromValues(entities, TokenOf(response), response);
    };

    private static string? Select(IEnumerable<string>? names) => names is null ? null : string.Join(',', names);

    /// <summary>Both parts are opaque and without spaces; the service may send the first alone.</summary>
    private static string? TokenOf(Response response)
    {
        bool more = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out string? partition);
        more |= response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out string? row);
        return more ? $"{partition} {row}" : null;
    }

    private static (string? Partition, string? Row) SplitToken(string? token)
    {
        if (token is null || token.Length <= 1) return (null, null);
        string[] parts = token.Split(' ', 2);
        return (parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null);
    }
}
