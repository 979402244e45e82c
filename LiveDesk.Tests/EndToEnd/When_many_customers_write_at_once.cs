using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_many_customers_write_at_once
{
    private const int Customers = 100;
    private const int People = 5;
    private const int Limit = 3;
    private const int Closes = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");

    [Fact]
    public async Task Fills_everybody_to_the_limit_and_serves_the_others_in_order()
    {
        var claims = new ClaimWatch();
        await using Desk desk = await Desk.StartAsync(null, claims.Replace);
        string[] people = await Task.WhenAll(Enumerable.Range(1, People).Select(i => desk.Api.CreateAgentAsync($"Agent {i}", Limit)));
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, people);
        await using var watch = new LimitWatch(desk);

        await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => channel.CustomerWritesAsync($"+1555000{1000 + i}", $"I am number {i}")));

        IReadOnlyList<WaitingConversation> line = await Eventually.SeesAsync(
            () => LineAsync(desk, channel), l => l.Count == Customers - (People * Limit), "everybody to be served or to wait", Patience);
        await desk.QuietAsync(Patience);
        IReadOnlyList<JsonNode> open = await desk.Api.ItemsAsync("conversations?limit=200");
        Assert.Equal(Customers, open.Count);
        Assert.Equal(People * Limit, open.Count(IsOwned));
        Assert.All(people, person => Assert.Equal(Limit, open.Count(c => (string?)c["owner"]!["id"] == person)));
        Dictionary<string, DateTimeOffset> opened = open.Where(c => !IsOwned(c)).ToDictionary(c => (string)c["id"]!, c => (DateTimeOffset)c["openedAt"]!);
        string[] waiting = [.. (await LineAsync(desk, channel)).Select(w => w.Conversation.Value)];
        Assert.Equal(opened.Keys.Order(), waiting.Order());
        Assert.Equal(opened.Values.Order(), waiting.Select(id => opened[id]));
        JsonNode second = await desk.Api.ConversationAsync(line[1].Conversation.Value);
        Assert.Equal((2, channel.Id), ((int)second["waiting"]!["position"]!, (string?)second["waiting"]!["queue"]));

        await CloseAndServeAsync(desk, channel, people, [.. open.Where(IsOwned).Select(c => (string)c["id"]!)], line);
        Assert.Equal(Limit, watch.Most);
        Assert.Equal((Limit, (People * Limit) + Closes, 0), (claims.MostHeld, claims.Claims, claims.Moves));
    }

    private static async Task CloseAndServeAsync(Desk desk, TwilioChannel channel, string[] people, List<string> held, IReadOnlyList<WaitingConversation> line)
    {
        for (int i = 0; i < Closes; i++)
        {
            string next = line[i].Conversation.Value;
            await desk.Api.PostAsync($"conversations/{held[i]}/close", new { });

            await Eventually.SeesAsync(() => desk.Api.ConversationAsync(next), IsOwned, $"number {i + 1} of the line to be served", Patience);
            int served = i + 1;
            await Eventually.SeesAsync(() => LineAsync(desk, channel), l => l.SequenceEqual(line.Skip(served)), "the line to move up by one", Patience);
            held.Add(next);
        }
        await desk.QuietAsync(Patience);
        Assert.Equal(line.Skip(Closes), await LineAsync(desk, channel));
        IReadOnlyList<JsonNode> agents = await desk.Api.ItemsAsync("agents");
        Assert.All(agents.Where(a => people.Contains((string?)a["id"])), a => Assert.Equal(Limit, (int)a["held"]!));
    }

    private static bool IsOwned(JsonNode conversation) => (string?)conversation["owner"]!["kind"] == "agent";

    private static Task<IReadOnlyList<WaitingConversation>> LineAsync(Desk desk, TwilioChannel channel) =>
        desk.Services.GetRequiredService<IWaitingStore>().ListAsync(Workspace, channel.Id, 200, CancellationToken.None);

    /// <summary>Looks again and again how many conversations anybody holds.</summary>
    private sealed class LimitWatch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _watching;

        public LimitWatch(Desk desk) => _watching = WatchAsync(desk.Services.GetRequiredService<IDeskStore>());

        public int Most { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _watching;
            _end.Dispose();
        }

        private async Task WatchAsync(IDeskStore store)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (!_end.IsCancellationRequested)
            {
                IReadOnlyList<AgentSlot> slots = await store.ListSlotsAsync(Workspace, CancellationToken.None);
                IReadOnlyList<AgentSnapshot> agents = await store.ListAgentsAsync(Workspace, CancellationToken.None);
                int most = Math.Max(agents.Max(a => a.Agent.Held), slots.GroupBy(s => s.Agent).Select(g => g.Count()).DefaultIfEmpty().Max());
                Most = Math.Max(Most, most);
                try
                {
                    await timer.WaitForNextTickAsync(_end.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }
}
