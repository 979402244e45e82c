using System.Net;
using System.Text.Json.Serialization;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.Webhooks;

internal sealed record WebhookRequest
{
    public required string Url { get; init; }
    public required IReadOnlyList<string> Events { get; init; }
    public bool Active { get; init; } = true;
}

/// <param name="Secret">Told once, when the webhook is created.</param>
internal sealed record WebhookView(
    string Id, Uri Url, IReadOnlyList<string> Events, bool Active, string? DisabledReason, DateTimeOffset? DisabledAt, DateTimeOffset CreatedAt, string Secret)
{
    private const string Hidden = "********";

    [JsonIgnore]
    public AuditTarget Target => new("webhook", Id, Url.Host);

    public static WebhookView Of(WebhookEndpoint endpoint, string? secret = null) =>
        new(endpoint.Id, endpoint.Url, endpoint.Events, endpoint.Active, endpoint.DisabledReason, endpoint.DisabledAt, endpoint.CreatedAt, secret ?? Hidden);
}

internal sealed record WebhookAttemptView(DateTimeOffset At, int? Status, string? Failure);

internal sealed record WebhookDeliveryView(
    string Id, string EventId, string Type, DateTimeOffset OccurredAt, WebhookDeliveryState State, int AttemptCount, DateTimeOffset? NextAttemptAt,
    IReadOnlyList<WebhookAttemptView> Attempts)
{
    public static WebhookDeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.EventId, delivery.Type, delivery.OccurredAt, delivery.State, delivery.AttemptCount, delivery.NextAttemptAt,
        [.. delivery.Attempts.Select(a => new WebhookAttemptView(a.At, a.Status, a.Failure))]);
}

/// <summary>What an outgoing webhook may be. Where its name leads is checked at every connection; here only what can be seen at once.</summary>
internal sealed class WebhookRules(GuardedHttp http)
{
    private const int LongestUrl = 2_048;

    public Result<Uri> Check(WebhookRequest request)
    {
        Result<Uri> url = Url(request.Url);
        if (url.Refusal is not null) return url;
        if (request.Events.Count is 0 or > 50) return Refusal.Malformed("events", "1 to 50 types of events, or [\"*\"] for all.");
        for (int i = 0; i < request.Events.Count; i++)
            if (request.Events[i] != WebhookEndpoint.AllEvents && !EventTypes.All.Contains(request.Events[i]))
                return Refusal.Malformed($"events[{i}]", $"Must be one of: {string.Join(", ", EventTypes.All)}, or *.");
        return url;
    }

    private Result<Uri> Url(string text)
    {
        bool readable = text.Length <= LongestUrl && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed)
            && parsed.Scheme is "http" or "https" && parsed.Host.Length > 0;
        if (!readable) return Refusal.Malformed("url", $"Must be an http(s) address of at most {LongestUrl} characters.");
        var url = new Uri(text);
        if (url.UserInfo.Length > 0) return Refusal.Malformed("url", "Must not hold a user name or password; messages are signed.");
        if (url.Fragment.Length > 0) return Refusal.Malformed("url", "Must not have a fragment (#).");
        if (http.IsAllowedPrivate(url)) return url;
        if (url.Scheme != Uri.UriSchemeHttps) return Refusal.Rule("https_required", "Must be an https address.", "url");
        return IsPrivate(url) ? Refusal.Rule("private_address", "Must not lead into a private network.", "url") : url;
    }

    private static bool IsPrivate(Uri url)
    {
        string host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)) return !PublicAddress.IsPublic(address);
        return host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal)
            || host.EndsWith(".internal", StringComparison.Ordinal) || !host.Contains('.', StringComparison.Ordinal);
    }
}
