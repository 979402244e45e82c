using System.Text.Json;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Events;
using LiveDesk.Functions.Api.Webhooks;
using LiveDesk.Functions.Storage;
using LiveDesk.Functions.Telemetry;
using LiveDesk.Functions.Webhooks.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Events;

/// <summary>
/// The feed with those who follow it: what is appended wakes the waiting readers and goes on to outgoing webhooks. Whoever appends does it again
/// after a crash, so each of the three may happen twice and none is left out.
/// </summary>
internal sealed class PublishedFeed(TableEventFeed table, FeedSignals signals, WebhookFanOut webhooks, DeskTelemetry telemetry) : IEventFeed
{
    public async Task AppendAsync(WorkspaceId workspace, IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
    {
        await table.AppendAsync(workspace, events, cancellationToken);
        signals.Appended(workspace);
        foreach (FeedEvent line in events) Measure(line);
        await webhooks.OfferAsync(workspace, events, cancellationToken);
    }

    private void Measure(FeedEvent line)
    {
        if (!line.Type.StartsWith("message.", StringComparison.Ordinal)) return;
        using JsonDocument data = JsonDocument.Parse(line.Data);
        if (line.Type == "message.received") telemetry.Message("in");
        else if (line.Type == "message.status" && data.RootElement.TryGetProperty("status", out JsonElement status)
            && status.ValueKind == JsonValueKind.String && !data.RootElement.TryGetProperty("attachment", out _)) telemetry.Outcome(status.GetString()!);
        else if (line.Type == "message.sent" && data.RootElement.TryGetProperty("direction", out JsonElement direction)
            && direction.ValueEquals("out")) telemetry.Message("out");
    }
}

internal static class EventsSetUp
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<TableEventFeed>();
        services.AddSingleton<IEventFeed, PublishedFeed>();
        services.AddSingleton<IEventReader, TableEventReader>();
        services.AddSingleton<FeedSweep>();
        services.AddSingleton<FeedSignals>();
        services.AddSingleton<FeedTail>();
        services.AddSingleton<EventVisibility>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<WebhookFanOut>();
        services.AddSingleton<DeliverWebhooks>();
        services.AddSingleton<WebhookLanes>();
        services.AddSingleton<IWebhookDeliveries, TableWebhookDeliveries>();
        services.AddSingleton<IWebhookSender, WebhookSender>();
        services.AddSingleton<WebhookRules>();
        return services;
    }
}
