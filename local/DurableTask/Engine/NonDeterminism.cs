namespace LiveDesk.Local.Durable;

/// <summary>The orchestrator's code did not take the steps that its history tells of.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : InvalidOperationException("Non-Deterministic workflow detected: " + message);

/// <summary>Compares the steps of a replay with those of the history.</summary>
internal static class NonDeterminism
{
    private const string Advice = "Was a change made to the orchestrator code after this instance had already started running?";

    /// <summary>Throws unless the replay has scheduled what the history says under this number.</summary>
    public static void Check(HistoryEvent recorded, HistoryEvent? replayed)
    {
        if (replayed is null)
            throw new NonDeterministicOrchestrationException(
                $"a previous execution of this orchestration scheduled {Describe(recorded)}, but the current replay has not scheduled anything with this number. {Advice}");
        if (recorded.Kind != replayed.Kind || !SameName(recorded.Name, replayed.Name))
            throw new NonDeterministicOrchestrationException(
                $"a previous execution of this orchestration scheduled {Describe(recorded)}, but the current replay scheduled {Describe(replayed)} instead. {Advice}");
    }

    private static bool SameName(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Describe(HistoryEvent e) => e.Kind switch
    {
        EventKind.TaskScheduled => $"the activity '{e.Name}' as task #{e.Task}",
        EventKind.SubOrchestrationCreated => $"the sub-orchestration '{e.Name}' (instance '{e.Instance}') as task #{e.Task}",
        EventKind.TimerCreated => $"a timer as task #{e.Task}",
        EventKind.EventSent => $"the event '{e.Name}' to instance '{e.Instance}' as task #{e.Task}",
        _ => $"{e.Kind} as task #{e.Task}",
    };
}
