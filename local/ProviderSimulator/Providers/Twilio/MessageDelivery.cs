using System.Globalization;
using LiveDesk.Local;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Moves accepted messages on and tells the desk about it.</summary>
internal sealed class MessageDelivery(SimulatorCore core, TwilioState state, TwilioWebhooks webhooks, Func<MessagingSettings> settings)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Starts what happens to a message after Twilio accepted it.</summary>
    public async Task StartAsync(TwilioMessage message, CancellationToken cancellationToken)
    {
        Choose(message);
        Queue<(string Status, int? ErrorCode)> steps = new(Steps(message));
        if (settings().StatusBeforeAnswer && steps.TryDequeue(out (string Status, int? ErrorCode) first))
            await MoveAsync(message, first.Status, first.ErrorCode, cancellationToken);
        if (steps.Count > 0) core.Background.Run(stop => RunAsync(message, steps, stop));
    }

    /// <summary>Moves a message to a status and reports it, if it asked for reports.</summary>
    /// <returns>The callback; null if there was nobody to tell.</returns>
    public async Task<WebhookDelivery?> MoveAsync(TwilioMessage message, string status, int? errorCode, CancellationToken cancellationToken)
    {
        DateTimeOffset now = core.Time.GetUtcNow();
        lock (state.Gate)
        {
            message.Status = status;
            message.ErrorCode = errorCode;
            message.UpdatedAt = now;
            if (status is not ("failed" or "canceled")) message.SentAt ??= now;
        }

        WebhookDelivery? callback = await ReportAsync(message, status, errorCode, now, cancellationToken);
        lock (state.Gate) message.Steps.Add(new TwilioStatusStep(status, now, errorCode, callback?.Id));
        return callback;
    }

    private async Task RunAsync(TwilioMessage message, Queue<(string Status, int? ErrorCode)> steps, CancellationToken stop)
    {
        while (steps.TryDequeue(out (string Status, int? ErrorCode) step))
        {
            await core.Time.WaitAsync(settings().StatusDelay, stop);
            await MoveAsync(message, step.Status, step.ErrorCode, stop);
        }
    }

    // A messaging service takes the sender to which the customer wrote last, else its first of the channel.
    private void Choose(TwilioMessage message)
    {
        if (message.From is not null) return;
        TwilioAddress? sender = state.Numbers()
            .Where(number => number.MessagingServiceSid == message.MessagingServiceSid && number.Address.Channel == message.To.Channel)
            .OrderByDescending(number => state.LastInbound(message.To, number.Address) ?? DateTimeOffset.MinValue)
            .Select(number => (TwilioAddress?)number.Address)
            .FirstOrDefault();
        lock (state.Gate) message.From = sender;
    }

    private IEnumerable<(string Status, int? ErrorCode)> Steps(TwilioMessage message)
    {
        if (Failure(message) is { } code) return [(message.To.IsWhatsApp ? "failed" : "undelivered", code)];
        return settings().AutoStatus
            .Where(status => status != "read" || message.To.IsWhatsApp)
            .Select(status => (status, (int?)null));
    }

    private int? Failure(TwilioMessage message)
    {
        if (core.Faults.TakeForMessage(TwilioWebhooks.Provider, message.To.ToString()) is { } fault) return fault.Code ?? 30008;
        if (!message.To.IsWhatsApp) return null;
        if (message.ContentSid is { } sid) return TwilioFailures.OfTemplate(state.Content(sid, message.AccountSid)?.ApprovalStatus ?? "rejected");
        // Of a sender that was never registered here, the customers' messages did not come from here either: nobody knows when they wrote last.
        if (message.From is { } sender && state.Numbers().All(number => number.Address != sender)) return null;
        DateTimeOffset? lastInbound = message.From is { } from ? state.LastInbound(message.To, from) : null;
        return lastInbound is null || core.Time.GetUtcNow() - lastInbound > Window ? TwilioFailures.OutsideWindow : null;
    }

    private async Task<WebhookDelivery?> ReportAsync(
        TwilioMessage message, string status, int? errorCode, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string? url = message.StatusCallback
            ?? (message.MessagingServiceSid is { } service ? state.Service(service)?.StatusCallback : null);
        if (url is null || state.Account(message.AccountSid) is not { } account) return null;
        return await webhooks.SendAsync(
            "status", message.Sid, url, null, account.AuthToken, Form(message, status, errorCode, now), cancellationToken);
    }

    private static List<KeyValuePair<string, string>> Form(TwilioMessage message, string status, int? errorCode, DateTimeOffset now)
    {
        Dictionary<string, string> form = new()
        {
            ["SmsSid"] = message.Sid,
            ["SmsStatus"] = status,
            ["MessageStatus"] = status,
            ["To"] = message.To.ToString(),
            ["MessageSid"] = message.Sid,
            ["AccountSid"] = message.AccountSid,
            ["From"] = message.From?.ToString() ?? string.Empty,
            ["ApiVersion"] = TwilioDocuments.Version,
        };
        if (message.MessagingServiceSid is { } service) form["MessagingServiceSid"] = service;
        if (errorCode is { } code)
        {
            form["ErrorCode"] = code.ToString(CultureInfo.InvariantCulture);
            if (message.To.IsWhatsApp) form["ChannelStatusMessage"] = TwilioFailures.Text(code);
            else form["ErrorMessage"] = TwilioFailures.Text(code);
        }

        if (message.To.IsWhatsApp)
        {
            form["ChannelPrefix"] = TwilioAddress.WhatsApp;
            form["ChannelInstallSid"] = "XE" + message.AccountSid[2..];
            form["ChannelToAddress"] = message.To.Value;
            form["StructuredMessage"] = "false";
            if (status == "read") form["EventType"] = "READ";
        }
        else if (status is "delivered" or "undelivered")
        {
            form["RawDlrDoneDate"] = now.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture);
        }

        return [.. form];
    }
}
