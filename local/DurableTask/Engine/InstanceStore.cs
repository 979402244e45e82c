using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace LiveDesk.Local.Durable;

/// <summary>
/// One table for rows and histories. An instance is a partition: its row and a row for each step, so that a step commits in
/// one transaction that fails if the row's ETag has changed. What does not fit in a transaction is written before it, under
/// keys that only the transaction makes count.
/// </summary>
internal sealed class InstanceStore(TableClient table)
{
    private const int ChunkLength = 30_000;
    private const int ChunksPerRow = 10;
    private const int RowsPerTransaction = 3;
    private const int MostDeletesWithCommit = 90;

    public Task CreateAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>The partition key of an instance: characters that keys refuse are written as ^ and their code.</summary>
    public static string Key(string instance)
    {
        if (instance.All(c => c is not ('/' or '\\' or '#' or '?' or '%' or '^') && !char.IsControl(c)))
            return instance;
        var key = new StringBuilder();
        foreach (char c in instance)
            if (c is '/' or '\\' or '#' or '?' or '%' or '^' || char.IsControl(c)) key.Append('^').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else key.Append(c);
        return key.ToString();
    }

    /// <summary>The row alone, or null.</summary>
    public async Task<StoredInstance?> ReadRowAsync(string instance, CancellationToken cancellation)
    {
        NullableResponse<TableEntity> row = await table.GetEntityIfExistsAsync<TableEntity>(Key(instance), InstanceRecord.RowKey, null, cancellation);
        return row.HasValue ? new StoredInstance(InstanceRecord.From(row.Value!), row.Value!.ETag) : null;
    }

