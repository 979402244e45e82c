using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Rest;

/// <summary>
/// An entity-group transaction: one multipart/mixed batch with one changeset.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal static class Changeset
{
    internal static HttpMessage ToMessage(TableConnection connection, IReadOnlyList<EntityRequest> requests)
    {
        string batch = $"batch_{Guid.NewGuid()}", changeset = $"changeset_{Guid.NewGuid()}";
        var text = new StringBuilder();
        EntityRequest.Line(text, $"--{batch}");
        EntityRequest.Line(text, $"Content-Type: multipart/mixed; boundary={changeset}");
        EntityRequest.Line(text, "");
        foreach (var request in requests)
        {
            EntityRequest.Line(text, $"--{changeset}");
            EntityRequest.Line(text, "Content-Type: application/http");
            EntityRequest.Line(text, "Content-Transfer-Encoding: binary");
            EntityRequest.Line(text, "");
            request.WriteTo(text, connection);
        }
        EntityRequest.Line(text, $"--{changeset}--");
        EntityRequest.Line(text, $"--{batch}--");

        var message = connection.Request(RequestMethod.Post, TablePath.Batch);
        message.Request.Headers.Add("Content-Type", $"multipart/mixed; boundary={batch}");
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(text.ToString()));
        return message;
    }

    internal static EntityRequest RequestFor(string table, TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Add => EntityRequest.Insert(table, action.Entity),
        TableTransactionActionType.Delete => EntityRequest.Delete(table, action.Entity.PartitionKey, action.Entity.RowKey, action.ETag),
        TableTransactionActionType.UpdateMerge => EntityRequest.Change(table, action.Entity, TableUpdateMode.Merge, action.ETag),
        TableTransactionActionType.UpdateReplace => EntityRequest.Change(table, action.Entity, TableUpdateMode.Replace, action.ETag),
        TableTransactionActionType.UpsertMerge => EntityRequest.Change(table, action.Entity, TableUpdateMode.Merge, default),
        TableTransactionActionType.UpsertReplace => EntityRequest.Change(table, action.Entity, TableUpdateMode.Replace, default),
        _ => throw new InvalidOperationException($"Unknown action type {action.ActionType}."),
    };

    /// <summary>
    /// The responses to the actions, in order. A refused transaction has one: that of the action that failed.
    /// </summary>
    /// <remarks>
    /// The boundaries are not looked up, because Azurite's are not those of its Content-Type header. A boundary is a line
    /// that begins with "--", which no line of the JSON bodies does.
    /// </remarks>
    internal static List<Response> ReadResponses(BinaryData content)
    {
        var responses = new List<Response>();
        using var lines = new StringReader(content.ToString());
        while (lines.ReadLine() is { } line)
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) responses.Add(ReadResponse(line, lines));
        return responses;
    }

    private static ChangesetResponse ReadResponse(string statusLine, StringReader lines)
    {
        string[] status = statusLine.Split(' ', 3);
        var headers = new List<HttpHeader>();
        string? line;
        while ((line = lines.ReadLine()) is { Length: > 0 })
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers.Add(new HttpHeader(line[..colon], line[(colon + 1)..].Trim()));
        }
        var body = new StringBuilder();
        while ((line = lines.ReadLine()) is not null && !line.StartsWith("--", StringComparison.Ordinal)) body.Append(line);
        string reason = status.Length > 2 ? status[2] : "";
        return new ChangesetResponse(int.Parse(status[1], CultureInfo.InvariantCulture), reason, headers, body.ToString());
    }
}
