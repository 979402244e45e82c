using Azure.Data.Tables;
using LiveDesk.Functions.Storage;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_a_document_is_kept_in_a_row
{
    [Theory]
    [InlineData(0)]
    [InlineData(31_980)]
    [InlineData(32_000)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public async Task Comes_back_whole_from_the_table(int length)
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        await storage.Tables.Desk.AddEntityAsync(RowDocument.ToRow("p", "r", new Paper(text)));

        Assert.Equal(text, RowDocument.Read<Paper>(await ReadAsync(storage)).Text);
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("€")]
    [InlineData("\u0000\r\n\"\\")]
    [InlineData("👩‍👩‍👧")]
    public async Task Survives_a_cut_through_any_of_its_characters(string character)
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        for (int before = 31_980; before < 32_004; before += 3)
        {
            string text = new string('a', before) + string.Concat(Enumerable.Repeat(character, 20));
            await storage.Tables.Desk.UpsertEntityAsync(RowDocument.ToRow("p", "r", new Paper(text)), TableUpdateMode.Replace);

            Assert.Equal(text, RowDocument.Read<Paper>(await ReadAsync(storage)).Text);
        }
    }

    [Fact]
    public void Cuts_no_surrogate_pair_in_two()
    {
        for (int before = 31_980; before < 32_004; before++)
        {
            TableEntity row = RowDocument.ToRow("p", "r", new Paper(new string('a', before) + string.Concat(Enumerable.Repeat("😀", 20))));

            Assert.All(row.Select(p => p.Value).OfType<string>(), part => Assert.False(part.Length > 0 && char.IsHighSurrogate(part[^1])));
        }
    }

    [Fact]
    public async Task Leaves_nothing_of_a_longer_one_behind()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        await storage.Tables.Desk.UpsertEntityAsync(RowDocument.ToRow("p", "r", new Paper(new string('a', 100_000))), TableUpdateMode.Replace);

        await storage.Tables.Desk.UpsertEntityAsync(RowDocument.ToRow("p", "r", new Paper("short")), TableUpdateMode.Replace);

        Assert.Equal("short", RowDocument.Read<Paper>(await ReadAsync(storage)).Text);
    }

    [Fact]
    public void Says_which_row_holds_none() =>
        Assert.Contains("p|r", Assert.Throws<InvalidDataException>(() => RowDocument.Read<Paper>(new TableEntity("p", "r"))).Message, StringComparison.Ordinal);

    private static async Task<TableEntity> ReadAsync(StorageUnderTest storage) => await storage.Tables.Desk.GetEntityAsync<TableEntity>("p", "r");

    private sealed record Paper(string Text);
}
