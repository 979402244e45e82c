using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Local;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>Moves accepted messages on and reports it.</summary>
internal sealed class CloudDelivery(SimulatorCore core, CloudState state, MetaWebhooks webhooks, Func<MessagingSettings> settings)
{
    private const int OutsideWindow = 131047;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public async Task StartAsync(CloudNumber number, SentRecord sent)
    {
        Queue<(string Status, int? Code)> steps = new(Steps(number, sent));
        if (settings().StatusBeforeAnswer && steps.TryDequeue(out (string Status, int? Code) first))
            await MoveAsync(sent, first.Status, first.Code, core.Background.Stopping);
        if (steps.Count > 0) core.Background.Run(stop => RunAsync(sent, steps, stop));
    }

    /// <returns>The webhook; null if there was nobody to tell.</returns>
    public async Task<WebhookDelivery?> MoveAsync(SentRecord sent, string status, int? code, CancellationToken cancellationToken)
    {
        lock (state.Gate) (sent.Status, sent.ErrorCode) = (status, code);
        if (state.Number(sent.From) is not { WebhookUrl: { } url } number) return null;
        JsonObject value = CloudEnvelope.Value(number);
        value["statuses"] = new JsonArray(Status(sent, status, code));
        return await webhooks.SendAsync(
            "status", sent.Id, url, number.Secrets, CloudEnvelope.Of(CloudEnvelope.Change(number, "messages", value)), cancellationToken);
    }

    private async Task RunAsync(SentRecord sent, Queue<(string Status, int? Code)> steps, CancellationToken stop)
    {
        while (steps.TryDequeue(out (string Status, int? Code) step))
        {
            await core.Time.WaitAsync(settings().StatusDelay, stop);
            await MoveAsync(sent, step.Status, step.Code, stop);
        }
    }

    private IEnumerable<(string Status, int? Code)> Steps(CloudNumber number, SentRecord sent)
    {
        if (core.Faults.TakeForMessage("whatsapp-cloud", sent.To) is { } fault) return [("failed", fault.Code ?? 131026)];
        bool open = sent.Body["template"] is not null || core.Time.GetUtcNow() - state.LastInbound(sent.To, number.PhoneNumberId) <= Window;
        return open ? settings().AutoStatus.Select(status => (status, (int?)null)) : [("failed", OutsideWindow)];
    }

    private JsonObject Status(SentRecord sent, string status, int? code)
    {
        JsonObject report = new()
        {
            ["id"] = sent.Id,
            ["status"] = status,
            ["timestamp"] = core.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["recipient_id"] = sent.To,
        };
        if (CloudRules.Text(sent.Body, "biz_opaque_callback_data") is { } ours) report["biz_opaque_callback_data"] = ours;
        if (code is { } why)
            report["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = why,
                ["title"] = "Message failed",
                ["message"] = "Message failed",
                ["error_data"] = new JsonObject { ["details"] = $"The message was not delivered ({why})." },
            });
        return report;
    }
}

/// <summary>The shells around what a webhook says.</summary>
internal static class CloudEnvelope
{
    public static JsonObject Value(CloudNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = number.PhoneNumber.TrimStart('+'), ["phone_number_id"] = number.PhoneNumberId },
    };

    public static (string Account, JsonObject Change) Change(CloudNumber number, string field, JsonNode value) =>
        (number.BusinessAccountId, new JsonObject { ["field"] = field, ["value"] = value });

    /// <summary>One entry for each change, or one with all of them.</summary>
    public static JsonObject Of(params IReadOnlyList<(string Account, JsonObject Change)> changes) => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray([.. changes.Select(c => new JsonObject { ["id"] = c.Account, ["changes"] = new JsonArray(c.Change) })]),
    };
}
