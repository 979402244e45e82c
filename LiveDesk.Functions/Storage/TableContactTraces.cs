using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Finds what a contact has left in the tables, the feed and the files, and empties it. Rows that are empty already are passed over, so that it
/// goes on wherever an earlier try died.
/// </summary>
internal sealed class TableContactTraces(
    Tables tables, IContactStore contacts, OutboxDispatcher dispatcher, IInboxIndex inbox, IFileStore files, IResourceStore<Snippet> snippets,
    IWebhookDeliveries deliveries, IContactIndex index)
{
    private const int Batch = 50;

    /// <summary>The fields of the feed's lines that hold words of the customer, or to the customer.</summary>
    private static readonly string[] Said = ["text", "comment"];

    private readonly TableClient _contacts = tables.Contacts;
    private readonly TableClient _events = tables.Events;

    /// <param name="before">What is younger belongs to somebody who has come back.</param>
    public async Task EraseAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await dispatcher.TellLeftOversAsync(workspace, id, cancellationToken);
        await EmptyMergedHeadAsync(workspace, id, before, cancellationToken);
        await DropSendsAsync(workspace, id, before, cancellationToken);
        await EmptyMessagesAsync(workspace, id, before, cancellationToken);
        await EmptyConversationsAsync(workspace, id, before, cancellationToken);
        await EmptyFeedAsync(workspace, id, before, cancellationToken);
        await deliveries.EraseAsync(workspace, id, cancellationToken);
    }

    /// <summary>A contact that was merged into another keeps a head of its own, which nothing changes any more.</summary>
    private async Task EmptyMergedHeadAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ContactSnapshot read = await contacts.LoadAsync(workspace, id, cancellationToken);
        if (read.State.Contact is not { MergedInto: not null, IsErased: false } merged) return;
        Contact empty = EraseContact.Emptied(merged, before);
        await _contacts.UpdateEntityAsync(
            RowDocument.ToRow(Keys.Partition(workspace, id), Keys.Contact, empty), new ETag(read.ContactVersion!), TableUpdateMode.Replace, cancellationToken);
        await index.PutAsync(empty, isNew: false, cancellationToken);
    }

    /// <summary>Nobody is left to send to. Whoever is sending meanwhile loses the row that guards its writes.</summary>
    private async Task DropSendsAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, id);
        foreach (PendingSendSnapshot send in (await contacts.LoadPendingAsync(workspace, id, cancellationToken)).Sends)
            if (send.Send.Message.ReceivedAt <= before)
                await _contacts.DeleteEntityAsync(partition, Keys.Send(send.Sequence), ETag.All, cancellationToken);
    }

    private async Task EmptyMessagesAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, id);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"msg:"} and RowKey lt {"msg;"}");
        HashSet<string> shared = [.. (await snippets.ListAsync(workspace, cancellationToken)).SelectMany(s => s.Value.AttachmentIds)];
        var changes = new List<TableTransactionAction>();
        await foreach (TableEntity row in _contacts.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            Message message = RowDocument.Read<Message>(row);
            Message empty = EraseContact.Emptied(message);
            if (message.ReceivedAt > before || Same(message, empty)) continue;
            foreach (Attachment attachment in message.Content.Attachments)
                if (attachment.Key is { } key && !shared.Contains(key.Split('/')[^1])) await files.DeleteAsync(key, cancellationToken);
            changes.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, RowDocument.ToRow(partition, row.RowKey, empty), row.ETag));
            if (changes.Count < Batch) continue;
            await _contacts.SubmitTransactionAsync(changes, cancellationToken);
            changes.Clear();
        }
        // A receipt may change a message meanwhile: the work item comes again.
        if (changes.Count > 0) await _contacts.SubmitTransactionAsync(changes, cancellationToken);
    }

    private async Task EmptyConversationsAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, id);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"conv:"} and RowKey lt {"conv;"}");
        await foreach (TableEntity row in _contacts.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            Conversation conversation = RowDocument.Read<Conversation>(row);
            if (conversation.OpenedAt > before) continue;
            Conversation empty = EraseContact.Emptied(conversation);
            if (!Same(conversation, empty))
                await _contacts.UpdateEntityAsync(RowDocument.ToRow(partition, row.RowKey, empty), row.ETag, TableUpdateMode.Replace, cancellationToken);
            // The lists show name, number and the end of the thread.
            Contact contact = (await contacts.LoadAsync(workspace, id, cancellationToken)).State.Contact!;
            InboxEntry entry = InboxViews.Entry(contact, empty);
            await inbox.MoveAsync(workspace, entry.Place, entry, cancellationToken);
        }
    }

    /// <summary>The feed's own rows say in which hours the contact has lines.</summary>
    private async Task EmptyFeedAsync(WorkspaceId workspace, ContactId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string from = FeedHour.PartitionOf(workspace, "0"), to = FeedHour.PartitionOf(workspace, FeedHour.Name(before.AddHours(2)));
        string mine = FeedHour.IdKey($"ev_{id.Key}_"), end = FeedHour.IdKey($"ev_{id.Key}`");
        string filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to} and RowKey ge {mine} and RowKey lt {end}");
        var hours = new HashSet<string>();
        await foreach (TableEntity row in _events.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) hours.Add(row.PartitionKey);
        foreach (string hour in hours)
        {
            string lines = TableClient.CreateQueryFilter($"PartitionKey eq {hour} and RowKey ge {FeedHour.EventPrefix} and RowKey lt {Keys.EndOf(FeedHour.EventPrefix)}");
            await foreach (TableEntity row in _events.QueryAsync<TableEntity>(lines, cancellationToken: cancellationToken))
                if (RowDocument.Read<FeedEvent>(row) is { } line && line.OccurredAt <= before && Emptied(line, id) is { } empty)
                    await _events.UpdateEntityAsync(RowDocument.ToRow(hour, row.RowKey, empty), row.ETag, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <returns>Null if the line is somebody else's, or says nothing that a customer wrote or was written.</returns>
    public static FeedEvent? Emptied(FeedEvent line, ContactId id)
    {
        if (JsonNode.Parse(line.Data) is not JsonObject data || (string?)data["contactId"] != id.Value) return null;
        bool byCustomer = data["by"] is JsonObject by && (string?)by["id"] == id.Value && by.Remove("name");
        string[] said = [.. Said.Where(name => data[name] is not null)];
        if (said.Length == 0 && !byCustomer) return null;
        foreach (string name in said) data[name] = null;
        return line with { Data = data.ToJsonString(DomainJson.Options) };
    }

    private static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);
}
