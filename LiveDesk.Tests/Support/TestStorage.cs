using System.Security.Cryptography;
using LiveDesk.Local;

namespace LiveDesk.Tests.Support;

/// <summary>
/// One Azurite, in memory and on free ports, for the whole test run. It starts with the first test that needs it and ends
/// with the test host, however that ends.
/// </summary>
public static class TestStorage
{
    // Azurite knows its accounts from its start on. Names sort as they are handed out.
    private const int Capacity = 1_000;
    private static readonly KeyValuePair<string, string>[] Accounts =
        [.. Enumerable.Range(1, Capacity).Select(i => KeyValuePair.Create($"test{i:0000}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))))];

    private static readonly Lazy<Task<AzuriteProcess>> Azurite = new(() => AzuriteProcess.StartAsync(AzuriteOptions.Private with
    {
        Accounts = new Dictionary<string, string>(Accounts),
        Progress = _ => { },
    }));

    private static int _used;

    /// <summary>Hands out an account that no test has used.</summary>
    public static async Task<StorageAccount> NewAccountAsync()
    {
        var azurite = await Azurite.Value;
        int index = Interlocked.Increment(ref _used) - 1;
        if (index >= Capacity) throw new InvalidOperationException($"The tests use more than {Capacity} storage accounts: raise TestStorage.Capacity.");
        var (name, key) = Accounts[index];
        var (blob, queue, table) = (new Uri(azurite.Blob, name), new Uri(azurite.Queue, name), new Uri(azurite.Table, name));
        string connection = $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={key};BlobEndpoint={blob};QueueEndpoint={queue};TableEndpoint={table};";
        return new StorageAccount(name, key, blob, queue, table, connection);
    }
}
