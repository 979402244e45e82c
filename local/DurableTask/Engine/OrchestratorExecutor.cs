using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>How a step ended.</summary>
/// <param name="Actions">What the code asks for, by number.</param>
/// <param name="Ending">How the execution ended, or null if it goes on.</param>
internal sealed record StepResult(IReadOnlyList<HistoryEvent> Actions, Ending? Ending);

/// <summary>The end of an execution.</summary>
/// <param name="Status">Completed, Failed, Terminated or ContinuedAsNew.</param>
/// <param name="Output">The result, or the input of the next execution.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record Ending(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure);

/// <summary>
/// Runs one execution of an orchestrator: first through its past, then through what is new. Between steps the object may stay
/// in memory and is then fed only with what is new.
/// </summary>
internal sealed class OrchestratorExecutor(
    OrchestrationContext context, OrchestratorThread thread, Func<OrchestrationContext, Task<object?>> run, DataConverter converter)
{
    public const string IllegalAwait =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks in an orchestrator "
        + "function's implementation or by middleware that invokes asynchronous code.";

    private readonly Queue<HistoryEvent> _heldBack = new();
    private Task<object?>? _orchestrator;
    private Ending? _ending;
    private bool _aborted;

    /// <summary>Whether it holds events back until it is resumed.</summary>
    public bool IsSuspended { get; private set; }

    public OrchestrationContext Context => context;

    /// <summary>Takes a step.</summary>
    public StepResult Step(IEnumerable<HistoryEvent> past, IEnumerable<HistoryEvent> fresh)
    {
        try
        {
            thread.Run(() =>
            {
                Play(past, replaying: true);
                Play(fresh, replaying: false);
            });
            Conclude();
        }
        catch (NonDeterministicOrchestrationException e)
        {
            Abort(Failed(e));
        }
        // While suspended, new actions wait too: they are written when the instance is resumed.
        HistoryEvent[] actions = _aborted || (IsSuspended && _ending is null) ? [] : [.. context.Actions];
        if (actions.Length > 0) context.ActionsAreWritten();
        return new StepResult(actions, _ending);
    }

    // What the code asked for before it was cut off is not carried out.
    private void Abort(Ending ending)
    {
        _ending = ending;
        _aborted = true;
    }

    private void Play(IEnumerable<HistoryEvent> events, bool replaying)
    {
        context.Replaying(replaying);
        foreach (HistoryEvent e in events)
        {
            if (e.Kind == EventKind.StepStarted) context.Moment(e.At!.Value, replaying);
            else Apply(e);
            thread.Drain();
        }
    }

    private void Apply(HistoryEvent e)
    {
        if (IsSuspended && e.Kind is not (EventKind.Resumed or EventKind.Terminated))
        {
            if (e.Kind != EventKind.Suspended) _heldBack.Enqueue(e);
            return;
        }
        switch (e.Kind)
        {
            case EventKind.ExecutionStarted:
                context.Begin(e.Data);
                _orchestrator = run(context);
                break;
            case EventKind.TaskScheduled or EventKind.SubOrchestrationCreated or EventKind.TimerCreated or EventKind.EventSent:
                NonDeterminism.Check(e, context.TakeAction(e.Task));
                break;
            case EventKind.EventRaised:
                context.Events.Raise(e);
                break;
            case EventKind.Suspended:
                IsSuspended = true;
                break;
            case EventKind.Resumed:
                IsSuspended = false;
                while (!IsSuspended && _heldBack.TryDequeue(out HistoryEvent? held)) Apply(held);
                break;
            case EventKind.Terminated:
                Abort(new Ending(OrchestrationRuntimeStatus.Terminated, e.Data, null));
                break;
            default:
                if (e.ClosesTask) context.Answer(e);
                break;
        }
    }

    private void Conclude()
    {
        if (_ending is not null || _orchestrator is null)
            return;
        if (thread.SawForeign || context.WasMisused || (!_orchestrator.IsCompleted && !context.CanBeWoken && !IsSuspended))
            Abort(Failed(new InvalidOperationException(IllegalAwait)));
        else if (_orchestrator.IsCompleted && !context.HasOpenTasks)
            _ending = EndingOf(_orchestrator);
    }

    private Ending EndingOf(Task<object?> orchestrator)
    {
        if (orchestrator.IsFaulted)
            return Failed(orchestrator.Exception.InnerExceptions[0]);
        if (orchestrator.IsCanceled)
            return Failed(new TaskCanceledException(orchestrator));
        if (context.NextExecution is { } next)
            return new Ending(OrchestrationRuntimeStatus.ContinuedAsNew, next.Data, null);
        try
        {
            return new Ending(OrchestrationRuntimeStatus.Completed, converter.Serialize(orchestrator.Result), null);
        }
        catch (Exception e) when (e is NotSupportedException or System.Text.Json.JsonException)
        {
            return Failed(e);
        }
    }

    private static Ending Failed(Exception exception) =>
        new(OrchestrationRuntimeStatus.Failed, exception.Message, Failures.Of(exception));
}
