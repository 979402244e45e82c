using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>One partition per contact in the table <c>Contacts</c>; every write is one conditional entity-group transaction.</summary>
internal sealed class TableContactStore(Tables tables) : IContactStore
{
    private const string Stopped = "Stopped";

    private readonly TableClient _table = tables.Contacts;

    public async Task<ContactSnapshot> LoadAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, contact);
        // "contact" sorts right before "conv:", whose keys count down: two rows are head and latest conversation.
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.Contact} and RowKey lt {"conv;"}");
        TableEntity? head = null, latest = null;
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, maxPerPage: 2, cancellationToken: cancellationToken))
        {
            if (row.RowKey == Keys.Contact)
            {
                head = row;
                continue;
            }
            latest = row;
            break;
        }
        var state = new ContactState(
            head is null ? null : RowDocument.Read<Contact>(head), latest is null ? null : RowDocument.Read<Conversation>(latest));
        return new ContactSnapshot(workspace, contact, state, head?.ETag.ToString(), latest?.ETag.ToString());
    }

    public async Task<CommitOutcome> CommitAsync(ContactSnapshot snapshot, ContactWrite write, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(snapshot.Workspace, snapshot.Id);
        var actions = new List<TableTransactionAction>
        {
            Put(RowDocument.ToRow(partition, Keys.Contact, write.After.Contact!), snapshot.ContactVersion),
        };
        if (write.After.Latest is { } conversation && conversation != snapshot.State.Latest)
        {
            bool isNew = snapshot.State.Latest?.Id != conversation.Id;
            actions.Add(Put(RowDocument.ToRow(partition, Keys.Conversation(conversation.Id), conversation), isNew ? null : snapshot.ConversationVersion));
        }
        actions.AddRange(write.Messages.Select(m => Insert(RowDocument.ToRow(partition, Keys.Message(m.Id), m))));
        actions.AddRange(write.Sends.Select(s => Insert(RowDocument.ToRow(partition, Keys.Send(s.Message.Id.Sequence), s))));
        actions.AddRange(OptOuts(partition, snapshot.State.Contact?.OptedOutChannels ?? [], write.After.Contact!.OptedOutChannels));
        if (write.Outbox is { } outbox) actions.Add(Insert(RowDocument.ToRow(partition, Keys.Event(outbox.Sequence), outbox)));
        int seenAt = actions.Count;
        if (write.Seen is { } seen) actions.Add(Insert(RowDocument.ToRow(partition, Keys.Seen(seen), write.SeenRecord!)));
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return CommitOutcome.Committed;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return write.Seen is not null && e.Status == 409 && await IsSeenAsync(e, seenAt, partition, write.Seen, cancellationToken)
                ? CommitOutcome.AlreadySeen
                : CommitOutcome.Conflict;
        }
    }

    public async Task<SeenRecord?> FindSeenAsync(WorkspaceId workspace, ContactId contact, SeenKey key, CancellationToken cancellationToken) =>
        await FindAsync(Keys.Partition(workspace, contact), Keys.Seen(key), cancellationToken) is { } row ? RowDocument.Read<SeenRecord>(row) : null;

    public async Task<ConversationSnapshot?> FindConversationAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken) =>
        await FindAsync(Keys.Partition(workspace, id.Contact), Keys.Conversation(id), cancellationToken) is { } row
            ? new ConversationSnapshot(RowDocument.Read<Conversation>(row), row.ETag.ToString())
            : null;

    public async Task<MessageSnapshot?> FindMessageAsync(WorkspaceId workspace, MessageId id, CancellationToken cancellationToken) =>
        await FindAsync(Keys.Partition(workspace, id.Contact), Keys.Message(id), cancellationToken) is { } row
            ? new MessageSnapshot(RowDocument.Read<Message>(row), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<Message>> ListMessagesAsync(
        WorkspaceId workspace, ConversationId conversation, MessageId? before, int limit, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, conversation.Contact);
        string from = Keys.Messages(conversation);
        string to = Keys.EndOf(from);
        if (before is { } id) from = Keys.Message(id);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {from} and RowKey lt {to}");
        FirstRows newest = await _table.FirstRowsAsync(filter, limit, cancellationToken);
        return [.. newest.Rows.Select(RowDocument.Read<Message>).Reverse()];
    }

    public async Task<IReadOnlyList<Conversation>> ListConversationsAsync(
        WorkspaceId workspace, ContactId contact, int before, int limit, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, contact);
        string from = before > ConversationId.MaximumNumber ? "conv:" : Keys.Conversation(new ConversationId(contact, before - 1));
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {"conv;"}");
        return [.. (await _table.FirstRowsAsync(filter, limit, cancellationToken)).Rows.Select(RowDocument.Read<Conversation>)];
    }

    public async Task<PendingWork> LoadPendingAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, contact);
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.OutboxFrom} and RowKey lt {Keys.OutboxTo}");
        Lane lane = Lane.Free;
        var sends = new List<PendingSendSnapshot>();
        var entries = new List<OutboxEntry>();
        var stopped = new List<ChannelId>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey == Keys.Lane) lane = new Lane(row.GetString("Holder"), row.GetDateTimeOffset("Until"), row.ETag.ToString());
            else if (Keys.IsSend(row.RowKey))
                sends.Add(new PendingSendSnapshot(Keys.Sequence(row.RowKey), RowDocument.Read<PendingSend>(row), row.ETag.ToString()));
            else if (Keys.IsEvent(row.RowKey)) entries.Add(RowDocument.Read<OutboxEntry>(row));
            else if (Keys.StoppedChannel(row.RowKey) is { } channel && row.GetBoolean(Stopped) == true) stopped.Add(channel);
        }
        return new PendingWork(lane, sends, entries) { OptedOut = stopped };
    }

    public async Task<PendingVersions?> CommitAsync(WorkspaceId workspace, ContactId contact, PendingWrite write, CancellationToken cancellationToken)
    {
        string partition = Keys.Partition(workspace, contact);
        var actions = new List<TableTransactionAction>();
        int? laneAt = null, sendAt = null;
        if (write.Lane is var (read, holder, until))
        {
            laneAt = actions.Count;
            actions.Add(Put(new TableEntity(partition, Keys.Lane) { ["Holder"] = holder, ["Until"] = until }, read.Version));
        }
        if (write.Send is var (pending, next))
        {
            if (next is not null) sendAt = actions.Count;
            actions.Add(next is null
                ? new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(partition, Keys.Send(pending.Sequence)), new ETag(pending.Version))
                : Put(RowDocument.ToRow(partition, Keys.Send(pending.Sequence), next), pending.Version));
        }
        if (write.Message is var (message, version))
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.UpdateReplace, RowDocument.ToRow(partition, Keys.Message(message.Id), message),
                version is null ? ETag.All : new ETag(version)));
        if (write.Seen is var (key, record))
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowDocument.ToRow(partition, Keys.Seen(key), record)));
        if (write.Once is var (onceKey, onceRecord)) actions.Add(Insert(RowDocument.ToRow(partition, Keys.Seen(onceKey), onceRecord)));
        if (write.AddSend is { } added) actions.Add(Insert(RowDocument.ToRow(partition, Keys.Send(added.Message.Id.Sequence), added)));
        if (write.AddEntry is { } entry) actions.Add(Insert(RowDocument.ToRow(partition, Keys.Event(entry.Sequence), entry)));
        actions.AddRange(write.RemoveEntries.Select(sequence =>
            new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, Keys.Event(sequence)), ETag.All)));
        try
        {
            IReadOnlyList<Response> answers = (await _table.SubmitTransactionAsync(actions, cancellationToken)).Value;
            return new PendingVersions(VersionAt(answers, laneAt), VersionAt(answers, sendAt));
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>The head says who has opted out; the sender, which does not read it, finds the same among what waits.</summary>
    private static IEnumerable<TableTransactionAction> OptOuts(string partition, IReadOnlyList<ChannelId> before, IReadOnlyList<ChannelId> after) =>
        from channel in before.Union(after)
        where before.Contains(channel) != after.Contains(channel)
        select new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, new TableEntity(partition, Keys.Stop(channel)) { [Stopped] = after.Contains(channel) });

    private static string? VersionAt(IReadOnlyList<Response> answers, int? index) => index is { } at ? answers[at].Headers.ETag?.ToString() : null;

    private async Task<bool> IsSeenAsync(
        TableTransactionFailedException failure, int seenAt, string partition, SeenKey seen, CancellationToken cancellationToken) =>
        failure.FailedTransactionActionIndex is { } index
            ? index == seenAt
            : await FindAsync(partition, Keys.Seen(seen), cancellationToken) is not null;

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private static TableTransactionAction Insert(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Put(TableEntity row, string? version) => version is null
        ? Insert(row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(version));
}
