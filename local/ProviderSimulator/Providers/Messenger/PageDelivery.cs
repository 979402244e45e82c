using System.Text.Json.Nodes;
using LiveDesk.Local;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.Messenger;

/// <summary>Reports what becomes of a message: <c>sent</c> is its echo, <c>delivered</c> and <c>read</c> are watermarks.</summary>
internal sealed class PageDelivery(SimulatorCore core, PageState state, MetaWebhooks webhooks, Func<MessagingSettings> settings)
{
    public async Task StartAsync(SentRecord sent)
    {
        Queue<string> steps = new(settings().AutoStatus);
        if (settings().StatusBeforeAnswer && steps.TryDequeue(out string? first)) await MoveAsync(sent, first, core.Background.Stopping);
        if (steps.Count > 0) core.Background.Run(stop => RunAsync(sent, steps, stop));
    }

    /// <returns>The webhook; null if there was nobody to tell.</returns>
    public async Task<WebhookDelivery?> MoveAsync(SentRecord sent, string status, CancellationToken cancellationToken)
    {
        lock (state.Gate) sent.Status = status;
        if (state.Page(sent.From) is not { WebhookUrl: { } url } page) return null;
        long now = core.Time.GetUtcNow().ToUnixTimeMilliseconds();
        JsonObject item = status switch
        {
            "sent" => Echo(sent, page, now),
            "delivered" => new JsonObject { ["delivery"] = new JsonObject { ["mids"] = new JsonArray(sent.Id), ["watermark"] = now } },
            _ => new JsonObject { ["read"] = new JsonObject { ["watermark"] = now } },
        };
        item["sender"] ??= new JsonObject { ["id"] = sent.To };
        item["recipient"] ??= new JsonObject { ["id"] = page.PageId };
        item["timestamp"] = now;
        return await webhooks.SendAsync("status", sent.Id, url, page.Secrets, PageEnvelope.Of(page.PageId, now, item), cancellationToken);
    }

    private async Task RunAsync(SentRecord sent, Queue<string> steps, CancellationToken stop)
    {
        while (steps.TryDequeue(out string? step))
        {
            await core.Time.WaitAsync(settings().StatusDelay, stop);
            await MoveAsync(sent, step, stop);
        }
    }

    private static JsonObject Echo(SentRecord sent, Page page, long now)
    {
        JsonObject message = sent.Body["message"]!.DeepClone().AsObject();
        if (message["attachment"] is { } attachment)
        {
            message.Remove("attachment");
            message["attachments"] = new JsonArray(attachment.DeepClone());
        }
        message["mid"] = sent.Id;
        message["is_echo"] = true;
        message["app_id"] = 1517776481860111;
        return new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = page.PageId },
            ["recipient"] = new JsonObject { ["id"] = sent.To },
            ["timestamp"] = now,
            ["message"] = message,
        };
    }
}

/// <summary>The shells around what a webhook says.</summary>
internal static class PageEnvelope
{
    public static JsonObject Of(string pageId, long time, params JsonObject[] items) => new()
    {
        ["object"] = "page",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = pageId, ["time"] = time, ["messaging"] = new JsonArray([.. items]) }),
    };
}
