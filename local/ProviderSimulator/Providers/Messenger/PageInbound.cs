using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.Messenger;

/// <summary>What a customer does, as the control API takes it.</summary>
internal sealed record PageInboundRequest
{
    /// <summary>Page-scoped id of the customer.</summary>
    public string? From { get; init; }

    /// <summary>Page id; the only registered one if null.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    /// <summary>A sample file of that type.</summary>
    public string? ContentType { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>Id to use; a new one if null. Using one again sends a duplicate.</summary>
    public string? MessageId { get; init; }

    /// <summary>Unix milliseconds; now if null.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Taps on Get Started.</summary>
    public bool GetStarted { get; init; }

    /// <summary>Any other item as it shall be on the wire: <c>{"reaction":{...}}</c>.</summary>
    public JsonObject? Item { get; init; }

    /// <summary>Several items in one webhook, instead of the one above.</summary>
    public IReadOnlyList<PageInboundRequest>? Items { get; init; }

    /// <summary>In place of the registered one; a wrong one sends a wrong signature.</summary>
    public string? AppSecret { get; init; }

    public string? WebhookUrl { get; init; }
}

/// <summary>Lets customers write.</summary>
internal sealed class PageInbound(SimulatorCore core, PageState state, MetaWebhooks webhooks)
{
    public async Task<JsonNode> SendAsync(PageInboundRequest request, CancellationToken cancellationToken)
    {
        Page page = Page(request.To);
        string url = request.WebhookUrl ?? page.WebhookUrl
            ?? throw new ControlException(400, $"No webhook is registered for {page.PageId}: POST /simulator/messenger/numbers, or give webhookUrl.");
        JsonObject[] items = [.. (request.Items ?? [request]).Select(r => Item(r, page))];
        MetaSecrets secrets = page.Secrets with { AppSecret = request.AppSecret ?? page.AppSecret };
        string? id = (string?)items[0]["message"]?["mid"];
        long now = core.Time.GetUtcNow().ToUnixTimeMilliseconds();
        WebhookDelivery delivery = await webhooks.SendAsync("inbound", id, url, secrets, PageEnvelope.Of(page.PageId, now, items), cancellationToken);
        return new JsonObject { ["messageId"] = id, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    public Page Page(string? to)
    {
        if (to is not null) return state.Page(to) ?? throw new ControlException(404, $"No page {to} is registered.");
        IReadOnlyList<Page> pages = state.Pages();
        return pages.Count == 1 ? pages[0] : throw new ControlException(400, $"Give 'to': there are {pages.Count} registered pages.");
    }

    private JsonObject Item(PageInboundRequest request, Page page)
    {
        string customer = request.From ?? throw new ControlException(400, "Give 'from', the customer's page-scoped id.");
        DateTimeOffset at = request.Timestamp is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : core.Time.GetUtcNow();
        JsonObject item = request.Item?.DeepClone().AsObject() ?? [];
        item["sender"] ??= new JsonObject { ["id"] = customer };
        item["recipient"] ??= new JsonObject { ["id"] = page.PageId };
        item["timestamp"] ??= at.ToUnixTimeMilliseconds();
        if (request.GetStarted) item["postback"] = new JsonObject { ["mid"] = request.MessageId ?? PageApi.NewId(), ["title"] = "Get Started", ["payload"] = "GET_STARTED" };
        else if (request.Item is null) item["message"] = Message(request);
        state.NoteInbound(customer, page.PageId, at);
        return item;
    }

    private JsonObject Message(PageInboundRequest request)
    {
        JsonObject message = new() { ["mid"] = request.MessageId ?? PageApi.NewId() };
        if (request.Text is { } text) message["text"] = text;
        if (request.ReplyTo is { } quoted) message["reply_to"] = new JsonObject { ["mid"] = quoted };
        if (request.ContentType is { } type)
        {
            string kind = type.Split('/')[0] is "image" or "video" or "audio" ? type.Split('/')[0] : "file";
            string url = $"{core.BaseAddress}/messenger/cdn/file?type={Uri.EscapeDataString(type)}";
            message["attachments"] = new JsonArray(new JsonObject { ["type"] = kind, ["payload"] = new JsonObject { ["url"] = url } });
        }
        return message;
    }
}
