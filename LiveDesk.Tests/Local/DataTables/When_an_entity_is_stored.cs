using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_an_entity_is_stored
{
    private static readonly DateTimeOffset Instant = new(2025, 3, 9, 23, 59, 58, TimeSpan.FromHours(2));

    [Fact]
    public async Task Every_type_comes_back_in_a_dictionary()
    {
        var table = await NewTable.CreateAsync();
        var id = Guid.NewGuid();
        await table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["Text"] = "Grüße, 世界 😀 \"quoted\"\r\nand a second line",
            ["Empty"] = "",
            ["Truth"] = true,
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = -0.1,
            ["WholeDouble"] = 5.0,
            ["Id"] = id,
            ["Instant"] = Instant.AddTicks(7),
            ["Utc"] = DateTime.UnixEpoch,
            ["Bytes"] = new byte[] { 0, 255, 16 },
            ["Data"] = BinaryData.FromString("data"),
            ["Nothing"] = null,
        });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal("Grüße, 世界 😀 \"quoted\"\r\nand a second line", read.GetString("Text"));
        Assert.Equal("", read.GetString("Empty"));
        Assert.True(read.GetBoolean("Truth"));
        Assert.Equal(int.MinValue, read.GetInt32("Int"));
        Assert.Equal(long.MaxValue, read.GetInt64("Long"));
        Assert.Equal(-0.1, read.GetDouble("Double"));
        Assert.Equal(5.0, read.GetDouble("WholeDouble"));
        Assert.Equal(id, read.GetGuid("Id"));
        Assert.Equal(Instant.AddTicks(7), read.GetDateTimeOffset("Instant"));
        Assert.Equal(DateTimeKind.Utc, read.GetDateTime("Utc")!.Value.Kind);
        Assert.Equal(DateTime.UnixEpoch, read.GetDateTime("Utc"));
        Assert.Equal([0, 255, 16], read.GetBinary("Bytes"));
        Assert.Equal("data", read.GetBinaryData("Data")!.ToString());
        Assert.False(read.ContainsKey("Nothing"));
        Assert.Null(read.GetInt32("Missing"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public async Task Unusual_doubles_come_back(double number)
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Number"] = number });

        Assert.Equal(number, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetDouble("Number"));
    }

    [Fact]
    public async Task Every_type_comes_back_in_a_class()
    {
        var table = await NewTable.CreateAsync();
        var parcel = new Parcel
        {
            Label = "Tea",
            Fragile = true,
            Count = 3,
            Grams = 5_000_000_000,
            Litres = 2,
            Tracking = Guid.NewGuid(),
            SentAt = Instant,
            DueAt = new DateTime(2025, 4, 1, 0, 0, 0, DateTimeKind.Utc),
            Picture = [1, 2],
            Sound = BinaryData.FromBytes(new byte[] { 3 }),
            State = ParcelState.Sent,
            Insured = 1,
            Receiver = "Ada",
            Note = "not stored",
        };
        await table.AddEntityAsync(parcel);

        Parcel read = await table.GetEntityAsync<Parcel>("p", "r");
        TableEntity raw = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(
            (parcel.Label, parcel.Fragile, parcel.Count, parcel.Grams, parcel.Litres, parcel.Tracking, parcel.SentAt, parcel.DueAt, parcel.State, parcel.Receiver),
            (read.Label, read.Fragile, read.Count, read.Grams, read.Litres, read.Tracking, read.SentAt, read.DueAt, read.State, read.Receiver));
        Assert.Equal(DateTimeKind.Utc, read.DueAt.Kind);
        Assert.Equal(parcel.Picture, read.Picture);
        Assert.Equal(new byte[] { 3 }, read.Sound!.ToArray());
        Assert.Equal((null, null, 1L, null), (read.Next, read.Floor, read.Insured, read.DeliveredAt));
        Assert.Null(read.Note);
        Assert.Equal("Ada", raw.GetString("receiver_name"));
        Assert.Equal("Sent", raw.GetString("State"));
        Assert.Equal("3 x Tea", raw.GetString("Summary"));
        Assert.False(raw.ContainsKey("Note"));
    }

    [Fact]
    public async Task It_gets_an_ETag_and_a_timestamp_of_the_service()
    {
        var table = await NewTable.CreateAsync();
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);

        var response = await table.AddEntityAsync(new Parcel { Timestamp = DateTimeOffset.UnixEpoch });
        Parcel read = await table.GetEntityAsync<Parcel>("p", "r");
        TableEntity raw = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(response.Headers.ETag, read.ETag);
        Assert.Equal(read.ETag, raw.ETag);
        Assert.True(read.Timestamp > before);
        Assert.Equal(read.Timestamp, raw.Timestamp);
    }

    [Fact]
    public async Task Only_the_selected_properties_are_fetched()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel { Label = "Tea", Count = 3 });

        Parcel read = await table.GetEntityAsync<Parcel>("p", "r", ["Label"]);

        Assert.Equal(("Tea", 0), (read.Label, read.Count));
    }

    [Fact]
    public async Task The_blocking_calls_do_the_same()
    {
        var table = await NewTable.CreateAsync();

        table.AddEntity(new Parcel { Count = 1 });
        table.UpsertEntity(new Parcel { Count = 2, RowKey = "r2" });
        table.UpdateEntity(new Parcel { Count = 3 }, Azure.ETag.All, TableUpdateMode.Replace);
        table.SubmitTransaction([new(TableTransactionActionType.Add, new Parcel { RowKey = "r3", Count = 4 })]);
        table.DeleteEntity("p", "r2");

        Assert.Equal([3, 4], table.Query<Parcel>(p => p.PartitionKey == "p").Select(p => p.Count));
        Assert.Equal(3, table.GetEntity<Parcel>("p", "r").Value.Count);
        Assert.False(table.GetEntityIfExists<Parcel>("p", "r2").HasValue);
    }

    [Fact]
    public async Task A_time_that_is_not_UTC_is_refused()
    {
        var table = await NewTable.CreateAsync();

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Local) }));
        Assert.Contains("'At'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_tables_lack_is_refused_by_its_name()
    {
        var table = await NewTable.CreateAsync();

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["Price"] = 1.5m }));
        Assert.Contains("'Price'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_getter_refuses_another_type()
    {
        var entity = new TableEntity { ["Number"] = 1, ["Long"] = 5L };
        entity["Long"] = 6;

        Assert.Throws<InvalidOperationException>(() => entity.GetString("Number"));
        Assert.Throws<InvalidOperationException>(() => entity["Number"] = "text");
        Assert.Equal(6L, entity.GetInt64("Long"));
    }
}
