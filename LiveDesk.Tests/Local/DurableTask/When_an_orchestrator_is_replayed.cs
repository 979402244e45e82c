using System.Collections.Concurrent;
using LiveDesk.Local.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Tests.Local.DurableTask;

/// <summary>Instances do not stay in memory here: every step replays the history.</summary>
public sealed class When_an_orchestrator_is_replayed : IAsyncLifetime
{
    private DurableHost _host = null!;

    public async Task InitializeAsync() => _host = await DurableHost.StartAsync<Functions>(
        null, "--AzureFunctionsJobHost:extensions:durableTask:extendedSessionsEnabled=false");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Gives_it_the_same_ids_and_times_again()
    {
        OrchestrationMetadata done = await _host.RunAsync("Steps", instance: "steps");

        Assert.Equal("same", done.ReadOutputAs<string>());
        Assert.True(Functions.Runs["steps"] >= 4, "every step replays");
    }

    [Fact]
    public async Task Logs_nothing_twice()
    {
        await _host.RunAsync("Logs");

        Assert.Equal(["one", "two", "three"], Functions.Logged);
    }

    [Fact]
    public async Task Fails_if_its_code_takes_other_steps_than_its_history()
    {
        OrchestrationMetadata done = await _host.RunAsync("Changed");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("scheduled the activity 'Before' as task #0", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("current replay scheduled the activity 'After' as task #0", done.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_if_its_code_has_lost_a_step()
    {
        OrchestrationMetadata done = await _host.RunAsync("Shortened");

        Assert.Contains("a timer as task #1, but the current replay has not scheduled anything", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_if_it_awaits_something_that_is_not_durable()
    {
        OrchestrationMetadata done = await _host.RunAsync("AwaitsTheWorld");

        Assert.Equal(OrchestrationExecutorMessage, done.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public void Makes_ids_as_the_official_worker_does()
    {
        // Computed with the algorithm of microsoft/durabletask-dotnet, TaskOrchestrationContextWrapper.NewGuid.
        var now = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

        Guid first = DeterministicGuid.Create("abc", now, 0);

        Assert.Equal(5, first.Version);
        Assert.Equal(first, DeterministicGuid.Create("abc", now, 0));
        Assert.NotEqual(first, DeterministicGuid.Create("abc", now, 1));
    }

    private static string OrchestrationExecutorMessage => OrchestratorExecutor.IllegalAwait;

    public class Functions
    {
        public static readonly ConcurrentDictionary<string, int> Runs = [];
        public static readonly ConcurrentQueue<string> Logged = [];
        private static bool s_changed;

        [Function("Steps")]
        public static async Task<string> Steps([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            Runs.AddOrUpdate(context.InstanceId, 1, (_, n) => n + 1);
            var seen = new List<string>();
            for (int i = 0; i < 3; i++)
            {
                string sent = $"{context.NewGuid()} {context.CurrentUtcDateTime:O}";
                if (await context.CallActivityAsync<string>("Repeat", sent) != sent) return "different";
            }
            return "same";
        }

        [Function("Logs")]
        public static async Task Logs([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            ILogger logger = new Recorder(context);
            logger.LogInformation("one");
            await context.CallActivityAsync("Repeat", "x");
            logger.LogInformation("two");
            await context.CallActivityAsync("Repeat", "x");
            logger.LogInformation("three");
        }

        [Function("Changed")]
        public static Task Changed([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(s_changed ? "After" : "Before", "x");

        [Function("Before")]
        public static bool Before([ActivityTrigger] string input) => s_changed = input.Length > 0;

        [Function("Shortened")]
        public static async Task Shortened([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            bool again = Runs.AddOrUpdate(context.InstanceId, 1, (_, n) => n + 1) > 1;
            Task activity = context.CallActivityAsync("Repeat", "x");
            if (!again) _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await activity;
        }

        [Function("AwaitsTheWorld")]
        public static async Task AwaitsTheWorld([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            // Never over, so that it cannot be over by chance before it is awaited.
            await new TaskCompletionSource<string>(context.InstanceId).Task;
            await context.CallActivityAsync("Repeat", "x");
        }

        [Function("Repeat")]
        public static string Repeat([ActivityTrigger] string text) => text;

        private sealed class Recorder(TaskOrchestrationContext context) : ILogger
        {
            private readonly ILogger _replaySafe = context.CreateReplaySafeLogger("Recorder");

            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _replaySafe.BeginScope(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (!context.IsReplaying) Logged.Enqueue(formatter(state, exception));
                _replaySafe.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
