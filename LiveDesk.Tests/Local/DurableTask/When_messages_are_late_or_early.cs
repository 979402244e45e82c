using System.Collections.Concurrent;
using LiveDesk.Local.Durable;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_messages_are_late_or_early(DurableHostOf<When_messages_are_late_or_early.Functions> host)
    : IClassFixture<DurableHostOf<When_messages_are_late_or_early.Functions>>
{
    private readonly DurableHost _host = host.Running;

    private MessageBus Bus => _host.Host.Services.GetRequiredService<MessageBus>();

    [Fact]
    public async Task Keeps_an_event_that_overtakes_the_start()
    {
        await Bus.SendAsync(new Message(Message.NewId(), MessageKind.RaiseEvent, "overtaken") { Name = "go", Data = "7" }, default);
        await Eventually.SeesAsync(() => _host.Transactions.Work.Count(line => line == "hide control"), n => n > 0, "the event waits");

        OrchestrationMetadata done = await _host.RunAsync("Waits", instance: "overtaken");

        Assert.Equal(7, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Takes_in_an_event_once_however_often_its_message_comes()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync("WaitsTwice", new StartOrchestrationOptions("twice"));
        var raised = new Message(Message.NewId(), MessageKind.RaiseEvent, "twice") { Name = "go", Data = "1" };
        for (int i = 0; i < 3; i++) await Bus.SendAsync(raised, default);

        await _host.Client.RaiseEventAsync("twice", "go", 10);

        Assert.Equal(11, (await _host.CompletionAsync("twice")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Drops_an_answer_to_a_task_that_nobody_asked_for()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("unasked"));
        await _host.Client.WaitForInstanceStartAsync("unasked");
        await Bus.SendAsync(new Message(Message.NewId(), MessageKind.ActivityCompleted, "unasked") { Execution = "another", Data = "1" }, default);

        await _host.Client.RaiseEventAsync("unasked", "go", 5);

        Assert.Equal(5, (await _host.CompletionAsync("unasked")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Starts_no_second_run_when_an_old_start_turns_up_after_the_end()
    {
        await _host.RunAsync("Says", instance: "over");
        await Bus.SendAsync(new Message(Message.NewId(), MessageKind.Start, "over") { Name = "Says", CreatedAt = DateTimeOffset.UtcNow }, default);
        await Eventually.SeesAsync(() => Functions.Runs.GetValueOrDefault("over"), n => n == 1, "one run");

        await _host.RunAsync("Says", instance: "another");

        Assert.Equal(1, Functions.Runs["over"]);
    }

    [Fact]
    public async Task Runs_an_activity_once_that_takes_longer_than_its_message_is_hidden()
    {
        OrchestrationMetadata done = await _host.RunAsync("Slow");

        Assert.Equal(1, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Goes_on_with_an_instance_that_was_evicted_from_memory()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync("WaitsTwice", new StartOrchestrationOptions("evicted"));
        await _host.Client.RaiseEventAsync("evicted", "go", 1);
        SessionCache sessions = _host.Host.Services.GetRequiredService<SessionCache>();
        await Eventually.SeesAsync(() => sessions.Find("evicted")?.Episodes.Count, n => n >= 1, "a step is taken");
        sessions.Drop("evicted");

        await _host.Client.RaiseEventAsync("evicted", "go", 2);

        Assert.Equal(3, (await _host.CompletionAsync("evicted")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keeps_no_more_instances_in_memory_than_are_allowed_and_none_that_is_idle(bool afterAStep)
    {
        var clock = new FakeClock();
        var sessions = new SessionCache(new HubSettings { MaxSessions = 10 }, clock);
        for (int i = 0; i < 50; i++) Use($"s{i}");
        Assert.InRange(sessions.Count, 1, 10);

        clock.Advance(TimeSpan.FromMinutes(1));
        Use("fresh");

        Assert.Equal(1, sessions.Count);

        void Use(string instance)
        {
            if (afterAStep) sessions.Replace(Session.Of(instance, null));
            else sessions.Keep(Session.Of(instance, null));
        }
    }

    public class Functions
    {
        public static readonly ConcurrentDictionary<string, int> Runs = [];

        [Function("Waits")]
        public static Task<int> Waits([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<int>("go");

        [Function("WaitsTwice")]
        public static async Task<int> WaitsTwice([OrchestrationTrigger] TaskOrchestrationContext context) =>
            await context.WaitForExternalEvent<int>("go") + await context.WaitForExternalEvent<int>("go");

        [Function("Says")]
        public static int Says([OrchestrationTrigger] TaskOrchestrationContext context) => Runs.AddOrUpdate(context.InstanceId, 1, (_, n) => n + 1);

        [Function("Slow")]
        public static Task<int> Slow([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>("TakeThreeSeconds", "x");

        [Function("TakeThreeSeconds")]
        public static async Task<int> TakeThreeSeconds([ActivityTrigger] string input, string instanceId)
        {
            int run = Runs.AddOrUpdate(instanceId + input, 1, (_, n) => n + 1);
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(3));
            await pause.WaitForNextTickAsync();
            return run;
        }
    }
}
