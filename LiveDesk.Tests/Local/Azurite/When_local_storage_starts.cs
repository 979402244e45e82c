using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using LiveDesk.Local;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.Azurite;

public sealed class When_local_storage_starts
{
    [Fact]
    public async Task Uses_an_Azurite_that_listens_already_and_leaves_it_running()
    {
        await using var first = await AzuriteProcess.StartAsync(AzuriteOptions.Private);
        var ports = new AzuriteOptions { BlobPort = first.Blob.Port, QueuePort = first.Queue.Port, TablePort = first.Table.Port };

        var second = await AzuriteProcess.StartAsync(ports);
        await second.DisposeAsync();

        Assert.True(first.IsOwned);
        Assert.False(second.IsOwned);
        Assert.Equal(first.Queue, second.Queue);
        Assert.Equal(AzuritePort.Occupant.Azurite, await AzuritePort.ProbeAsync(first.Table.Port, CancellationToken.None));
    }

    [Fact]
    public async Task Names_the_port_that_another_program_has()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        var accepting = other.AcceptTcpClientAsync();

        var error = await Assert.ThrowsAsync<AzuriteException>(() => AzuriteProcess.StartAsync(AzuriteOptions.Private with { QueuePort = port }));

        Assert.Contains($"Port {port} is taken", error.Message, StringComparison.Ordinal);
        (await accepting).Dispose();
    }

    [Fact]
    public async Task Stops_with_its_owner()
    {
        var azurite = await AzuriteProcess.StartAsync(AzuriteOptions.Private);
        await azurite.DisposeAsync();

        Assert.Equal(AzuritePort.Occupant.Nobody, await AzuritePort.ProbeAsync(azurite.Queue.Port, CancellationToken.None));
    }

    [Fact]
    public async Task Keeps_data_in_its_folder_from_one_start_to_the_next()
    {
        string folder = Directory.CreateTempSubdirectory("livedesk-azurite-").FullName;
        string key = Convert.ToBase64String(new byte[32]);
        var options = AzuriteOptions.Private with { Location = folder, Accounts = new Dictionary<string, string> { ["kept"] = key } };
        QueueClient QueueOf(AzuriteProcess azurite) =>
            new($"DefaultEndpointsProtocol=http;AccountName=kept;AccountKey={key};QueueEndpoint={new Uri(azurite.Queue, "kept")};", "letters");

        await using (var first = await AzuriteProcess.StartAsync(options))
        {
            await QueueOf(first).CreateAsync();
            await QueueOf(first).SendMessageAsync("still here");
        }
        await using (var second = await AzuriteProcess.StartAsync(options))
        {
            Assert.Equal("still here", (await QueueOf(second).ReceiveMessageAsync()).Value.MessageText);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Hands_every_test_an_account_of_its_own()
    {
        var (mine, yours) = (await TestStorage.NewAccountAsync(), await TestStorage.NewAccountAsync());
        await new QueueClient(mine.ConnectionString, "letters").CreateAsync();

        Assert.True(await new QueueClient(mine.ConnectionString, "letters").ExistsAsync());
        Assert.False(await new QueueClient(yours.ConnectionString, "letters").ExistsAsync());
    }

    [Fact]
    public void Finds_the_repository_above_the_running_program()
    {
        string? root = AzuriteInstallation.FindRepository(AppContext.BaseDirectory);

        Assert.NotNull(root);
        Assert.True(File.Exists(Path.Combine(root, "LiveDesk.sln")));
    }
}
