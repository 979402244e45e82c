using Azure.Data.Tables;
using LiveDesk.Domain.Reporting;

namespace LiveDesk.Functions.Storage.Reporting;

/// <summary>A day's roll-up as rows of its partition in <c>Rollups</c>: a property holds 64 KiB, a row 1 MiB.</summary>
internal static class RollUpRows
{
    public const string PackPrefix = "pack:";

    /// <summary>The row that says that facts have come since the roll-up was made.</summary>
    public const string DirtyKey = "dirty";

    private const int PropertyLength = 60 * 1024;
    private const int PropertiesInRow = 15;

    public static IEnumerable<TableEntity> Of(string partition, FactDay day)
    {
        byte[] packed = FactPacking.Pack(day);
        int number = 0;
        foreach (byte[][] properties in packed.Chunk(PropertyLength).Chunk(PropertiesInRow))
        {
            var row = new TableEntity(partition, $"{PackPrefix}{number++:D4}");
            for (int i = 0; i < properties.Length; i++) row[Name(i)] = properties[i];
            yield return row;
        }
    }

    /// <param name="rows">Of one day, in order.</param>
    /// <returns>False if another version of the desk wrote them: the facts themselves have to be read.</returns>
    public static bool AreReadable(IEnumerable<TableEntity> rows) =>
        rows.First().TryGetValue(Name(0), out object? part) && FactPacking.CanUnpack(Bytes(part));

    /// <param name="rows">Of one day, in order, and readable.</param>
    public static FactDay Read(DateOnly day, IEnumerable<TableEntity> rows)
    {
        using var packed = new MemoryStream();
        foreach (TableEntity row in rows)
            for (int i = 0; row.TryGetValue(Name(i), out object? part); i++) packed.Write(Bytes(part).Span);
        packed.Position = 0;
        return FactPacking.Unpack(day, packed);
    }

    private static ReadOnlyMemory<byte> Bytes(object? part) => part as byte[] ?? ((BinaryData)part!).ToMemory();

    private static string Name(int part) => $"P{part:D2}";
}
