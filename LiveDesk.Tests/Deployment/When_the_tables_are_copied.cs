using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Deployment;

/// <summary>The backup that docs/operations.md leads through: out of one account, into another.</summary>
public sealed partial class When_the_tables_are_copied
{
    private static readonly string[] ShortLived = ["Drafts", "Requests"];

    [Fact]
    public async Task Every_row_comes_back_with_every_column_and_its_type()
    {
        StorageAccount from = await TestStorage.NewAccountAsync(), to = await TestStorage.NewAccountAsync();
        Tables before = new(new TableServiceClient(from.ConnectionString)), copied = new(new TableServiceClient(to.ConnectionString));
        await before.CreateAsync(CancellationToken.None);
        var until = new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);
        TableEntity lane = new("main:co_1", "lane") { ["Holder"] = "a", ["Until"] = until, ["Number"] = 1L << 40 };
        TableEntity text = new("main:co_1", "msg:it's 100% \"quoted\" & köstlich")
        {
            ["Data"] = "línea\n\\ \"x\" \u0001 \u2028 😀", ["Read"] = true, ["Count"] = 3,
        };
        await before.Contacts.AddEntityAsync(lane);
        await before.Contacts.AddEntityAsync(text);
        // More than a page of a thousand.
        foreach (TableEntity[] some in Enumerable.Range(0, 1_100).Select(i => new TableEntity("main:2026", $"{i:D5}") { ["Data"] = "{}" }).Chunk(100))
            await before.Events.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        string folder = Directory.CreateTempSubdirectory("livedesk-tables-").FullName;
        try
        {
            await RunAsync("out", from, folder);
            await RunAsync("in", to, folder);
            var later = new TableEntity(lane.PartitionKey, lane.RowKey) { ["Holder"] = "later" };
            await copied.Contacts.UpdateEntityAsync(later, ETag.All, TableUpdateMode.Replace);
            string again = await RunAsync("in", to, folder);

            Assert.Contains("Events: 1100 rows", again, StringComparison.Ordinal);
            Assert.Equal("later", (await copied.Contacts.GetEntityAsync<TableEntity>(lane.PartitionKey, lane.RowKey)).Value.GetString("Holder"));
            await RunAsync("over", to, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.Equal(Columns(lane), Columns(await copied.Contacts.GetEntityAsync<TableEntity>(lane.PartitionKey, lane.RowKey)));
        Assert.Equal(Columns(text), Columns(await copied.Contacts.GetEntityAsync<TableEntity>(text.PartitionKey, text.RowKey)));
        Assert.Equal(1_100, await copied.Events.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public void Every_table_that_lasts_is_copied()
    {
        string[] copied = [.. Name().Matches(List().Match(Repository.Read("infra/scripts/copy-tables.mjs")).Value).Select(match => match.Groups[1].Value)];
        string[] there = [.. typeof(Tables).GetProperties().Where(p => p.PropertyType == typeof(TableClient)).Select(p => p.Name).Order(StringComparer.Ordinal)];

        Assert.Equal(there.Except(ShortLived), copied);
    }

    private static Dictionary<string, object?> Columns(TableEntity row) =>
        row.Where(column => column.Key is not ("odata.etag" or "Timestamp")).ToDictionary(column => column.Key, column => (object?)column.Value);

    private static async Task<string> RunAsync(string direction, StorageAccount account, string folder)
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(Repository.Root, "infra", "scripts", "copy-tables.mjs"), direction, account.Name, folder },
            Environment = { ["TABLE_ENDPOINT"] = account.Table.ToString(), ["TABLE_SAS"] = Signature(account) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        string said = await output + await errors;
        Assert.True(process.ExitCode == 0, said);
        return said;
    }

    /// <summary>An account SAS for tables (learn.microsoft.com/rest/api/storageservices/create-account-sas).</summary>
    private static string Signature(StorageAccount account)
    {
        const string Version = "2019-12-12", Permissions = "rwdlacu", Types = "sco";
        string expiry = TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string text = string.Join('\n', account.Name, Permissions, "t", Types, "", expiry, "", "", Version, "");
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(account.Key), Encoding.UTF8.GetBytes(text)));
        return $"sv={Version}&ss=t&srt={Types}&sp={Permissions}&se={Uri.EscapeDataString(expiry)}&sig={Uri.EscapeDataString(signature)}";
    }

    [GeneratedRegex(@"^const tables = .*$", RegexOptions.Multiline)]
    private static partial Regex List();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex Name();
}
