using LiveDesk.Local.Durable;
using LiveDesk.Tests.Deployment;

namespace LiveDesk.Tests.Functions.Orchestrations;

/// <summary>
/// The history of an orchestration as some version of the code wrote it: <c>Fixtures/Histories/{version}/{story}.json</c>. To record the stories with the
/// code as it is: <c>LIVEDESK_RECORD_HISTORIES=1.4 dotnet test --filter When_recorded_orchestrations_are_replayed</c>. Do it when a version is
/// released, and leave the recordings of earlier versions alone: conversations that began under them are still open.
/// </summary>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Steps">What was committed, step by step.</param>
internal sealed record RecordedHistory(string Name, string Instance, string Execution, IReadOnlyList<IReadOnlyList<HistoryEvent>> Steps)
{
    private const string Folder = "LiveDesk.Tests/Fixtures/Histories";

    public static IReadOnlyList<string> All => Repository.Files(Folder, "*.json");

    public static RecordedHistory Read(string path) => EngineJson.Read<RecordedHistory>(Repository.Read(path));

    public static RecordedHistory Of(StoredHistory stored) => new(
        stored.Instance.Record.Name, stored.Instance.Record.Instance, stored.Instance.Record.Execution,
        [.. stored.Episodes.Select(episode => (IReadOnlyList<HistoryEvent>)[.. episode.Events.Select(WithoutTrace)])]);

    /// <summary>Where on some machine an activity failed is nothing that an orchestrator sees.</summary>
    private static HistoryEvent WithoutTrace(HistoryEvent e) =>
        e.Failure is { } failure ? e with { Failure = failure with { StackTrace = null, InnerFailure = null } } : e;

    /// <summary>Keeps it as a fixture if the run was asked to record.</summary>
    public void Keep(string story)
    {
        if (Environment.GetEnvironmentVariable("LIVEDESK_RECORD_HISTORIES") is not { Length: > 0 } version) return;
        string folder = Path.Combine(Repository.Root, Folder, version);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{story}.json"), EngineJson.Write(this) + "\n");
    }

    /// <summary>
    /// Runs the code as it is over the first steps, as the engine does when it takes up an instance that an earlier version left there.
    /// </summary>
    /// <returns>Null if the code took the recorded steps; else the engine's words for where it did not.</returns>
    public string? Replay(DurableFunctions functions, int steps)
    {
        OrchestratorExecutor executor = functions.NewExecutor(new InstanceRecord { Name = Name, Instance = Instance, Execution = Execution, StartId = Execution });
        StepResult result = executor.Step(Steps.Take(steps).SelectMany(step => step), []);
        return result.Ending?.Failure is { } failure && failure.ErrorType == typeof(NonDeterministicOrchestrationException).FullName ? failure.ErrorMessage : null;
    }
}
