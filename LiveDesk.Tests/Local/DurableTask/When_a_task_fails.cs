using LiveDesk.Local.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_a_task_fails(DurableHostOf<When_a_task_fails.Functions> host) : IClassFixture<DurableHostOf<When_a_task_fails.Functions>>
{
    private readonly DurableHost _host = host.Running;

    [Fact]
    public async Task Throws_what_the_activity_threw_with_its_name_and_number()
    {
        OrchestrationMetadata done = await _host.RunAsync("Catches");

        Assert.Equal("Break #1 System.ArgumentException: Out of paper True", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Fails_the_instance_if_nobody_catches_it()
    {
        OrchestrationMetadata done = await _host.RunAsync("Lets_it_through");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, done.FailureDetails!.ErrorType);
        Assert.Equal("Task 'Break' (#0) failed with an unhandled exception: Out of paper", done.FailureDetails.ErrorMessage);
        Assert.True(done.FailureDetails.InnerFailure!.IsCausedBy<ArgumentException>());
    }

    [Fact]
    public async Task Fails_the_instance_with_the_orchestrators_own_exception()
    {
        OrchestrationMetadata done = await _host.RunAsync("Throws");

        Assert.Equal(("System.InvalidOperationException", "No way"), (done.FailureDetails!.ErrorType, done.FailureDetails.ErrorMessage));
    }

    [Theory]
    [InlineData(3, "ok after 3")]
    [InlineData(5, "failed after 4")]
    public async Task Tries_again_as_the_policy_says(int succeedsAt, string expected)
    {
        string key = Guid.NewGuid().ToString();

        OrchestrationMetadata done = await _host.RunAsync("RetriesByPolicy", new Attempts(key, succeedsAt));

        Assert.Equal(expected, done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Does_not_try_again_what_the_policy_does_not_handle()
    {
        OrchestrationMetadata done = await _host.RunAsync("RetriesNothing", new Attempts(Guid.NewGuid().ToString(), 3));

        Assert.Equal("failed after 1", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Asks_the_retry_handler_which_may_wait()
    {
        OrchestrationMetadata done = await _host.RunAsync("RetriesByHandler", new Attempts(Guid.NewGuid().ToString(), 3));

        Assert.Equal("ok after 3", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Tells_of_an_activity_that_does_not_exist_without_trying_again()
    {
        OrchestrationMetadata done = await _host.RunAsync("CallsNobody");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("'NoSuchActivity' doesn't exist", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_an_instance_whose_orchestrator_does_not_exist()
    {
        OrchestrationMetadata done = await _host.RunAsync("NoSuchOrchestrator");

        Assert.Contains("'NoSuchOrchestrator' doesn't exist", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 10.0)]
    [InlineData(2, 0, 20.0)]
    [InlineData(3, 0, 25.0)]
    [InlineData(4, 0, null)]
    [InlineData(1, 120, null)]
    public void Waits_longer_each_time_up_to_the_limits(int failures, int secondsSinceFirst, double? expectedSeconds)
    {
        var policy = new RetryPolicy(4, TimeSpan.FromSeconds(10), 2, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(100));
        var failure = new TaskFailedException("x", 0, new TaskFailureDetails("t", "m", null, null, null));

        TimeSpan? delay = Retries.NextDelay(policy, failures, TimeSpan.FromSeconds(secondsSinceFirst), failure);

        Assert.Equal(expectedSeconds, delay?.TotalSeconds);
    }

    public sealed record Attempts(string Key, int SucceedsAt);

    public class Functions
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Tried = [];

        [Function("Catches")]
        public static async Task<string> Catches([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Fine");
            try
            {
                await context.CallActivityAsync("Break");
                return "nothing thrown";
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} #{e.TaskId} {e.FailureDetails} {e.FailureDetails.IsCausedBy<ArgumentException>()}";
            }
        }

        [Function("Lets_it_through")]
        public static Task LetsItThrough([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Break");

        [Function("Throws")]
        public static void Throws([OrchestrationTrigger] TaskOrchestrationContext context) =>
            throw new InvalidOperationException(context.IsReplaying ? "replaying" : "No way");

        [Function("RetriesByPolicy")]
        public static Task<string> RetriesByPolicy([OrchestrationTrigger] TaskOrchestrationContext context) =>
            Count(context, TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromMilliseconds(5), 2)));

        [Function("RetriesNothing")]
        public static Task<string> RetriesNothing([OrchestrationTrigger] TaskOrchestrationContext context) =>
            Count(context, TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromMilliseconds(5))
            {
                HandleFailure = failure => !failure.IsCausedBy<InvalidOperationException>(),
            }));

        [Function("RetriesByHandler")]
        public static Task<string> RetriesByHandler([OrchestrationTrigger] TaskOrchestrationContext context) =>
            Count(context, TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                return retry.LastAttemptNumber < 5 && retry.LastFailure.IsCausedBy<InvalidOperationException>();
            }));

        [Function("CallsNobody")]
        public static Task CallsNobody([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync("NoSuchActivity", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromDays(1))));

        [Function("Fine")]
        public static string Fine([ActivityTrigger] string? input) => input ?? "fine";

        [Function("Break")]
        public static void Break([ActivityTrigger] string? input) => throw new ArgumentException(input ?? "Out of paper");

        [Function("Try")]
        public static string Try([ActivityTrigger] Attempts attempts)
        {
            int tried = Tried.AddOrUpdate(attempts.Key, 1, (_, n) => n + 1);
            return tried >= attempts.SucceedsAt ? $"ok after {tried}" : throw new InvalidOperationException("not yet");
        }

        private static async Task<string> Count(TaskOrchestrationContext context, TaskOptions options)
        {
            Attempts attempts = context.GetInput<Attempts>()!;
            try
            {
                return await context.CallActivityAsync<string>("Try", attempts, options);
            }
            catch (TaskFailedException)
            {
                return $"failed after {Tried[attempts.Key]}";
            }
        }
    }
}
