using System.Text.Json;
using Azure.Data.Tables;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Contacts;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;

namespace LiveDesk.Functions.Storage;

/// <summary>Writes all that the desk knows of a contact, in the order in which it is stored: one pass over the partition, whatever its size.</summary>
internal sealed class ContactExport(Tables tables, FileLinks links)
{
    private const int FlushAt = 64 * 1024;

    public async Task WriteAsync(Stream to, Contact contact, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        json.WriteStartObject();
        json.WritePropertyName("contact");
        JsonSerializer.Serialize(json, ContactView.Of(contact), ApiJson.Options);
        json.WritePropertyName("exportedAt");
        JsonSerializer.Serialize(json, now, ApiJson.Options);
        await ListAsync<Conversation>(json, "conversations", contact, "conv:", c => c, cancellationToken);
        await ListAsync<Message>(json, "messages", contact, "msg:", m => MessageView.Of(m, links), cancellationToken);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private async Task ListAsync<T>(
        Utf8JsonWriter json, string name, Contact contact, string prefix, Func<T, object> view, CancellationToken cancellationToken)
    {
        json.WriteStartArray(name);
        foreach (string partition in contact.All.Select(id => Keys.Partition(contact.Workspace, id)))
        {
            string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
            await foreach (TableEntity row in tables.Contacts.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                object shown = view(RowDocument.Read<T>(row));
                JsonSerializer.Serialize(json, shown, shown.GetType(), ApiJson.Options);
                if (json.BytesPending > FlushAt) await json.FlushAsync(cancellationToken);
            }
        }
        json.WriteEndArray();
    }
}
