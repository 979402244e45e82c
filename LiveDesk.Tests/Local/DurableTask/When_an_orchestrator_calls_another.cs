using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_an_orchestrator_calls_another(DurableHostOf<When_an_orchestrator_calls_another.Functions> host)
    : IClassFixture<DurableHostOf<When_an_orchestrator_calls_another.Functions>>
{
    private readonly DurableHost _host = host.Running;

    [Fact]
    public async Task Gets_its_result_and_is_known_to_it()
    {
        OrchestrationMetadata done = await _host.RunAsync("Parent", "child-a", "parent-a");

        Assert.Equal("child-a of Parent parent-a", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Names_it_after_itself_if_no_id_is_given()
    {
        OrchestrationMetadata done = await _host.RunAsync("Parent");

        Assert.EndsWith(":0 of Parent " + done.InstanceId, done.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_with_its_failure()
    {
        OrchestrationMetadata done = await _host.RunAsync("ParentOfFailing");

        Assert.Equal("Failing #0: Too small", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Can_retry_one_with_an_id_of_its_own()
    {
        OrchestrationMetadata done = await _host.RunAsync("ParentOfFlaky", Guid.NewGuid().ToString());

        Assert.Equal("second run", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Fails_if_its_id_belongs_to_a_running_one()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("taken"));
        await _host.Client.WaitForInstanceStartAsync("taken");

        OrchestrationMetadata done = await _host.RunAsync("Parent", "taken");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("already exists", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _host.Client.GetInstanceAsync("taken"))!.RuntimeStatus);
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Takes_it_along_when_it_is_terminated_recursively(bool recursive, OrchestrationRuntimeStatus expected)
    {
        string child = "waiting-child-" + recursive;
        string parent = await _host.Client.ScheduleNewOrchestrationInstanceAsync("ParentOfWaiting", child);
        await _host.Client.WaitForInstanceStartAsync(child);

        await _host.Client.TerminateInstanceAsync(parent, new TerminateInstanceOptions("enough", recursive));

        Assert.Equal("enough", (await _host.CompletionAsync(parent)).ReadOutputAs<string>());
        OrchestrationMetadata left = recursive ? await _host.CompletionAsync(child) : (await _host.Client.GetInstanceAsync(child))!;
        Assert.Equal(expected, left.RuntimeStatus);
    }

    public class Functions
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Runs = [];

        [Function("Parent")]
        public static Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context, string? input) =>
            context.CallSubOrchestratorAsync<string>("Child", "x", new SubOrchestrationOptions(instanceId: input));

        [Function("Child")]
        public static string Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
            $"{context.InstanceId} of {context.Parent!.Name} {context.Parent.InstanceId}";

        [Function("ParentOfFailing")]
        public static async Task<string> ParentOfFailing([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallSubOrchestratorAsync("Failing");
                return "nothing thrown";
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} #{e.TaskId}: {e.FailureDetails.ErrorMessage}";
            }
        }

        [Function("Failing")]
        public static string Failing([OrchestrationTrigger] TaskOrchestrationContext context) =>
            throw new InvalidOperationException(context.Parent is null ? "no parent" : "Too small");

        [Function("ParentOfFlaky")]
        public static Task<string> ParentOfFlaky([OrchestrationTrigger] TaskOrchestrationContext context, string input) =>
            context.CallSubOrchestratorAsync<string>(
                "Flaky", input, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(5))).WithInstanceId("flaky-" + input));

        [Function("Flaky")]
        public static string Flaky([OrchestrationTrigger] TaskOrchestrationContext context, string input) =>
            Runs.AddOrUpdate(input, 1, (_, n) => n + 1) == 1 ? throw new InvalidOperationException(context.InstanceId) : "second run";

        [Function("ParentOfWaiting")]
        public static Task ParentOfWaiting([OrchestrationTrigger] TaskOrchestrationContext context, string input) =>
            context.CallSubOrchestratorAsync("Waits", new SubOrchestrationOptions(instanceId: input));

        [Function("Waits")]
        public static Task Waits([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("never");
    }
}
