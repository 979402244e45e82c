using LiveDesk.Functions.Orchestrations;
using LiveDesk.Local.Durable;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Functions.Orchestrations;

/// <summary>
/// Conversations live for weeks and over many deployments: the code must take up what every earlier version left behind. What is allowed and
/// what is not stands in docs/operations.md, "Upgrading with orchestrations in flight".
/// </summary>
public sealed class When_recorded_orchestrations_are_replayed : IAsyncLifetime
{
    private const string Customer = "+15550001111";

    private Desk _desk = null!;

    private DurableFunctions Functions => _desk.Services.GetRequiredService<DurableFunctions>();

    public async Task InitializeAsync() => _desk = await Desk.StartAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public void The_code_takes_every_step_that_an_earlier_version_took()
    {
        Assert.NotEmpty(RecordedHistory.All);
        Assert.All(RecordedHistory.All, path =>
        {
            RecordedHistory recorded = RecordedHistory.Read(path);
            // An instance may be found after any of its steps.
            for (int steps = 1; steps <= recorded.Steps.Count; steps++) Assert.Null(recorded.Replay(Functions, steps));
        });
    }

    [Fact]
    public void A_history_that_the_code_would_not_have_written_is_noticed()
    {
        RecordedHistory recorded = RecordedHistory.Read(RecordedHistory.All[0]);
        RecordedHistory other = recorded with
        {
            Steps = [.. recorded.Steps.Select(step => (IReadOnlyList<HistoryEvent>)
                [.. step.Select(e => e.Kind == EventKind.TaskScheduled ? e with { Name = "SomethingElse" } : e)])],
        };

        Assert.Contains("Non-Deterministic workflow detected", other.Replay(Functions, other.Steps.Count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_of_today_can_be_recorded_and_replayed()
    {
        string agent = await _desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(_desk.Api, _desk.Simulator, [agent], new { greeting = new { enabled = true, text = "Hola" } });
        await channel.CustomerWritesAsync(Customer, "Hello");
        string conversation = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                if (await _desk.Api.ItemsAsync("conversations") is not [var first, ..]) return false;
                conversation = (string)first["id"]!;
                return true;
            },
            "the conversation");

        RecordedHistory open = await HistoryAsync(conversation, history => history.Episodes.Any(step => step.Events.Any(e => e.Kind == EventKind.TaskCompleted)));
        await _desk.Api.PostAsync($"conversations/{conversation}/close", new { });
        RecordedHistory closed = await HistoryAsync(conversation, history => history.Instance.Record.Status == OrchestrationRuntimeStatus.Completed);

        Assert.Equal(nameof(ConversationLifecycle), open.Name);
        Assert.Null(open.Replay(Functions, open.Steps.Count));
        Assert.Null(closed.Replay(Functions, closed.Steps.Count));
        open.Keep("conversation-open");
        closed.Keep("conversation-closed");
    }

    private async Task<RecordedHistory> HistoryAsync(string conversation, Predicate<StoredHistory> isThere)
    {
        InstanceStore instances = _desk.Services.GetRequiredService<Hub>().Instances;
        StoredHistory? history = await Eventually.SeesAsync<StoredHistory?>(
            async () => await instances.ReadAsync($"conversation-{conversation}", CancellationToken.None), found => found is not null && isThere(found), "the lifecycle");
        return RecordedHistory.Of(history!);
    }
}
