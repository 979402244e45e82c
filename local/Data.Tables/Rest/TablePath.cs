using Azure.Data.Tables.Filters;

namespace Azure.Data.Tables.Rest;

/// <summary>Paths of the service's resources. Quotes in keys are doubled, then all else is percent-encoded.</summary>
internal static class TablePath
{
    internal const string Tables = "Tables";
    internal const string Batch = "$batch";

    internal static string Table(string name) => $"Tables('{Uri.EscapeDataString(name)}')";

    internal static string Entities(string table) => $"{Uri.EscapeDataString(table)}()";

    internal static string Entity(string table, string partitionKey, string rowKey) =>
        $"{Uri.EscapeDataString(table)}(PartitionKey='{Key(partitionKey)}',RowKey='{Key(rowKey)}')";

    private static string Key(string key) => Uri.EscapeDataString(ODataLiteral.Escape(key));
}
