using System.Diagnostics;
using System.Globalization;
using Azure.Core.Pipeline;
using global::DurableTask.Core.Exceptions;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace LiveDesk.Tests.Local.DurableTask;

/// <summary>
/// A chain of processes on one hub: each starts new instances, goes on with those of its predecessors, and is killed at the next
/// write point. After the last one every instance must be complete, with the result that it has without any crash.
/// </summary>
public sealed class When_the_process_is_killed_at_any_write(ITestOutputHelper output)
{
    private const int InstancesPerRound = 2;
    private const int Killed = 137;

    [Fact]
    public async Task Completes_every_instance_with_the_right_result()
    {
        // Two chains side by side: a process spends most of its short life starting up.
        CrashPoint[][] chains = [.. CrashPoint.All.Chunk((CrashPoint.All.Count() + 1) / 2)];

        await Task.WhenAll(chains.Select(RunChainAsync));
    }

    private async Task RunChainAsync(CrashPoint[] points)
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        for (int round = 0; round < points.Length; round++)
        {
            long began = Stopwatch.GetTimestamp();
            (int code, string text) = await RunChildAsync(storage.ConnectionString, round, points[round].ToString());
            output.WriteLine($"{points[round],-40} {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
            Assert.True(code == Killed, $"The process was to die at '{points[round]}' but ended with {code}: {text}");
        }

        (int lastCode, string lastText) = await RunChildAsync(storage.ConnectionString, points.Length, "never|1|before");

        Assert.True(lastCode == 0, lastText);
        await using DurableHost host = await DurableHost.StartAsync<Functions>(storage);
        for (int i = 0; i < (points.Length + 1) * InstancesPerRound; i++)
        {
            OrchestrationMetadata? done = await host.Client.GetInstanceAsync(Id(i), true);
            Assert.True(done?.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{Id(i)} is {done?.RuntimeStatus} {done?.SerializedOutput}");
            Assert.Equal(Expected(i), done!.ReadOutputAs<string>());
        }
    }

    /// <summary>The child process.</summary>
    public static async Task<int> RunAsChildAsync(string connection, string round, string point)
    {
        var storage = new StorageAccount("", "", new Uri("http://none"), new Uri("http://none"), new Uri("http://none"), connection);
        await using DurableHost host = await DurableHost.StartAsync<Functions>(
            storage, configure: builder => builder.Services.AddSingleton<HttpPipelinePolicy>(new CrashingPolicy(CrashPoint.Parse(point))),
            args:
            [
                "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:maxQueuePollingInterval=00:00:00.2",
                "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:controlQueueVisibilityTimeout=00:00:01",
                "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:workItemQueueVisibilityTimeout=00:00:01",
            ]);
        int count = (int.Parse(round, CultureInfo.InvariantCulture) + 1) * InstancesPerRound;
        // The youngest first: their first steps lead to this round's crash point.
        await Task.WhenAll(Enumerable.Range(0, count).Reverse().Select(i => SeeThroughAsync(host, i)));
        return 0;
    }

    private static async Task SeeThroughAsync(DurableHost host, int i)
    {
        if (await host.Client.GetInstanceAsync(Id(i)) is { IsCompleted: true })
            return;
        try
        {
            StartOrchestrationOptions once = new StartOrchestrationOptions(Id(i)).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Journey", i, once);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // A predecessor has started it.
        }
        try
        {
            await host.Client.RaiseEventAsync(Id(i), "go", i);
        }
        catch (InvalidOperationException)
        {
            // It has ended since.
        }
        await host.CompletionAsync(Id(i));
    }

    private static async Task<(int Code, string Text)> RunChildAsync(string connection, int round, string point)
    {
        string[] arguments = [typeof(Functions).Assembly.Location, "durable-crash", connection, round.ToString(CultureInfo.InvariantCulture), point];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync();
        Task<string> text = child.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await child.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
        return (child.ExitCode, await text + await error);
    }

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"journey-{i:D3}");

    private static string Expected(int i) => string.Create(CultureInfo.InvariantCulture, $"{30 * i + 3} leg-{i} {i}");

    public sealed record Echo(Guid Id, int Value);

    public class Functions
    {
        [Function("Journey")]
        public static async Task<string> Journey([OrchestrationTrigger] TaskOrchestrationContext context, int input)
        {
            // The id is made of the step's time. If results of a step that was never committed got in, they would carry another one.
            Echo[] sent = [.. Enumerable.Range(0, 3).Select(k => new Echo(context.NewGuid(), input * 10 + k))];
            Echo[] received = await Task.WhenAll(sent.Select(echo => context.CallActivityAsync<Echo>("Work", echo)));
            if (!sent.SequenceEqual(received)) return "inconsistent";
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            string leg = await context.CallSubOrchestratorAsync<string>("Leg", input, new SubOrchestrationOptions(instanceId: context.InstanceId + "-leg"));
            int go = await context.WaitForExternalEvent<int>("go");
            return $"{received.Sum(echo => echo.Value)} {leg} {go}";
        }

        [Function("Leg")]
        public static async Task<string> Leg([OrchestrationTrigger] TaskOrchestrationContext context, int input)
        {
            if (input >= 0)
            {
                // Once around: what came in before must still be known as taken in.
                await context.CallActivityAsync<Echo>("Work", new Echo(context.NewGuid(), input));
                context.ContinueAsNew(-1 - input);
                return "";
            }
            Echo echo = await context.CallActivityAsync<Echo>("Work", new Echo(context.NewGuid(), -1 - input));
            return $"leg-{echo.Value}";
        }

        [Function("Work")]
        public static Echo Work([ActivityTrigger] Echo echo) => echo;
    }
}
