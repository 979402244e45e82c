using System.Text.Json;
using Azure.Data.Tables;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// A record as one JSON document in a table row. A table property holds 32 Ki characters at the most
/// (learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model), so a longer document continues in further properties.
/// </summary>
internal static class RowDocument
{
    private const string Property = "Data";
    private const int PropertyLength = 32_000;

    public static TableEntity ToRow<T>(string partition, string key, T document)
    {
        var row = new TableEntity(partition, key);
        string json = JsonSerializer.Serialize(document, DomainJson.Options);
        for (int part = 0; part == 0 || part * PropertyLength < json.Length; part++)
        {
            int from = part * PropertyLength;
            row[Name(part)] = json.Substring(from, Math.Min(PropertyLength, json.Length - from));
        }
        return row;
    }

    public static T Read<T>(TableEntity row)
    {
        string json = row.GetString(Property) ?? throw new InvalidDataException($"Row {row.PartitionKey}|{row.RowKey} holds no document.");
        for (int part = 1; row.TryGetValue(Name(part), out object? next) && next is string text; part++) json += text;
        return JsonSerializer.Deserialize<T>(json, DomainJson.Options)
            ?? throw new InvalidDataException($"Row {row.PartitionKey}|{row.RowKey} holds an empty document.");
    }

    private static string Name(int part) => part == 0 ? Property : $"{Property}{part}";
}
