using System.Reflection;
using Azure.Data.Tables;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>All rows of the desk's tables with their values, for telling whether anything has changed.</summary>
internal static class TableDump
{
    private static readonly string[] Versions = ["odata.etag", nameof(TableEntity.Timestamp), nameof(TableEntity.ETag)];

    /// <returns>A line per row, sorted. Versions are left out: writing what was there already changes nothing.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(Desk desk)
    {
        var lines = new List<string>();
        foreach (TableClient table in TablesOf(desk.Services.GetRequiredService<Tables>()))
            await foreach (TableEntity row in table.QueryAsync<TableEntity>())
                lines.Add(Line(table.Name, row));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static IEnumerable<TableClient> TablesOf(Tables tables) =>
        typeof(Tables).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.GetValue(tables)).OfType<TableClient>();

    private static string Line(string table, TableEntity row) =>
        $"{table} {row.PartitionKey} | {row.RowKey}: " + string.Join(
            ", ", row.Where(p => !Versions.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}
