using LiveDesk.Local;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>Sends webhooks, makes them misbehave as scripted and remembers what the desk answered.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly FaultScript _faults;
    private readonly BackgroundWork _background;
    private readonly WebhookTransport _transport;
    private readonly Lock _gate = new();
    private readonly Queue<WebhookDelivery> _deliveries = new();
    private List<TaskCompletionSource> _held = [];
    private int _lastId;

    public WebhookSender(TimeProvider time, FaultScript faults, BackgroundWork background)
    {
        _time = time;
        _faults = faults;
        _background = background;
        _transport = new WebhookTransport(time);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> List()
    {
        lock (_gate) return [.. _deliveries];
    }

    public void Clear()
    {
        lock (_gate) _deliveries.Clear();
    }

    /// <summary>Sends a webhook and waits until it is answered or given up. One that a fault delays or holds back is returned as pending.</summary>
    public async Task<WebhookDelivery> SendAsync(Webhook webhook, WebhookPolicy policy, CancellationToken cancellationToken)
    {
        Fault? fault = _faults.TakeForWebhook(webhook.Provider, webhook.Kind, webhook.Url, webhook.Body);
        WebhookDelivery delivery = Created(webhook);
        switch (fault?.Kind)
        {
            case FaultKind.Drop:
                delivery.End(WebhookOutcome.Dropped);
                return delivery;
            case FaultKind.Delay:
                _background.Run(async stop =>
                {
                    await _time.WaitAsync(fault.Delay ?? TimeSpan.FromSeconds(1), stop);
                    await TryAsync(delivery, policy, stop);
                });
                return delivery;
            case FaultKind.Reorder:
                HoldBack(delivery, policy, fault.Delay ?? LongestHold);
                return delivery;
        }

        await TryAsync(delivery, policy, cancellationToken);
        for (int copy = 0; fault?.Kind == FaultKind.Duplicate && copy < fault.Copies; copy++)
            await TryAsync(Created(webhook), policy, cancellationToken);
        LetGo();
        return delivery;
    }

    public void Dispose() => _transport.Dispose();

    private WebhookDelivery Created(Webhook webhook)
    {
        lock (_gate)
        {
            WebhookDelivery delivery = new($"w{++_lastId}", webhook, _time.GetUtcNow());
            _deliveries.Enqueue(delivery);
            if (_deliveries.Count > Capacity) _deliveries.Dequeue();
            return delivery;
        }
    }

    private void HoldBack(WebhookDelivery delivery, WebhookPolicy policy, TimeSpan longest)
    {
        TaskCompletionSource overtaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _held.Add(overtaken);
        _background.Run(async stop =>
        {
            using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(overtaken.Task, _time.WaitAsync(longest, timer.Token));
            await timer.CancelAsync();
            await TryAsync(delivery, policy, stop);
        });
    }

    private void LetGo()
    {
        List<TaskCompletionSource> held;
        lock (_gate) (held, _held) = (_held, []);
        foreach (TaskCompletionSource one in held) one.TrySetResult();
    }

    private async Task TryAsync(WebhookDelivery delivery, WebhookPolicy policy, CancellationToken cancellationToken)
    {
        using CancellationTokenSource total = new(policy.TotalTimeout, _time);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellationToken);
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                (WebhookAttempt result, WebhookFailure failure) = await _transport.SendAsync(delivery.Webhook, policy.AttemptTimeout, limit.Token);
                delivery.Add(result);
                if (attempt == policy.Retries || !Repeats(failure, policy.RetryOn)) break;
                await _time.WaitAsync(policy.RetryDelay, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // out of time while waiting: the attempts tell what happened
        }

        delivery.End(delivery.Attempts is [.., { IsSuccess: true }] ? WebhookOutcome.Delivered : WebhookOutcome.Failed);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static bool Repeats(WebhookFailure failure, WebhookRetryOn policy) =>
        failure == WebhookFailure.Connect || (policy == WebhookRetryOn.Any && failure == WebhookFailure.Later);
}
