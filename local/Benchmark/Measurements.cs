using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LiveDesk.Local.Benchmark;

/// <summary>Counts, times and weighs the desk's work, and prints what came out beside the budgets of docs/architecture.md.</summary>
internal sealed class Measurements(BenchmarkScene scene, StorageMeter meter)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync(int rounds, int conversations, CancellationToken cancellationToken)
    {
        // The first use of everything costs extra, once.
        await FirstMessageAsync(cancellationToken);
        await CountAsync(cancellationToken);
        await TimeAsync(rounds, cancellationToken);
        await WeighAsync(conversations, cancellationToken);
    }

    /// <summary>The least of some rounds: in others a cache has run out, and what it kept is read again, which belongs to no message.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        const int Rounds = 3;
        var counted = new List<(string What, int Most, List<long> Counts)>
        {
            ("first message of a new contact, greeted and assigned", 60, []),
            ("inbound message in a conversation that a person holds", 8, []),
            ("outbound message, from the call to sent", 12, []),
            ("delivery receipt", 6, []),
            ("inbox page of 50", 2, []),
        };
        for (int round = 0; round < Rounds; round++)
        {
            string customer = scene.NewCustomer(), sent = "";
            counted[0].Counts.Add(await meter.CountAsync(() => scene.WritesAsync(customer, "Hello"), cancellationToken));
            string conversation = await scene.AssignedAsync(customer, Pause, cancellationToken);
            counted[1].Counts.Add(await meter.CountAsync(() => scene.WritesAsync(customer, "And one more thing"), cancellationToken));
            await scene.Person.GetAsync("me"); // a caller's key is looked up every ten seconds, and not for each message
            counted[2].Counts.Add(await meter.CountAsync(async () => sent = await SendAsync(conversation), cancellationToken));
            string provider = (string)(await SentAsync(conversation, sent, cancellationToken))["providerId"]!;
            counted[3].Counts.Add(await meter.CountAsync(() => scene.ReceiptAsync(provider, "delivered"), cancellationToken));
            counted[4].Counts.Add(await meter.CountAsync(() => scene.Desk.GetAsync("conversations?limit=50"), cancellationToken));
        }
        Console.WriteLine("\nStorage transactions                                       counted    budget");
        foreach ((string what, int most, List<long> counts) in counted)
            Console.WriteLine($"  {what,-55} {counts.Min(),8} {most,9}");
    }

    private async Task TimeAsync(int rounds, CancellationToken cancellationToken)
    {
        var times = new Dictionary<string, List<double>>();
        for (int round = 0; round < rounds; round++)
        {
            string customer = scene.NewCustomer(), conversation = "", sent = "", text = $"Round {round}";
            long began = Stopwatch.GetTimestamp();
            await TakeAsync("webhook answered", () => scene.WritesAsync(customer, "Hello"));
            conversation = await scene.AssignedAsync(customer, Pause, cancellationToken);
            Add("first message, until somebody has the conversation", began);
            await meter.QuietAsync(cancellationToken);
            await TakeAsync("inbound message, until it is in the conversation", async () =>
            {
                await scene.WritesAsync(customer, text);
                await scene.MessageAsync(conversation, m => (string?)m["text"] == text, Pause, cancellationToken);
            });
            began = Stopwatch.GetTimestamp();
            await TakeAsync("outbound message, until the call is answered", async () => sent = await SendAsync(conversation));
            await SentAsync(conversation, sent, cancellationToken);
            Add("outbound message, until the provider has it", began);
            await TakeAsync("inbox page of 50", () => scene.Desk.GetAsync("conversations?limit=50"));
        }
        Console.WriteLine($"\nMilliseconds, {rounds} rounds                                     median       p90       max");
        foreach ((string what, List<double> all) in times)
        {
            all.Sort();
            Console.WriteLine($"  {what,-55} {all[all.Count / 2],8:0} {all[(int)Math.Ceiling(all.Count * 0.9) - 1],9:0} {all[^1],9:0}");
        }

        async Task TakeAsync(string what, Func<Task> work)
        {
            long start = Stopwatch.GetTimestamp();
            await work();
            Add(what, start);
        }

        void Add(string what, long start)
        {
            if (!times.TryGetValue(what, out List<double>? all)) times[what] = all = [];
            all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private async Task WeighAsync(int conversations, CancellationToken cancellationToken)
    {
        Console.WriteLine($"\nMany at once: {conversations} new conversations, each greeted and assigned");
        long open = await OpenAsync(), before = meter.Count, began = Stopwatch.GetTimestamp();
        var writing = Parallel.ForAsync(0, conversations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, _) =>
            await scene.WritesAsync(scene.NewCustomer(), "Hello"));
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(5));
        Line();
        for (long opened = 0; opened < conversations && await pause.WaitForNextTickAsync(cancellationToken);)
        {
            if (writing.IsFaulted) await writing;
            opened = await OpenAsync() - open;
            Line(opened);
        }
        await writing;
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        await meter.QuietAsync(cancellationToken);
        Console.WriteLine($"  {conversations / took.TotalSeconds:0.0} conversations a second, {(meter.Count - before) / (double)conversations:0.0} storage transactions each");
        Line(conversations);

        void Line(long opened = 0) => Console.WriteLine(
            $"  {Stopwatch.GetElapsedTime(began).TotalSeconds,6:0} s {open + opened,8} open   process {Environment.WorkingSet / 1e6,4:0} MB   heap {GC.GetTotalMemory(false) / 1e6,4:0} MB");
    }

    private async Task<long> OpenAsync() => (long)(await scene.Desk.GetAsync("reports/dashboard"))["totals"]!["open"]!;

    private async Task FirstMessageAsync(CancellationToken cancellationToken)
    {
        string customer = scene.NewCustomer();
        await scene.WritesAsync(customer, "Hello");
        await scene.AssignedAsync(customer, Pause, cancellationToken);
    }

    private async Task<string> SendAsync(string conversation) =>
        (string)(await scene.Person.PostAsync($"conversations/{conversation}/messages", new { text = "It comes tomorrow." }))["id"]!;

    private Task<JsonNode> SentAsync(string conversation, string message, CancellationToken cancellationToken) =>
        scene.MessageAsync(conversation, m => (string?)m["id"] == message && (string?)m["status"] == "sent", Pause, cancellationToken);
}
