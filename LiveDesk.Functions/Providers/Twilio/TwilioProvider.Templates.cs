using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using HttpMethod = Twilio.Http.HttpMethod;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>Twilio's content templates with WhatsApp's verdict on each (twilio.com/docs/content/content-api-resources).</summary>
internal sealed partial class TwilioProvider : ITemplateSource
{
    /// <summary>An account with more has them by SID all the same.</summary>
    private const int MostTemplates = 2_000;

    private const string FirstPage = "https://content.twilio.com/v1/ContentAndApprovals?PageSize=500";

    public async Task<Result<IReadOnlyList<MessageTemplate>>> ListTemplatesAsync(Channel channel, CancellationToken cancellationToken)
    {
        try
        {
            List<JsonElement> contents = await ContentsAsync(_clients.For(channel));
            return new Result<IReadOnlyList<MessageTemplate>>([.. contents.Where(c => Text(c, "sid") is not null).Select(Template)]);
        }
        catch (ApiException e) when (e.Status is 401 or 403)
        {
            return Refusal.Rule("credentials_refused", $"Twilio refused the channel's credentials: {e.Message}");
        }
        catch (Exception e) when (e is TwilioException or HttpRequestException or JsonException or OperationCanceledException)
        {
            return new Refusal(RefusalKind.Unavailable, "provider_unavailable", $"Twilio could not be asked for its templates: {e.Message}");
        }
    }

    public bool IsProviderId(string name) => ContentSid().IsMatch(name);

    /// <summary>Page by page (twilio.com/docs/content/content-api-resources#fetch-content-and-approvals); the SDK's resource is younger than the versions in use.</summary>
    private static async Task<List<JsonElement>> ContentsAsync(TwilioRestClient client)
    {
        var contents = new List<JsonElement>();
        string? next = FirstPage;
        while (next is not null && contents.Count < MostTemplates)
        {
            Response answer = await client.RequestAsync(new Request(HttpMethod.Get, next));
            using JsonDocument page = JsonDocument.Parse(answer.Content ?? "{}");
            JsonElement root = page.RootElement.Clone();
            if (Member(root, "contents") is { ValueKind: JsonValueKind.Array } items) contents.AddRange(items.EnumerateArray());
            next = Text(Member(root, "meta"), "next_page_url");
        }
        return contents;
    }

    private static MessageTemplate Template(JsonElement content)
    {
        JsonElement types = Member(content, "types");
        JsonElement approval = Member(content, "approval_requests");
        string? body = Body(types, out string? header);
        string? name = Text(approval, "name");
        var variables = TemplateRules.VariablesOf(body).ToList();
        // A media template may use a variable in the file's address only; the defaults name them all.
        if (Member(content, "variables") is { ValueKind: JsonValueKind.Object } defaults)
            variables.AddRange(defaults.EnumerateObject().Select(v => v.Name).Except(variables).Order(StringComparer.Ordinal));
        return new MessageTemplate
        {
            ProviderId = Text(content, "sid"),
            Name = Text(content, "friendly_name") is { Length: > 0 } friendly ? friendly : name ?? Text(content, "sid")!,
            Language = Text(content, "language") ?? "",
            Status = Text(approval, "status")?.ToLowerInvariant() switch
            {
                "approved" => TemplateStatus.Approved,
                "rejected" => TemplateStatus.Rejected,
                "paused" => TemplateStatus.Paused,
                "disabled" => TemplateStatus.Disabled,
                null or "" or "unsubmitted" => TemplateStatus.Unsubmitted,
                _ => TemplateStatus.Pending,
            },
            Category = Text(approval, "category")?.ToLowerInvariant(),
            Body = body,
            Header = header,
            Footer = Footer(types),
            Variables = variables,
            Reason = Text(approval, "rejection_reason") is { Length: > 0 } reason ? reason : null,
        };
    }

    /// <summary>The text of whichever type the content has: <c>body</c>, or <c>title</c> of a card.</summary>
    private static string? Body(JsonElement types, out string? header)
    {
        header = null;
        if (types.ValueKind != JsonValueKind.Object) return null;
        foreach (JsonProperty type in types.EnumerateObject())
        {
            bool media = type.Value.ValueKind == JsonValueKind.Object && type.Value.TryGetProperty("media", out JsonElement files)
                && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0;
            if (media) header = "media";
            if ((Text(type.Value, "body") ?? Text(type.Value, "title")) is { } text) return text;
        }
        return null;
    }

    private static string? Footer(JsonElement types) => types.ValueKind == JsonValueKind.Object
        ? types.EnumerateObject().Select(type => Text(type.Value, "footer") ?? Text(type.Value, "subtitle")).FirstOrDefault(text => text is not null)
        : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$")]
    private static partial Regex ContentSid();
}
