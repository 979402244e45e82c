using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage.Reporting;

/// <summary>
/// Facts in the table <c>Facts</c>, a row each, and all of a day together in <c>Rollups</c>; both have a partition <c>{workspace}:{yyyymmdd}</c> for
/// each UTC day. Whoever writes a fact marks the day afterwards; whoever rolls the day up takes away the mark that was there before the facts were read,
/// in the transaction that writes the roll-up. A day that is marked is read from its facts.
/// </summary>
internal sealed class TableFactStore(Tables tables, TimeProvider time) : IFactStore
{
    private const string CyclePrefix = "cycle:";
    private const string SurveyPrefix = "survey:";
    private const int ParallelDays = 8;

    public async Task PutAsync(WorkspaceId workspace, ConversationId conversation, CycleFact fact, CancellationToken cancellationToken)
    {
        foreach (DateOnly day in ReportDefinitions.Days(fact))
        {
            TableEntity row = RowDocument.ToRow(Partition(workspace, day), $"{CyclePrefix}{conversation}:{Base32.Padded(fact.Cycle, 5)}", fact);
            await tables.Facts.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
            await MarkAsync(row.PartitionKey, cancellationToken);
        }
    }

    public async Task PutAsync(WorkspaceId workspace, SurveyId survey, SurveyFact fact, CancellationToken cancellationToken)
    {
        string partition = Partition(workspace, ReportDefinitions.Day(fact.SentAt));
        while (!await ReplaceAsync(RowDocument.ToRow(partition, SurveyPrefix + survey, fact), fact, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        await MarkAsync(partition, cancellationToken);
    }

    public async Task<IEnumerable<FactDay>> ReadAsync(WorkspaceId workspace, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        string from = Partition(workspace, first), to = Partition(workspace, last);
        string filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to}");
        var days = new SortedDictionary<DateOnly, Func<FactDay>>();
        var marked = new List<TableEntity>();
        var packs = new List<TableEntity>();
        await foreach (TableEntity row in tables.Rollups.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            (row.RowKey == RollUpRows.DirtyKey ? marked : packs).Add(row);
        HashSet<string> dirty = [.. marked.Select(mark => mark.PartitionKey)];
        foreach (IGrouping<string, TableEntity> pack in packs.Where(p => !dirty.Contains(p.PartitionKey)).GroupBy(p => p.PartitionKey))
            if (RollUpRows.AreReadable(pack)) days[Day(pack.Key)] = () => RollUpRows.Read(Day(pack.Key), pack);
            else marked.Add(await MarkAsync(pack.Key, cancellationToken));
        await Parallel.ForEachAsync(
            marked, new ParallelOptions { MaxDegreeOfParallelism = ParallelDays, CancellationToken = cancellationToken },
            async (mark, token) =>
            {
                FactDay day = await RollUpAsync(mark, token);
                lock (days) days[day.Day] = () => day;
            });
        return days.Values.Select(unpack => unpack());
    }

    public async Task<int> VoidRollUpsAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        int days = 0;
        string after = $"{workspace}:", end = Keys.EndOf(after);
        while (await NextPartitionAsync(after, end, cancellationToken) is { } partition)
        {
            await MarkAsync(partition, cancellationToken);
            after = partition;
            days++;
        }
        return days;
    }

    public async Task<int> RollUpAsync(WorkspaceId? workspace, CancellationToken cancellationToken)
    {
        string filter = workspace is { } one
            ? TableClient.CreateQueryFilter($"PartitionKey ge {$"{one}:"} and PartitionKey lt {Keys.EndOf($"{one}:")} and RowKey eq {RollUpRows.DirtyKey}")
            : TableClient.CreateQueryFilter($"RowKey eq {RollUpRows.DirtyKey}");
        int days = 0;
        await foreach (TableEntity mark in tables.Rollups.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            await RollUpAsync(mark, cancellationToken);
            days++;
        }
        return days;
    }

    /// <returns>False if somebody else wrote the survey at the same time.</returns>
    private async Task<bool> ReplaceAsync(TableEntity row, SurveyFact fact, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> stored = await tables.Facts.GetEntityIfExistsAsync<TableEntity>(
            row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        // An answer that was told late does not undo a later one.
        if (stored.HasValue && RowDocument.Read<SurveyFact>(stored.Value!).AnsweredAt is { } known && !(fact.AnsweredAt >= known)) return true;
        try
        {
            if (stored.HasValue) await tables.Facts.UpdateEntityAsync(row, stored.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
            else await tables.Facts.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task<TableEntity> MarkAsync(string partition, CancellationToken cancellationToken)
    {
        var mark = new TableEntity(partition, RollUpRows.DirtyKey) { ["At"] = time.GetUtcNow() };
        Response marked = await tables.Rollups.UpsertEntityAsync(mark, TableUpdateMode.Replace, cancellationToken);
        mark.ETag = marked.Headers.ETag!.Value;
        return mark;
    }

    /// <summary>Reads the facts of a marked day, and makes its roll-up of them unless it is marked anew meanwhile.</summary>
    private async Task<FactDay> RollUpAsync(TableEntity mark, CancellationToken cancellationToken)
    {
        var cycles = new List<CycleFact>();
        var surveys = new List<SurveyFact>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {mark.PartitionKey}");
        await foreach (TableEntity row in tables.Facts.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey.StartsWith(CyclePrefix, StringComparison.Ordinal)) cycles.Add(RowDocument.Read<CycleFact>(row));
            else surveys.Add(RowDocument.Read<SurveyFact>(row));
        }
        var day = new FactDay(Day(mark.PartitionKey), cycles, surveys);
        List<TableTransactionAction> actions = [new(TableTransactionActionType.Delete, mark, mark.ETag)];
        actions.AddRange(RollUpRows.Of(mark.PartitionKey, day).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
        try
        {
            await tables.Rollups.SubmitTransactionAsync(actions, cancellationToken);
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // Facts have come, or somebody else has done it: the day is read from its facts once more.
        }
        return day;
    }

    private async Task<string?> NextPartitionAsync(string after, string end, CancellationToken cancellationToken)
    {
        string behind = after.EndsWith(':') ? after : after + " ";
        string filter = TableClient.CreateQueryFilter($"PartitionKey ge {behind} and PartitionKey lt {end}");
        await foreach (TableEntity row in tables.Facts.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken))
            return row.PartitionKey;
        return null;
    }

    private static string Partition(WorkspaceId workspace, DateOnly day) => $"{workspace}:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static DateOnly Day(string partition) => DateOnly.ParseExact(partition.AsSpan(partition.Length - 8), "yyyyMMdd", CultureInfo.InvariantCulture);
}
