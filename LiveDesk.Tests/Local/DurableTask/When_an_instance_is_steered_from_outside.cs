using global::DurableTask.Core.Exceptions;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_an_instance_is_steered_from_outside(DurableHostOf<When_an_instance_is_steered_from_outside.Functions> host)
    : IClassFixture<DurableHostOf<When_an_instance_is_steered_from_outside.Functions>>
{
    private readonly DurableHost _host = host.Running;
    private readonly DurableTaskClient _client = host.Running.Client;

    [Fact]
    public async Task Keeps_events_while_it_is_suspended()
    {
        string id = await StartAsync("suspended");
        await _client.SuspendInstanceAsync(id, "lunch");
        await SeesAsync(id, OrchestrationRuntimeStatus.Suspended);
        await _client.RaiseEventAsync(id, "go", "went");
        await SeesAsync(id, OrchestrationRuntimeStatus.Suspended);

        await _client.ResumeInstanceAsync(id, "back");

        Assert.Equal("went", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Takes_a_suspend_and_a_resume_at_once()
    {
        string id = await StartAsync("flicker");
        await _client.SuspendInstanceAsync(id);
        await _client.ResumeInstanceAsync(id);
        await _client.RaiseEventAsync(id, "go", "went");

        Assert.Equal("went", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Ends_with_the_given_output_when_terminated()
    {
        string id = await StartAsync("terminated");

        await _client.TerminateInstanceAsync(id, "stop it");

        OrchestrationMetadata done = await _host.CompletionAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "stop it"), (done.RuntimeStatus, done.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Shows_its_custom_status()
    {
        string id = await StartAsync("with-status");

        OrchestrationMetadata running = (await _client.GetInstanceAsync(id, true))!;

        Assert.Equal("waiting", running.ReadCustomStatusAs<string>());
        Assert.Null((await _client.GetInstanceAsync(id))!.SerializedCustomStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_never_started_a_second_time_while_it_runs(bool atOnce)
    {
        string id = "once-" + atOnce;
        var options = new StartOrchestrationOptions(id);
        Task<string> first = _client.ScheduleNewOrchestrationInstanceAsync("Waits", options);
        if (!atOnce)
        {
            await first;
            await _client.WaitForInstanceStartAsync(id);
        }
        Task<string>[] starts = [first, .. Enumerable.Range(0, 5).Select(_ => _client.ScheduleNewOrchestrationInstanceAsync("Waits", options))];

        await Task.WhenAll(starts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        _ = Assert.Single(starts, start => start.IsCompletedSuccessfully);
        Assert.All(starts.Where(start => start.IsFaulted), start => { Assert.IsType<OrchestrationAlreadyExistsException>(start.Exception!.InnerException); });
        await _client.RaiseEventAsync(id, "go", "x");
        Assert.Equal("x", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Can_be_started_again_once_it_has_ended()
    {
        await _host.RunAsync("Says", "first", "again");
        OrchestrationMetadata second = await _host.RunAsync("Says", "second", "again");

        Assert.Equal("second", second.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Is_not_started_again_in_a_status_that_the_start_names()
    {
        await _host.RunAsync("Says", "first", "only-once");
        StartOrchestrationOptions options = new StartOrchestrationOptions("only-once").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _client.ScheduleNewOrchestrationInstanceAsync("Says", "second", options));
    }

    [Fact]
    public async Task Is_gone_after_a_purge_and_only_when_it_has_ended()
    {
        string id = await StartAsync("purged");
        Assert.Equal(0, (await _client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        await _client.RaiseEventAsync(id, "go", new string('x', 100_000));
        await _host.CompletionAsync(id);

        Assert.Equal(1, (await _client.PurgeInstanceAsync(id)).PurgedInstanceCount);

        Assert.Null(await _client.GetInstanceAsync(id));
        Assert.Equal(0, (await _client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Equal("anew", (await _host.RunAsync("Says", "anew", id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Is_found_by_prefix_status_and_time_page_by_page()
    {
        for (int i = 0; i < 5; i++) await _host.RunAsync("Says", i, $"listed-{i}");
        string running = await StartAsync("listed-running");
        var all = new OrchestrationQuery(InstanceIdPrefix: "listed-", PageSize: 2, FetchInputsAndOutputs: true);

        var pages = new List<Page<OrchestrationMetadata>>();
        await foreach (Page<OrchestrationMetadata> page in _client.GetAllInstancesAsync(all).AsPages()) pages.Add(page);

        Assert.All(pages, page => Assert.InRange(page.Values.Count, 0, 2));
        Assert.Equal(6, pages.Sum(page => page.Values.Count));
        Assert.Equal(["listed-0", "listed-1", "listed-2", "listed-3", "listed-4"],
            await IdsAsync(all with { Statuses = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed] }));
        Assert.Equal([running], await IdsAsync(all with { Statuses = [OrchestrationRuntimeStatus.Running] }));
        Assert.Empty(await IdsAsync(all with { CreatedFrom = DateTimeOffset.UtcNow.AddHours(1) }));
        Assert.Equal("\"3\"", pages.SelectMany(page => page.Values).Single(m => m.InstanceId == "listed-3").SerializedOutput);
    }

    private async Task<string> StartAsync(string id)
    {
        await _client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions(id));
        await _client.WaitForInstanceStartAsync(id);
        return id;
    }

    private Task<OrchestrationRuntimeStatus> SeesAsync(string id, OrchestrationRuntimeStatus status) =>
        Eventually.SeesAsync(async () => (await _client.GetInstanceAsync(id))!.RuntimeStatus, seen => seen == status, $"{id} is {status}");

    private async Task<List<string>> IdsAsync(OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (OrchestrationMetadata found in _client.GetAllInstancesAsync(query)) ids.Add(found.InstanceId);
        return ids;
    }

    public class Functions
    {
        [Function("Waits")]
        public static Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<string>("go");
        }

        [Function("Says")]
        public static string Says([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<object>()!.ToString()!;
    }
}
