using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>The templates of the business account (developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates).</summary>
internal sealed partial class WhatsAppCloudProvider : ITemplateSource
{
    // An account has at most 6,000 templates.
    private const int PageSize = 100;
    private const int MaximumPages = 60;

    public async Task<Result<IReadOnlyList<MessageTemplate>>> ListTemplatesAsync(Channel channel, CancellationToken cancellationToken)
    {
        var templates = new List<MessageTemplate>();
        string path = $"{Uri.EscapeDataString(channel.Credential("businessAccountId")!)}/message_templates?limit={PageSize}";
        string? after = null;
        try
        {
            for (int page = 0; page < MaximumPages; page++)
            {
                string next = after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}";
                GraphAnswer answer = await _graph.GetAsync(next, Credentials(channel), cancellationToken);
                if (!answer.IsSuccess || answer.Body is not { } body) return Refused(answer);
                templates.AddRange(body.Each("data").Select(Template).OfType<MessageTemplate>());
                JsonElement? paging = body.Object("paging");
                after = paging?.Object("cursors")?.Text("after");
                if (after is null || paging?.Text("next") is null) break;
            }
            return templates;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return Unavailable(e.Message);
        }
    }

    private static MessageTemplate? Template(JsonElement template)
    {
        if (template.Text("name") is not { } name || template.Text("language") is not { } language) return null;
        JsonElement[] components = [.. template.Each("components")];
        JsonElement Component(string type) => components.FirstOrDefault(c => c.Text("type") == type);
        string? body = Component("BODY").Text("text");
        return new MessageTemplate
        {
            Name = name,
            Language = language,
            Status = Status(template.Text("status")),
            Category = template.Text("category")?.ToLowerInvariant(),
            Body = body,
            Header = Component("HEADER").Text("format")?.ToLowerInvariant(),
            Footer = Component("FOOTER").Text("text"),
            Variables = body is null ? [] : [.. Placeholder().Matches(body).Select(m => m.Groups[1].Value).Distinct()],
            Reason = template.Text("rejected_reason") is { } reason and not "NONE" ? reason : null,
        };
    }

    private static TemplateStatus Status(string? word) => word switch
    {
        "APPROVED" => TemplateStatus.Approved,
        "REJECTED" => TemplateStatus.Rejected,
        "PAUSED" => TemplateStatus.Paused,
        "DISABLED" or "DELETED" or "PENDING_DELETION" or "ARCHIVED" => TemplateStatus.Disabled,
        _ => TemplateStatus.Pending,
    };

    private static Result<IReadOnlyList<MessageTemplate>> Refused(GraphAnswer answer) => answer.Error switch
    {
        { Code: 33 or 100 } error => Refusal.Rule(
            "credentials_refused", $"WhatsApp refused the business account id: {error.Message}", "credentials.businessAccountId"),
        { } error when WhatsAppErrors.IsChannelBroken(error.Code) => Refusal.Rule(
            "credentials_refused", $"WhatsApp refused the credentials: {error.Message}", "credentials.accessToken"),
        { } error => Unavailable(error.Message),
        null => Unavailable($"it answered {(int)answer.Status}."),
    };

    private static Refusal Unavailable(string why) =>
        new(RefusalKind.Unavailable, "provider_unavailable", $"WhatsApp could not be asked for its templates: {why}");

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
