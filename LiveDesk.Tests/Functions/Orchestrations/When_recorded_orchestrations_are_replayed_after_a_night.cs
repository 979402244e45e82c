using System.Net;
using LiveDesk.Functions.Orchestrations;
using LiveDesk.Local.Durable;
using LiveDesk.Tests.EndToEnd.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Functions.Orchestrations;

/// <summary>The orchestrations that take their time: an opening, a survey, a workflow, and a conversation with all of them.</summary>
public sealed class When_recorded_orchestrations_are_replayed_after_a_night
{
    private const string Customer = "+15550001111";

    private static readonly DateTimeOffset Evening = new(2026, 3, 2, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_night_of_today_can_be_recorded_and_replayed()
    {
        await using ClockedDesk clocked = await ClockedDesk.StartAsync(Evening);
        await PlayAsync(clocked);

        IReadOnlyList<RecordedHistory> histories = await HistoriesAsync(clocked.Desk);

        Assert.Equal(
            [nameof(ConversationLifecycle), nameof(OutOfHours), nameof(SurveyFollowUp), nameof(WorkflowRunner)], histories.Select(h => h.Name).Order());
        DurableFunctions functions = clocked.Desk.Services.GetRequiredService<DurableFunctions>();
        Assert.All(histories, history => Assert.Null(history.Replay(functions, history.Steps.Count)));
        foreach (RecordedHistory history in histories) history.Keep($"night-{history.Name}");
    }

    [Fact]
    public void Every_orchestrator_has_been_recorded()
    {
        IEnumerable<string> orchestrators = typeof(ConversationLifecycle).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(p => p.IsDefined(typeof(OrchestrationTriggerAttribute), inherit: false)))
            .Select(method => method.DeclaringType!.Name);

        Assert.Empty(orchestrators.Except(RecordedHistory.All.Select(path => RecordedHistory.Read(path).Name)));
    }

    /// <summary>From a message in the evening to the end of its survey two days later.</summary>
    private static async Task PlayAsync(ClockedDesk clocked)
    {
        DeskApi api = clocked.Desk.Api;
        string ana = await api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(api, clocked.Desk.Simulator, [ana], new
        {
            businessHours = new { enabled = true, timeZone = "UTC" },
            autoClose = new { after = "PT2H" },
            csat = new { enabled = true, delay = "PT15M", reminderAfter = "PT2H", expiresAfter = "P1D" },
        });
        await api.PostAsync("workflows", new
        {
            name = "Late",
            trigger = new { @event = "conversation.opened" },
            // The second step's receiver is down, and stays so.
            steps = new object[] { new { @do = "addTag", tag = "late" }, new { @do = "webhook", url = "http://127.0.0.1:1/late" }, new { @do = "wait", @for = "PT1H" } },
        }, HttpStatusCode.Created);
        await channel.CustomerWritesAsync(Customer, "Good evening");
        await clocked.Desk.QuietAsync();
        string conversation = (string)(await api.ItemsAsync("conversations")).Single()["id"]!;
        await clocked.MoveToAsync(Evening.AddHours(13).AddMinutes(5));
        using DeskApi speaking = await api.SpeakingForAsync(ana);
        await speaking.SendAsync(conversation, "Good morning");
        await speaking.PostAsync($"conversations/{conversation}/snooze", new { until = clocked.Now.AddHours(1) });
        await clocked.MoveToAsync(Evening.AddDays(2));
    }

    private static async Task<IReadOnlyList<RecordedHistory>> HistoriesAsync(Desk desk)
    {
        InstanceStore instances = desk.Services.GetRequiredService<Hub>().Instances;
        var histories = new List<RecordedHistory>();
        await foreach (OrchestrationMetadata found in desk.Services.GetRequiredService<HubClient>().GetAllInstancesAsync())
        {
            Assert.True(found.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{found.InstanceId} is {found.RuntimeStatus}.");
            histories.Add(RecordedHistory.Of((await instances.ReadAsync(found.InstanceId, CancellationToken.None))!));
        }
        return histories;
    }
}
