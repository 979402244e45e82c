using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>One hour of a workspace's feed: its head row as it was last seen.</summary>
/// <param name="Next">The number of the next event; the first is 0.</param>
internal sealed record FeedHour(WorkspaceId Workspace, string Hour, long Next, ETag Version)
{
    public const string EventPrefix = "e:";
    public const string HeadKey = "head";
    public const string CurrentKey = "current";
    public const string FirstKey = "first";

    private const string NameFormat = "yyyyMMddHH";

    public string Partition => PartitionOf(Workspace, Hour);

    public static string Name(DateTimeOffset instant) => instant.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    public static string PartitionOf(WorkspaceId workspace, string hour) => $"{workspace}:{hour}";

    public static string EventKey(long number) => EventPrefix + Base32.Padded(number, 10);

    public static string IdKey(string eventId) => $"id:{eventId}";

    // Longer than a queue keeps a message, and so longer than anything can be told again.
    private const int LongestLookBack = 200;

    /// <summary>The hours before this one, from an instant on, latest first.</summary>
    public IEnumerable<string> Since(DateTimeOffset instant)
    {
        DateTimeOffset at = DateTimeOffset.ParseExact(Hour, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        string first = Name(instant);
        for (int back = 1; back <= LongestLookBack && string.CompareOrdinal(Name(at.AddHours(-back)), first) >= 0; back++)
            yield return Name(at.AddHours(-back));
    }

    /// <summary>The hour that is written to now; begins the feed if there is none.</summary>
    public static async Task<FeedHour> OpenAsync(TableClient table, WorkspaceId workspace, string now, CancellationToken cancellationToken)
    {
        TableEntity? current = await FindAsync(table, workspace.Value, CurrentKey, cancellationToken);
        string hour = current?.GetString("Hour") ?? now;
        if (current is null)
        {
            await AddAsync(table, new TableEntity(workspace.Value, FirstKey) { ["Hour"] = hour }, cancellationToken);
            await AddAsync(table, Head(PartitionOf(workspace, hour), 0), cancellationToken);
            await AddAsync(table, new TableEntity(workspace.Value, CurrentKey) { ["Hour"] = hour }, cancellationToken);
        }
        while (true)
        {
            TableEntity head = await FindAsync(table, PartitionOf(workspace, hour), HeadKey, cancellationToken)
                ?? throw new InvalidDataException($"The feed of {workspace} has no head for hour {hour}.");
            // Sealed, but the pointer was never moved: follow the seal.
            if (head.GetString("NextHour") is { } next) hour = next;
            else return new FeedHour(workspace, hour, head.GetInt64("Next") ?? 0, head.ETag);
        }
    }

    /// <summary>Seals this hour and goes on with a later one; null if somebody else wrote or sealed first.</summary>
    public async Task<FeedHour?> RollAsync(TableClient table, string later, CancellationToken cancellationToken)
    {
        await AddAsync(table, Head(PartitionOf(Workspace, later), 0), cancellationToken);
        TableEntity seal = Head(Partition, Next);
        seal["NextHour"] = later;
        try
        {
            await table.UpdateEntityAsync(seal, Version, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return null;
        }
        await table.UpsertEntityAsync(new TableEntity(Workspace.Value, CurrentKey) { ["Hour"] = later }, TableUpdateMode.Replace, cancellationToken);
        TableEntity head = (await FindAsync(table, PartitionOf(Workspace, later), HeadKey, cancellationToken))!;
        return new FeedHour(Workspace, later, head.GetInt64("Next") ?? 0, head.ETag);
    }

    public IEnumerable<TableTransactionAction> Appending(IReadOnlyList<FeedEvent> events)
    {
        yield return new TableTransactionAction(TableTransactionActionType.UpdateReplace, Head(Partition, Next + events.Count), Version);
        for (int i = 0; i < events.Count; i++)
        {
            yield return new TableTransactionAction(TableTransactionActionType.Add, RowDocument.ToRow(Partition, EventKey(Next + i), events[i]));
            yield return new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, IdKey(events[i].Id)));
        }
    }

    private static TableEntity Head(string partition, long next) => new(partition, HeadKey) { ["Next"] = next };

    private static async Task<TableEntity?> FindAsync(TableClient table, string partition, string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private static async Task AddAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Somebody else began it at the same time; what is there is the same.
        }
    }
}
