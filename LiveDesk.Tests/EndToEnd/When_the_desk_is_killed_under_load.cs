using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Xunit.Abstractions;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>
/// The desk dies by SIGKILL again and again while customers write and people reply. The provider tries its webhooks again as it would,
/// clients repeat their requests under their idempotency keys; nothing may be lost, doubled or stuck.
/// </summary>
public sealed class When_the_desk_is_killed_under_load(ITestOutputHelper output)
{
    private const int Kills = 30;
    private const int Customers = 50;
    private const int InboundPerCustomer = 10;
    private const int RepliesPerCustomer = 4;

    [Fact]
    public async Task Every_message_arrives_once_and_every_reply_leaves_at_most_once()
    {
        await using Simulator simulator = await Simulator.StartAsync();
        DeskSettings settings = await DeskSettings.NewAsync(simulator);
        using var desk = new DeskProcess(settings, "--LocalHost:QueueLease=00:00:05");
        await desk.StartAsync();
        using var api = new DeskApi(settings.BaseUrl);
        TwilioChannel channel = await TwilioChannel.CreateAsync(api, simulator, [], new { assignment = new { auto = false } });
        await channel.SetAsync(new
        {
            webhookRetries = 5_000, webhookRetryOn = "any", webhookRetryDelay = "PT0.2S", webhookAttemptTimeout = "PT5S", webhookTotalTimeout = "PT10M",
        });
        string[] customers = [.. Enumerable.Range(0, Customers).Select(i => $"+1555000{1000 + i}")];
        await Task.WhenAll(customers.Select(c => channel.CustomerWritesAsync(c, "in 0")));
        IReadOnlyDictionary<string, string> conversations = await ConversationsAsync(api);

        var random = new Random(20261122);
        var replies = new ConcurrentDictionary<string, string>();
        Task load = Task.WhenAll(
            Task.WhenAll(customers.Select(c => WriteAsync(channel, c))),
            Task.WhenAll(customers.Select(c => ReplyAsync(settings, conversations[c], c, replies))));
        for (int kill = 0; kill < Kills; kill++)
        {
            await Waiting.ForAsync(TimeSpan.FromMilliseconds(random.Next(100, 900)));
            await desk.KillAsync();
            await desk.StartAsync();
        }
        await load;

        output.WriteLine($"inbound {Customers * InboundPerCustomer}, replies {replies.Count}");
        await EveryInboundMessageIsThereOnceAsync(api, customers, conversations);
        await EveryReplyIsSettledAsync(api, channel, replies);
        desk.Dispose();
        await settings.Storage.DeleteQueuesAsync();
    }

    private static async Task WriteAsync(TwilioChannel channel, string customer)
    {
        for (int i = 1; i < InboundPerCustomer; i++)
        {
            JsonNode sent = await channel.CustomerWritesAsync(customer, $"in {i}");
            Assert.Equal("delivered", (string?)sent["webhook"]!["outcome"]);
        }
    }

    /// <summary>A client that repeats its request until it gets an answer, always under the same key.</summary>
    private static async Task ReplyAsync(DeskSettings settings, string conversation, string customer, ConcurrentDictionary<string, string> replies)
    {
        using var api = new DeskApi(settings.BaseUrl);
        for (int i = 0; i < RepliesPerCustomer; i++)
        {
            string text = $"out {i} to {customer}";
            string id = await Eventually.SeesAsync(
                async () =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, $"conversations/{conversation}/messages") { Content = JsonContent.Create(new { text }) };
                    request.Headers.Add("Idempotency-Key", text.Replace(' ', '-'));
                    using HttpResponseMessage answer = await api.Http.SendAsync(request);
                    return answer.StatusCode == HttpStatusCode.Accepted ? (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]! : "";
                },
                answer => answer.Length > 0, $"'{text}' to be accepted", TimeSpan.FromMinutes(3));
            replies[text] = id;
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ConversationsAsync(DeskApi api)
    {
        IReadOnlyList<JsonNode> all = await Eventually.SeesAsync(
            () => api.ItemsAsync("conversations?limit=200"), c => c.Count == Customers, $"{Customers} conversations", TimeSpan.FromMinutes(1));
        return all.ToDictionary(c => (string)c["phoneNumber"]!, c => (string)c["id"]!);
    }

    private static async Task EveryInboundMessageIsThereOnceAsync(DeskApi api, string[] customers, IReadOnlyDictionary<string, string> conversations)
    {
        string[] expected = [.. Enumerable.Range(0, InboundPerCustomer).Select(i => $"in {i}")];
        foreach (string customer in customers)
        {
            string[] inbound = await Eventually.SeesAsync(
                async () => (await api.MessagesAsync(conversations[customer])).Where(m => (string?)m["direction"] == "in").Select(m => (string)m["text"]!).ToArray(),
                texts => texts.Length >= InboundPerCustomer, $"all messages of {customer}", TimeSpan.FromMinutes(3));
            Assert.Equal(expected, inbound.Order());
        }
        Assert.Equal(Customers, (await api.ItemsAsync("conversations?limit=200")).Count);
    }

    private async Task EveryReplyIsSettledAsync(DeskApi api, TwilioChannel channel, ConcurrentDictionary<string, string> replies)
    {
        string[] settled = ["sent", "delivered", "read", "failed", "unknown"];
        var statuses = new Dictionary<string, int>();
        var unknown = new HashSet<string>();
        foreach (IGrouping<string, KeyValuePair<string, string>> conversation in replies.GroupBy(r => ConversationOf(r.Value)))
        {
            List<JsonNode> replied = await Eventually.SeesAsync(
                async () => (await api.MessagesAsync(conversation.Key)).Where(m => (string?)m["direction"] == "out").ToList(),
                messages => messages.All(m => settled.Contains((string?)m["status"])), "every reply to be settled", TimeSpan.FromMinutes(3));
            Assert.Equal(RepliesPerCustomer, replied.Count);
            foreach (JsonNode message in replied)
            {
                string status = (string)message["status"]!;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (status == "unknown") unknown.Add((string)message["text"]!);
            }
        }
        string[] received = [.. (await channel.SentAsync()).Select(m => (string)m["text"]!)];
        output.WriteLine(string.Join(", ", statuses.Select(s => $"{s.Key} {s.Value}")) + $"; the provider has {received.Length}");
        Assert.Equal(received.Length, received.Distinct().Count());
        // What is not known to have left may have; everything else did.
        Assert.Empty(replies.Keys.Except(received).Except(unknown));
    }

    private static string ConversationOf(string message)
    {
        string[] parts = message.Split('_');
        return $"cv_{parts[1]}_{parts[2]}";
    }
}
