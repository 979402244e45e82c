using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_a_queue_message_comes : IClassFixture<HostOf<When_a_queue_message_comes.Functions>>
{
    private static readonly ConcurrentDictionary<string, string> Seen = [];
    private readonly RunningHost _host;

    public When_a_queue_message_comes(HostOf<Functions> host) => _host = host.Running;

    [Theory]
    [InlineData("as-text", "Grüße", "Grüße")]
    [InlineData("as-bytes", "ab", "61-62")]
    [InlineData("as-data", "ab", "2 bytes")]
    [InlineData("as-message", "ab", "ab 1")]
    [InlineData("as-object", "{\"name\":\"Ida\"}", "Ida")]
    public async Task Gives_it_in_the_type_that_the_function_asks_for(string queue, string message, string expected)
    {
        await (await _host.CreateQueueAsync(queue)).SendMessageAsync(message);
        Assert.Equal(expected, await Eventually.SeesAsync(() => Seen.GetValueOrDefault(queue), seen => seen is not null, "the function has run"));
    }

    [Fact]
    public async Task Deletes_it_once_the_function_has_run()
    {
        QueueClient queue = await _host.CreateQueueAsync("as-deleted");
        await queue.SendMessageAsync("x");
        await Eventually.SeesAsync(() => Seen.GetValueOrDefault("as-deleted"), seen => seen is not null, "the function has run");
        await Eventually.SeesAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0, "the queue is empty");
    }

    [Fact]
    public async Task Tells_its_metadata()
    {
        QueueClient queue = await _host.CreateQueueAsync("as-metadata");
        SendReceipt sent = await queue.SendMessageAsync("x");
        string seen = (await Eventually.SeesAsync(() => Seen.GetValueOrDefault("as-metadata"), seen => seen is not null, "the function has run"))!;
        Assert.Equal($"{sent.MessageId} 1 {sent.InsertionTime:O} {sent.ExpirationTime:O} True x", seen);
    }

    public sealed record Person(string Name);

    public class Functions
    {
        [Function("AsText")]
        public static void AsText([QueueTrigger("as-text")] string message) => Seen["as-text"] = message;

        [Function("AsBytes")]
        public static void AsBytes([QueueTrigger("as-bytes")] byte[] message) => Seen["as-bytes"] = BitConverter.ToString(message);

        [Function("AsData")]
        public static void AsData([QueueTrigger("as-data")] BinaryData message) => Seen["as-data"] = $"{message.ToMemory().Length} bytes";

        [Function("AsMessage")]
        public static void AsMessage([QueueTrigger("as-message")] QueueMessage message) => Seen["as-message"] = $"{message.Body} {message.DequeueCount}";

        [Function("AsObject")]
        public static void AsObject([QueueTrigger("as-object")] Person message) => Seen["as-object"] = message.Name;

        [Function("AsDeleted")]
        public static void AsDeleted([QueueTrigger("as-deleted")] string message) => Seen["as-deleted"] = message;

        [Function("AsMetadata")]
        public static void AsMetadata(
            [QueueTrigger("as-metadata")] string message, string id, long dequeueCount, DateTimeOffset insertionTime, DateTimeOffset expirationTime,
            string popReceipt, FunctionContext context) =>
            Seen["as-metadata"] = $"{id} {dequeueCount} {insertionTime:O} {expirationTime:O} {popReceipt.Length > 0} {context.BindingContext.BindingData["QueueTrigger"]}";
    }
}
