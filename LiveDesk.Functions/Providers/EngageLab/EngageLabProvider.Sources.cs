using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>Where customers' files and the account's templates come from.</summary>
internal sealed partial class EngageLabProvider : IMediaSource, ITemplateSource
{
    /// <summary>EngageLab does not say where files lie: its own hosts, and those of Meta, whose files they are.</summary>
    public IReadOnlyList<string> MediaHosts { get; } =
        ["*.engagelab.com", "*.engagelab.cc", "lookaside.fbsbx.com", "*.whatsapp.net"];

    public Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken) =>
        Task.FromResult(MediaLocation.Plain(source));

    public async Task<Result<IReadOnlyList<MessageTemplate>>> ListTemplatesAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, "/v1/templates");
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        if (CredentialsRefused(answer) is { } refused) return refused;
        return new Result<IReadOnlyList<MessageTemplate>>([.. answer.Body.Items().Where(t => t.Text("name") is not null).Select(Template)]);
    }

    private static MessageTemplate Template(JsonElement template)
    {
        IReadOnlyList<JsonElement> components = template.Member("components").Items();
        JsonElement Component(string type) =>
            components.FirstOrDefault(c => string.Equals(c.Text("type"), type, StringComparison.OrdinalIgnoreCase));
        string? body = Component("body").Text("text");
        return new MessageTemplate
        {
            ProviderId = template.Text("id"),
            Name = template.Text("name")!,
            Language = template.Text("language") ?? "",
            Status = Status(template.Text("status")),
            Category = template.Text("category")?.ToLowerInvariant(),
            Body = body,
            Header = Component("header").Text("format")?.ToLowerInvariant(),
            Footer = Component("footer").Text("text"),
            Variables = [.. Placeholder().Matches(body ?? "").Select(m => m.Groups[1].Value).Distinct()],
        };
    }

    private static TemplateStatus Status(string? status) => status?.ToUpperInvariant() switch
    {
        "APPROVED" => TemplateStatus.Approved,
        "REJECTED" => TemplateStatus.Rejected,
        "PAUSED" => TemplateStatus.Paused,
        "DISABLED" or "DELETED" or "PENDING_DELETION" => TemplateStatus.Disabled,
        _ => TemplateStatus.Pending,
    };

    [GeneratedRegex(@"\{\{\s*([^{}\s]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