    /// <summary>Row and history, or null if there is no row.</summary>
    public async Task<StoredHistory?> ReadAsync(string instance, CancellationToken cancellation)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Key(instance)}");
        TableEntity? row = null;
        var history = new SortedDictionary<string, TableEntity>(StringComparer.Ordinal);
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            if (entity.RowKey == InstanceRecord.RowKey) row = entity;
            else history[entity.RowKey] = entity;
        if (row is null)
            return null;
        var record = InstanceRecord.From(row);
        var episodes = new List<Episode>(record.Episodes);
        var live = new HashSet<string>(StringComparer.Ordinal);
        for (int number = 0; number < record.Episodes; number++)
            episodes.Add(Assemble(EpisodeKey(record.Epoch, number), history, live));
        return new StoredHistory(new StoredInstance(record, row.ETag), episodes, [.. live], [.. history.Keys.Where(key => !live.Contains(key))]);
    }

    /// <summary>Writes the row of a new instance.</summary>
    /// <exception cref="RequestFailedException">409: there is one.</exception>
    public async Task<StoredInstance> InsertAsync(InstanceRecord record, CancellationToken cancellation)
    {
        Response answer = await table.AddEntityAsync(record.ToEntity(Key(record.Instance)), cancellation);
        return new StoredInstance(record, answer.Headers.ETag ?? default);
    }

    /// <summary>Replaces the row.</summary>
    /// <exception cref="RequestFailedException">412: somebody else changed it.</exception>
    public async Task<StoredInstance> ReplaceAsync(InstanceRecord record, ETag expected, CancellationToken cancellation)
    {
        Response answer = await table.UpdateEntityAsync(record.ToEntity(Key(record.Instance)), expected, TableUpdateMode.Replace, cancellation);
        return new StoredInstance(record, answer.Headers.ETag ?? default);
    }

    /// <summary>Commits a step: the row and the step's history together.</summary>
    /// <param name="record">The row as it is to be; its Episodes count the new step.</param>
    /// <param name="expected">The row's ETag; null: there is no row yet.</param>
    /// <param name="episode">The new step.</param>
    /// <param name="obsolete">History rows that are no longer needed.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>The row with its new ETag, and the keys of the step's rows.</returns>
    /// <exception cref="RequestFailedException">404, 409 or 412: somebody else changed the instance.</exception>
    public async Task<(StoredInstance Row, IReadOnlyList<string> Keys)> CommitAsync(
        InstanceRecord record, ETag? expected, Episode episode, IReadOnlyList<string> obsolete, CancellationToken cancellation)
    {
        string partition = Key(record.Instance);
        List<TableEntity> history = Disassemble(partition, EpisodeKey(record.Epoch, episode.Number), EngineJson.Write(episode));
        foreach (TableEntity[] early in history.Skip(1).Chunk(RowsPerTransaction))
            await table.SubmitTransactionAsync(early.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);

        TableEntity entity = record.ToEntity(partition);
        TableTransactionAction row = expected is { } etag
            ? new(TableTransactionActionType.UpdateReplace, entity, etag)
            : new(TableTransactionActionType.Add, entity);
        IEnumerable<TableTransactionAction> deletes = obsolete.Take(MostDeletesWithCommit)
            .Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All));
        Response<IReadOnlyList<Response>> answer = await table.SubmitTransactionAsync(
            [row, new TableTransactionAction(TableTransactionActionType.UpsertReplace, history[0]), .. deletes], cancellation);
        return (new StoredInstance(record, answer.Value[0].Headers.ETag ?? default), [.. history.Select(h => h.RowKey)]);
    }

    /// <summary>Deletes history rows that do not count any more.</summary>
    public async Task DeleteRowsAsync(string instance, IEnumerable<string> keys, CancellationToken cancellation)
    {
        string partition = Key(instance);
        foreach (string[] some in keys.Chunk(100))
            await table.SubmitTransactionAsync(
                some.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)), cancellation);
    }

    /// <summary>How many obsolete rows a commit takes along.</summary>
    public static int DeletedWithCommit(int obsolete) => Math.Min(obsolete, MostDeletesWithCommit);

    /// <summary>A page of rows that match.</summary>
    public async Task<(IReadOnlyList<InstanceRecord> Rows, string? Continuation)> ListAsync(
        string filter, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var pages = table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages(continuation, pageSize);
        await foreach (Page<TableEntity> page in pages)
            return ([.. page.Values.Select(InstanceRecord.From)], page.ContinuationToken);
        return ([], null);
    }

    /// <summary>Deletes an instance, its row last, so that an interrupted purge can be repeated.</summary>
    public async Task DeleteAsync(string instance, StoredHistory stored, CancellationToken cancellation)
    {
        try
        {
            await DeleteRowsAsync(instance, [.. stored.Keys, .. stored.Obsolete, InstanceRecord.RowKey], cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Somebody else purges it at the same time and will finish.
        }
    }

    private static string EpisodeKey(int epoch, int number) => string.Create(CultureInfo.InvariantCulture, $"h-{epoch:D8}-{number:D8}");

    private static List<TableEntity> Disassemble(string partition, string key, string text)
    {
        string[][] rows = [.. Chunks(text).Chunk(ChunksPerRow)];
        string nonce = Message.NewId();
        var entities = new List<TableEntity>(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            var entity = new TableEntity(partition, i == 0 ? key : PartKey(key, nonce, i));
            for (int c = 0; c < rows[i].Length; c++)
                entity["Data" + c.ToString(CultureInfo.InvariantCulture)] = rows[i][c];
            entities.Add(entity);
        }
        if (rows.Length > 1)
        {
            entities[0]["Parts"] = rows.Length;
            entities[0]["Nonce"] = nonce;
        }
        return entities;
    }

    private static Episode Assemble(string key, SortedDictionary<string, TableEntity> history, HashSet<string> live)
    {
        var text = new StringBuilder();
        if (!history.TryGetValue(key, out TableEntity? head))
            throw new InvalidDataException($"The history row {key} is missing.");
        int parts = head.GetInt32("Parts") ?? 1;
        for (int i = 0; i < parts; i++)
        {
            string part = i == 0 ? key : PartKey(key, head.GetString("Nonce")!, i);
            live.Add(part);
            TableEntity entity = history[part];
            for (int c = 0; entity.GetString("Data" + c.ToString(CultureInfo.InvariantCulture)) is { } chunk; c++)
                text.Append(chunk);
        }
        return EngineJson.Read<Episode>(text.ToString());
    }

    private static string PartKey(string key, string nonce, int part) => string.Create(CultureInfo.InvariantCulture, $"{key}-{nonce}-{part:D4}");

    // A surrogate pair must not be cut: each half alone is not valid text.
    private static IEnumerable<string> Chunks(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = Math.Min(ChunkLength, text.Length - at);
            if (at + length < text.Length && char.IsHighSurrogate(text[at + length - 1])) length--;
            yield return text.Substring(at, length);
            at += length;
        }
    }
}

/// <summary>An instance with its history.</summary>
/// <param name="Instance">The row.</param>
/// <param name="Episodes">The committed steps of the current execution.</param>
/// <param name="Keys">Their row keys.</param>
/// <param name="Obsolete">Row keys that belong to earlier executions or to commits that failed.</param>
internal sealed record StoredHistory(
    StoredInstance Instance, IReadOnlyList<Episode> Episodes, IReadOnlyList<string> Keys, IReadOnlyList<string> Obsolete);
