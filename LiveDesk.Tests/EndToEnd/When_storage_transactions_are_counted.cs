using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit.Abstractions;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>
/// The budgets of docs/architecture.md. Idle polls of empty queues belong to no work and are not counted. The desk's clock stands still: what it
/// does again only because time has passed (caches, the turn of an hour, not waiting for a slow answer) belongs to no work either.
/// </summary>
[Collection(Alone.Name)]
public sealed class When_storage_transactions_are_counted(ITestOutputHelper output)
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Every_kind_of_work_stays_within_its_budget()
    {
        var still = new FakeClock(DateTimeOffset.UtcNow);
        await using Desk desk = await Desk.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(still)));
        using var kinds = new TransactionKinds();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { greeting = new { enabled = true, text = "Hola" } });
        await channel.SetAsync(new { autoStatus = Array.Empty<string>() });
        // The feed's first event of an hour and the first use of every cache cost extra once; another contact pays for them.
        await FirstMessageAsync(desk, channel, "+15550009999");
        await desk.QuietAsync();

        kinds.Next("first message");
        long firstMessage = await CountAsync(desk, () => FirstMessageAsync(desk, channel, Customer));
        string conversation = await ConversationOfAsync(desk, Customer);
        kinds.Next("inbound");
        long inbound = await CountAsync(desk, async () =>
        {
            await channel.CustomerWritesAsync(Customer, "And one more thing");
            await desk.QuietAsync();
        });
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.ConversationAsync(conversation); // the key's first use reads it once
        string sent = "";
        kinds.Next("outbound");
        long outbound = await CountAsync(desk, async () =>
        {
            sent = (string)(await speaking.SendAsync(conversation, "Certainly."))["id"]!;
            await desk.QuietAsync();
        });
        string provider = (string)(await desk.Api.MessageIsAsync(conversation, sent, "sent"))["providerId"]!;
        await desk.QuietAsync();
        kinds.Next("receipt");
        long receipt = await CountAsync(desk, async () =>
        {
            await channel.ControlAsync($"twilio/messages/{provider}/status", new { status = "delivered" });
            await desk.QuietAsync();
        });

        output.WriteLine($"first message {firstMessage}, inbound {inbound}, outbound {outbound}, receipt {receipt}");
        Assert.True(firstMessage <= 60 && inbound <= 8 && outbound <= 12 && receipt <= 6, $"""
            first message {firstMessage} of 60, inbound {inbound} of 8, outbound {outbound} of 12, receipt {receipt} of 6
            {kinds}
            """);
    }

    private static async Task FirstMessageAsync(Desk desk, TwilioChannel channel, string customer)
    {
        await channel.CustomerWritesAsync(customer, "Hello");
        await desk.QuietAsync();
    }

    private static async Task<long> CountAsync(Desk desk, Func<Task> work)
    {
        long before = desk.Transactions.Count;
        await work();
        return desk.Transactions.Count - before;
    }

    private static async Task<string> ConversationOfAsync(Desk desk, string customer) =>
        (string)(await desk.Api.ItemsAsync("conversations")).Single((JsonNode c) => (string?)c["phoneNumber"] == customer)["id"]!;
}
