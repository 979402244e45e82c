using System.Text;
using Azure.Core;
using Azure.Data.Tables.Serialization;

namespace Azure.Data.Tables.Rest;

/// <summary>A change of one entity, to be sent alone or as part of a transaction.</summary>
internal sealed record EntityRequest(RequestMethod Method, string Path, string? IfMatch, BinaryData? Body)
{
    private const string Json = "application/json";
    private const string NoContent = "return-no-content";

    internal static EntityRequest Insert(string table, ITableEntity entity)
    {
        CheckKeys(entity);
        return new(RequestMethod.Post, TablePath.Entities(table), null, EntityWriter.Write(entity));
    }

    /// <param name="table">The table's name.</param>
    /// <param name="entity">The new values.</param>
    /// <param name="mode">What becomes of properties that the entity lacks.</param>
    /// <param name="condition">Without one the service inserts what does not exist.</param>
    internal static EntityRequest Change(string table, ITableEntity entity, TableUpdateMode mode, ETag condition)
    {
        CheckKeys(entity);
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}", nameof(mode)),
        };
        string? ifMatch = condition == default ? null : condition.ToString();
        return new(method, TablePath.Entity(table, entity.PartitionKey, entity.RowKey), ifMatch, EntityWriter.Write(entity));
    }

    internal static EntityRequest Delete(string table, string partitionKey, string rowKey, ETag condition)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        ServiceRules.CheckKeys(partitionKey, rowKey);
        return new(RequestMethod.Delete, TablePath.Entity(table, partitionKey, rowKey), (condition == default ? ETag.All : condition).ToString(), null);
    }

    internal HttpMessage ToMessage(TableConnection connection)
    {
        var message = connection.Request(Method, Path, ("$format", TableConnection.MinimalMetadata));
        if (Method == RequestMethod.Post) message.Request.Headers.Add("Prefer", NoContent);
        if (IfMatch is not null) message.Request.Headers.Add("If-Match", IfMatch);
        if (Body is not null)
        {
            message.Request.Headers.Add("Content-Type", Json);
            message.Request.Content = RequestContent.Create(Body);
        }
        return message;
    }

    /// <summary>The request as it stands inside a changeset.</summary>
    internal void WriteTo(StringBuilder text, TableConnection connection)
    {
        Line(text, $"{Method} {connection.Address}/{Path} HTTP/1.1");
        Line(text, $"Accept: {TableConnection.MinimalMetadata}");
        Line(text, "DataServiceVersion: 3.0");
        if (Method == RequestMethod.Post) Line(text, $"Prefer: {NoContent}");
        if (IfMatch is not null) Line(text, $"If-Match: {IfMatch}");
        if (Body is not null) Line(text, $"Content-Type: {Json}");
        Line(text, "");
        Line(text, Body?.ToString() ?? "");
    }

    internal static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");

    private static void CheckKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        ServiceRules.CheckKeys(entity.PartitionKey, entity.RowKey);
    }
}
