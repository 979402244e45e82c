using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>
/// Runs activities. The result is in its queue before the work item is deleted, so an activity runs at least once and its
/// result is never lost; the instance takes in only the first result of a task.
/// </summary>
internal sealed partial class ActivityWorker(
    HubSettings settings, PayloadStore payloads, DurableFunctions functions, DataConverter converter, MessageBus bus, ILogger<ActivityWorker> logger)
{
    /// <summary>Handles a work item. Does not throw; what the engine cannot handle goes back to its queue.</summary>
    public async Task HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        try
        {
            Message result;
            using (new Renewal(delivery, logger))
                result = await RunAsync(delivery.Message, stopping);
            await bus.SendAsync(result, CancellationToken.None);
            await delivery.Queue.DeleteAsync(delivery, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // No failure: the next start does it.
            await GiveBackAsync(delivery);
        }
        catch (Exception e)
        {
            LogFailed(logger, delivery.Message.Name, delivery.Message.Instance, e);
            await GiveBackAsync(delivery);
        }
    }

    private async Task<Message> RunAsync(Message work, CancellationToken stopping)
    {
        var result = new Message(Message.NewId(), MessageKind.ActivityCompleted, work.Instance) { Execution = work.Execution, Task = work.Task };
        if (work.Name is null || functions.Activity(work.Name) is not { } function)
            return result with { Kind = MessageKind.ActivityFailed, Failure = UnknownFunction.Failure("activity", work.Name) };
        string? input = await payloads.ReadAsync(new Payload(work.Data, work.Blob), CancellationToken.None);
        object? value;
        try
        {
            Type type = function.Trigger!.ParameterType;
            object? trigger = converter.Deserialize(input, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);
            var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = work.Instance, ["taskName"] = work.Name };
            value = await functions.InvokeAsync(function, trigger, data, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops: another one, or the next start, does it from the beginning.
            throw;
        }
        catch (Exception e)
        {
            return result with { Kind = MessageKind.ActivityFailed, Failure = Failures.Of(e) };
        }
        Payload output = await payloads.KeepAsync(work.Instance, converter.Serialize(value), CancellationToken.None);
        return result with { Data = output.Blob is null ? output.Text : null, Blob = output.Blob };
    }

    private async Task GiveBackAsync(Delivery delivery)
    {
        try
        {
            if (delivery.DequeueCount >= settings.MaxDequeueCount) await delivery.Queue.PoisonAsync(delivery, CancellationToken.None);
            else await delivery.Queue.HideAsync(delivery, TimeSpan.FromSeconds(1), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(logger, delivery.Message.Name, delivery.Message.Instance, e);
        }
    }

    [LoggerMessage(7020, LogLevel.Error, "The work item of the activity {Activity} of the instance {Instance} could not be handled; it goes back to its queue.")]
    private static partial void LogFailed(ILogger logger, string? activity, string instance, Exception exception);

    [LoggerMessage(7021, LogLevel.Warning, "The work item of a running activity could not be renewed; it may run a second time.")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception);

    /// <summary>Keeps the work item hidden while the activity runs. By real time, as storage does.</summary>
    private sealed class Renewal : IDisposable
    {
        private readonly Delivery _delivery;
        private readonly ILogger _logger;
        private readonly ITimer _timer;

        public Renewal(Delivery delivery, ILogger logger)
        {
            _delivery = delivery;
            _logger = logger;
            TimeSpan half = delivery.Queue.Visibility / 2;
            _timer = TimeProvider.System.CreateTimer(_ => _ = RenewAsync(), null, half, half);
        }

        public void Dispose() => _timer.Dispose();

        private async Task RenewAsync()
        {
            try
            {
                await _delivery.Queue.HideAsync(_delivery, _delivery.Queue.Visibility, CancellationToken.None);
            }
            catch (Exception e)
            {
                LogNotRenewed(_logger, e);
            }
        }
    }
}
