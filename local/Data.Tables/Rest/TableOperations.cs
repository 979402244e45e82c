using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Rest;

/// <summary>Creating, deleting and listing tables.</summary>
internal sealed class TableOperations(TableConnection connection)
{
    private const int Created = 201, NoContent = 204, NotFound = 404, Conflict = 409;

    internal async Task<Response<TableItem>> CreateAsync(string table, bool async, CancellationToken cancellationToken)
    {
        using var message = CreateRequest(table);
        return Response.FromValue(new TableItem(table), await connection.SendAsync(message, async, cancellationToken, Created, NoContent).ConfigureAwait(false));
    }

    /// <remarks>For a while after a deletion the name is still taken; that is an error, not "exists".</remarks>
    internal async Task<Response<TableItem>> CreateIfNotExistsAsync(string table, bool async, CancellationToken cancellationToken)
    {
        using var message = CreateRequest(table);
        var response = await connection.SendAsync(message, async, cancellationToken, Created, NoContent, Conflict).ConfigureAwait(false);
        if (response.Status == Conflict)
        {
            var refusal = new RequestFailedException(response);
            if (refusal.ErrorCode != TableErrorCode.TableAlreadyExists.ToString()) throw refusal;
        }
        return Response.FromValue(new TableItem(table), response);
    }

    /// <summary>A missing table is not an error.</summary>
    internal async Task<Response> DeleteAsync(string table, bool async, CancellationToken cancellationToken)
    {
        using var message = connection.Request(RequestMethod.Delete, TablePath.Table(table));
        return await connection.SendAsync(message, async, cancellationToken, NoContent, NotFound).ConfigureAwait(false);
    }

    internal FetchPage<TableItem> Query(string? filter) => async (continuation, pageSize, async, cancellationToken) =>
    {
        using var message = connection.Request(
            RequestMethod.Get,
            TablePath.Tables,
            ("$format", TableConnection.MinimalMetadata),
            ("$top", pageSize?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("$filter", filter),
            ("NextTableName", continuation));
        var response = await connection.SendAsync(message, async, cancellationToken, 200).ConfigureAwait(false);
        using var json = JsonDocument.Parse(response.Content);
        TableItem[] items = [.. json.RootElement.GetProperty("value").EnumerateArray().Select(item => new TableItem(item.GetProperty("TableName").GetString()!))];
        return Page<TableItem>.FromValues(items, response.Headers.TryGetValue("x-ms-continuation-NextTableName", out string? next) ? next : null, response);
    };

    private HttpMessage CreateRequest(string table)
    {
        var message = connection.Request(RequestMethod.Post, TablePath.Tables);
        message.Request.Headers.Add("Prefer", "return-no-content");
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new { TableName = table }));
        return message;
    }
}
