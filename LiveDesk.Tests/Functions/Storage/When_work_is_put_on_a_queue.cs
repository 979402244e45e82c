using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_work_is_put_on_a_queue
{
    private static readonly OutboundWork Small = new(Given.Workspace, Given.ContactId);

    private static readonly InboundWork Large = new(Given.Workspace, Given.ChannelId(), Given.Now, [Given.Inbound(new string('a', 100_000))]);

    [Theory]
    [InlineData(10, 'a', false)]
    [InlineData(46_000, 'a', false)]
    [InlineData(49_000, 'a', true)]
    [InlineData(20_000, '€', true)] // 60,000 bytes
    [InlineData(500_000, 'a', true)]
    public async Task Comes_back_the_same_whatever_its_size(int length, char letter, bool overflows)
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        var work = new InboundWork(Given.Workspace, Given.ChannelId(), Given.Now, [Given.Inbound(new string(letter, length))]);

        await queues.PutAsync(work, CancellationToken.None);

        QueueMessage message = (await QueueOf(storage, QueueNames.Inbound).ReceiveMessageAsync()).Value;
        InboundWork read = await queues.ReadAsync<InboundWork>(Text(message), CancellationToken.None);
        Assert.Equal(new string(letter, length), Assert.IsType<InboundMessage>(Assert.Single(read.Events)).Content.Text);
        Assert.Equal((work.Workspace, work.Channel, work.ReceivedAt), (read.Workspace, read.Channel, read.ReceivedAt));
        Assert.Equal(overflows, message.MessageText.Length < 1_000 && length > 1_000);
    }

    [Fact]
    public async Task Keeps_the_kind_of_every_item()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        WorkItem[] items =
        [
            new AssignmentWork(Given.Workspace, Given.ConversationId), new SlotWork(Given.Workspace, Given.ConversationId), new DrainWork(Given.Workspace),
        ];
        foreach (WorkItem item in items) await queues.PutAsync(item, CancellationToken.None);

        var read = new List<WorkItem>();
        foreach (QueueMessage message in (await QueueOf(storage, QueueNames.Assignments).ReceiveMessagesAsync(32)).Value)
            read.Add(await queues.ReadAsync<WorkItem>(Text(message), CancellationToken.None));

        Assert.Equal(items, read.OrderBy(i => Array.IndexOf(items, i)));
    }

    [Fact]
    public async Task Stays_hidden_until_it_is_revealed()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        HiddenWork hidden = await queues.PutHiddenAsync(Small, TimeSpan.FromMinutes(5), CancellationToken.None);
        QueueMessage[] before = (await QueueOf(storage, QueueNames.Outbound).ReceiveMessagesAsync(5)).Value;

        await queues.RevealAsync(hidden, CancellationToken.None);

        QueueMessage after = (await QueueOf(storage, QueueNames.Outbound).ReceiveMessageAsync()).Value;
        Assert.Empty(before);
        Assert.Equal(Small, await queues.ReadAsync<OutboundWork>(Text(after), CancellationToken.None));
    }

    [Fact]
    public async Task Is_gone_when_it_is_taken_back()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        HiddenWork hidden = await queues.PutHiddenAsync(Small, TimeSpan.FromMinutes(5), CancellationToken.None);

        await queues.RemoveAsync(hidden, CancellationToken.None);

        Assert.Equal(0, (await QueueOf(storage, QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount);
        await queues.RemoveAsync(hidden, CancellationToken.None);
        await queues.RevealAsync(hidden, CancellationToken.None);
    }

    [Fact]
    public async Task May_be_revealed_or_taken_back_after_it_has_shown_up_by_itself()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        HiddenWork hidden = await queues.PutHiddenAsync(Small, TimeSpan.FromSeconds(1), CancellationToken.None);
        QueueMessage shown = await Eventually.SeesAsync<QueueMessage>(
            async () => (await QueueOf(storage, QueueNames.Outbound).ReceiveMessageAsync()).Value, m => m is not null, "the item to show up by itself");

        await queues.RevealAsync(hidden, CancellationToken.None);
        await queues.RemoveAsync(hidden, CancellationToken.None);

        Assert.Equal(Small, await queues.ReadAsync<OutboundWork>(Text(shown), CancellationToken.None));
        Assert.Equal(1, (await QueueOf(storage, QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_it_is_done()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        await queues.PutAsync(Large, CancellationToken.None);
        string body = Text((await QueueOf(storage, QueueNames.Inbound).ReceiveMessageAsync()).Value);

        await queues.DoneAsync(body, CancellationToken.None);

        Assert.Equal(0, await OverflowedAsync(storage));
        Assert.Null(await queues.FindAsync<InboundWork>(body, CancellationToken.None));
        await queues.DoneAsync(body, CancellationToken.None);
    }

    [Fact]
    public async Task Is_swept_away_when_nobody_can_be_working_on_it_any_more()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        await queues.PutAsync(Large, CancellationToken.None);

        Assert.Equal(0, await queues.SweepAsync(DateTimeOffset.UtcNow.AddDays(-1), CancellationToken.None));
        Assert.Equal(1, await OverflowedAsync(storage));
        Assert.Equal(1, await queues.SweepAsync(DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None));
        Assert.Equal(0, await OverflowedAsync(storage));
    }

    [Fact]
    public async Task Says_so_when_the_queue_does_not_take_it()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync(); // no queue was created
        StorageWorkQueues queues = storage.NewQueues();

        QueueUnavailableException failure = await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.PutAsync(Small, CancellationToken.None));

        Assert.Contains(QueueNames.Outbound, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_the_blobs_do_not_take_what_is_too_large()
    {
        (StorageUnderTest storage, StorageWorkQueues queues) = await NewAsync();
        await new BlobServiceClient(storage.Account.ConnectionString).DeleteBlobContainerAsync("overflow");

        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.PutAsync(Large, CancellationToken.None));
    }

    private static async Task<(StorageUnderTest, StorageWorkQueues)> NewAsync()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        StorageWorkQueues queues = storage.NewQueues();
        await queues.CreateAsync(CancellationToken.None);
        return (storage, queues);
    }

    private static async Task<int> OverflowedAsync(StorageUnderTest storage)
    {
        int count = 0;
        await foreach (BlobItem _ in new BlobServiceClient(storage.Account.ConnectionString).GetBlobContainerClient("overflow").GetBlobsAsync()) count++;
        return count;
    }

    private static QueueClient QueueOf(StorageUnderTest storage, string name) => new QueueServiceClient(storage.Account.ConnectionString).GetQueueClient(name);

    private static string Text(QueueMessage message) => Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText));
}
