using System.Globalization;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_contacts_are_looked_for
{
    private static readonly ContactSearch Vips = new(ContactSearchKind.Name, "mar") { Tag = "vip" };

    [Fact]
    public async Task Gives_each_with_both_name_and_tag_once_on_pages_of_any_length()
    {
        var index = new TableContactIndex((await StorageUnderTest.CreateAsync()).Tables);
        string?[] wanted = ["Mar", "Maria Marta", "Marta Pons Mar", "Ana Maria"];
        foreach ((int number, string? name) in wanted.Append("Luis").Index()) await index.PutAsync(Of(number, name, "vip"), true, CancellationToken.None);
        foreach (int number in Enumerable.Range(10, 5)) await index.PutAsync(Of(number, "Maria", "lead"), true, CancellationToken.None);

        foreach (int limit in (int[])[1, 2, 3, 4, 50])
        {
            IReadOnlyList<PageOf<Contact>> pages = await PagesAsync(index, Vips, limit);
            Assert.Equal(wanted.Order(), pages.SelectMany(p => p.Items).Select(c => c.Name).Order());
            Assert.All(pages.SkipLast(2), page => Assert.Equal(limit, page.Items.Count));
        }
        Assert.Equal(["Marta Pons Mar"], (await PagesAsync(index, Vips with { Words = ["PON"] }, 50)).SelectMany(p => p.Items).Select(c => c.Name));
    }

    [Fact]
    public async Task Reads_no_more_than_two_thousand_rows_for_a_page_and_leads_on()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var index = new TableContactIndex(storage.Tables);
        Contact[] all = [.. Enumerable.Range(0, 2_010).Select(number => Of(number, "Maria", "lead")).OrderBy(c => c.Id.Value, StringComparer.Ordinal)];
        all[^1] = all[^1] with { Tags = ["vip"] };
        foreach (Contact[] some in all.Chunk(100))
            await storage.Tables.Inbox.SubmitTransactionAsync(some.Select(contact => new TableTransactionAction(
                TableTransactionActionType.Add, RowDocument.ToRow($"{Given.Workspace}:contacts", $"name|maria|{contact.Id}", contact))));
        PageOf<Contact> first = null!, second = null!;

        long reads = await storage.CountAsync(async () => first = await index.ListAsync(Given.Workspace, Vips, 50, null, CancellationToken.None));
        long more = await storage.CountAsync(async () => second = await index.ListAsync(Given.Workspace, Vips, 50, first.NextCursor, CancellationToken.None));

        Assert.Equal((10, 1), (reads, more));
        Assert.Empty(first.Items);
        Assert.Equal(all[^1].Id, Assert.Single(second.Items).Id);
        Assert.Null(second.NextCursor);
    }

    private static async Task<IReadOnlyList<PageOf<Contact>>> PagesAsync(TableContactIndex index, ContactSearch search, int limit)
    {
        var pages = new List<PageOf<Contact>>();
        for (string? cursor = null; pages.Count == 0 || cursor is not null; cursor = pages[^1].NextCursor)
            pages.Add(await index.ListAsync(Given.Workspace, search, limit, cursor, CancellationToken.None));
        return pages;
    }

    private static Contact Of(int number, string? name, string tag)
    {
        var address = new ContactIdentity(ChannelType.WhatsApp, $"+1555{number.ToString("D7", CultureInfo.InvariantCulture)}");
        return Given.Contact(address) with { Id = ContactId.Of(Given.Workspace, address), Name = name, Tags = [tag] };
    }
}
