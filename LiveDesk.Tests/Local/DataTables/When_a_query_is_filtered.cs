using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_a_query_is_filtered
{
    // Azurite compares instants to the millisecond; the service does to 100 ns.
    private static readonly DateTimeOffset Noon = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Tracking = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    private static async Task<TableClient> ThreeParcelsAsync()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel { RowKey = "a", Label = "O'Brien's", Count = 1, Grams = 1, Litres = 0.5, SentAt = Noon, State = ParcelState.Packed });
        await table.AddEntityAsync(new Parcel
        {
            RowKey = "b",
            Label = "Tänään 世界",
            Count = 2,
            Grams = 5_000_000_000,
            Litres = 1.5,
            SentAt = Noon.AddMilliseconds(1),
            Fragile = true,
            State = ParcelState.Sent,
        });
        await table.AddEntityAsync(new Parcel { RowKey = "c", Label = "a & b + c=d%20", Count = -3, Litres = 2.5, SentAt = Noon.AddDays(1), Tracking = Tracking, Picture = [0xAB, 1] });
        return table;
    }

    private static async Task<string> RowsAsync(TableClient table, string filter) =>
        string.Concat(await table.QueryAsync<Parcel>(filter).Select(parcel => parcel.RowKey).ToListAsync());

    [Fact]
    public async Task Interpolated_values_are_quoted_by_their_type()
    {
        var table = await ThreeParcelsAsync();
        Task<string> Rows(FormattableString filter) => RowsAsync(table, TableClient.CreateQueryFilter(filter));

        Assert.Equal("a", await Rows($"Label eq {"O'Brien's"}"));
        Assert.Equal("b", await Rows($"Label eq {"Tänään 世界"}"));
        Assert.Equal("c", await Rows($"Label eq {"a & b + c=d%20"}"));
        Assert.Equal("ab", await Rows($"SentAt le {Noon.AddMilliseconds(1)}"));
        Assert.Equal("bc", await Rows($"SentAt gt {Noon.UtcDateTime}"));
        Assert.Equal("b", await Rows($"Grams eq {5_000_000_000}"));
        Assert.Equal("c", await Rows($"Count lt {0}"));
        Assert.Equal("bc", await Rows($"Litres ge {1.5}"));
        Assert.Equal("c", await Rows($"Tracking eq {Tracking}"));
        Assert.Equal("b", await Rows($"Fragile eq {true}"));
        Assert.Equal("c", await Rows($"Picture eq {new byte[] { 0xAB, 1 }}"));
        Assert.Equal("ac", await Rows($"PartitionKey eq {"p"} and (RowKey eq {"a"} or RowKey eq {"c"})"));
    }

    [Fact]
    public async Task Expressions_select_the_same_in_the_service()
    {
        var table = await ThreeParcelsAsync();
        Task<string> Rows(System.Linq.Expressions.Expression<Func<Parcel, bool>> filter) => RowsAsync(table, TableClient.CreateQueryFilter(filter)!);
        string label = "O'Brien's";

        Assert.Equal("a", await Rows(p => p.PartitionKey == "p" && p.Label == label));
        Assert.Equal("bc", await Rows(p => p.PartitionKey == "p" && string.Compare(p.RowKey, "b") >= 0));
        Assert.Equal("ab", await Rows(p => p.RowKey.CompareTo("c") < 0));
        Assert.Equal("b", await Rows(p => p.Fragile));
        Assert.Equal("ac", await Rows(p => !p.Fragile));
        Assert.Equal("b", await Rows(p => p.State == ParcelState.Sent));
        Assert.Equal("bc", await Rows(p => p.SentAt > Noon));
        Assert.Equal("ac", await Rows(p => p.Count != 2));
        Assert.Equal("b", await Rows(p => p.Grams > int.MaxValue + 1L || p.Litres == 99.5));
        Assert.Equal("c", await Rows(p => p.Tracking == Tracking));
        Assert.Equal("abc", string.Concat(await table.QueryAsync<Parcel>(p => true).Select(p => p.RowKey).ToListAsync()));
    }

    [Fact]
    public void Expressions_become_OData()
    {
        var limits = new { Low = 2 };
        static string? Parcels(System.Linq.Expressions.Expression<Func<Parcel, bool>> filter) => TableClient.CreateQueryFilter(filter);
        static string? Entities(System.Linq.Expressions.Expression<Func<TableEntity, bool>> filter) => TableClient.CreateQueryFilter(filter);

        Assert.Equal("(PartitionKey eq 'p') and ((Count gt 2) or (Count eq -1))", Parcels(p => p.PartitionKey == "p" && (p.Count > limits.Low || p.Count == -1)));
        Assert.Equal("Count lt 2", Parcels(p => 2 > p.Count));
        Assert.Equal("Insured ge 7L", Parcels(p => p.Insured!.Value >= 7));
        Assert.Equal("receiver_name eq 'Ada'", Parcels(p => p.Receiver!.Equals("Ada")));
        Assert.Equal("receiver_name eq 'Ada'", Parcels(p => string.Equals(p.Receiver, "Ada")));
        Assert.Equal("not (Label eq 'x')", Parcels(p => !(p.Label == "x")));
        Assert.Equal("Next ne 'Sent'", Parcels(p => p.Next != ParcelState.Sent));
        Assert.Equal("(N eq 1) and (Text gt 'a')", Entities(e => e.GetInt32("N") == 1 && e.GetString("Text")!.CompareTo("a") > 0));
        Assert.Equal("At eq datetime'2025-06-01T12:00:00Z'", Entities(e => e.GetDateTimeOffset("At") == Noon));
        Assert.Equal("Text eq 'it''s'", Entities(e => (string?)e["Text"] == "it's"));
        Assert.Null(Parcels(p => true));
        Assert.Throws<NotSupportedException>(() => Parcels(p => p.Label!.StartsWith('x')));
        Assert.Throws<NotSupportedException>(() => Parcels(p => p.Count == p.Grams));
    }
}
