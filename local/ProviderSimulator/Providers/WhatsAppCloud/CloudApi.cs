using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>The Graph paths that the desk calls.</summary>
internal sealed class CloudApi(SimulatorCore core, CloudState state, CloudDelivery delivery)
{
    private readonly CloudRules _rules = new(state);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/{version}/{id}/messages", SendAsync);
        api.MapPost("/{version}/{id}/media", UploadAsync);
        api.MapGet("/{version}/{id}/message_templates", Templates);
        api.MapGet("/{version}/{id}", Describe);
        api.MapDelete("/{version}/{id}", Delete);
        api.MapPost("/{version}/{id}/subscribed_apps", (string id, HttpRequest request) => Refused(request, id) ?? Results.Json(new { success = true }));
        api.MapGet("/cdn/{id}", Download);
    }

    private async Task<IResult> SendAsync(string id, HttpRequest request)
    {
        if (Owner(id, request, out CloudNumber? number) is { } refusal) return refusal;
        if (!request.HasJsonContentType()) return GraphError.Parameter("The body must be JSON.");
        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            body = null;
        }
        if (body is null) return GraphError.Parameter("The body must be a JSON object.");
        if (CloudRules.Text(body, "status") == "read") return Results.Json(new { success = true });
        if (_rules.Check(number!, body) is { } wrong) return wrong;

        SentRecord sent = Accepted(number!, body);
        state.Add(sent);
        await delivery.StartAsync(number!, sent);
        return Results.Json(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = sent.To, ["wa_id"] = sent.To }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = sent.Id, ["message_status"] = "accepted" }),
        });
    }

    private SentRecord Accepted(CloudNumber number, JsonObject body) => new()
    {
        Id = NewId(),
        From = number.PhoneNumberId,
        To = CloudRules.Text(body, "to")?.TrimStart('+') ?? CloudRules.Text(body, "recipient")!,
        At = core.Time.GetUtcNow(),
        Body = body,
        Text = (string?)body["text"]?["body"] ?? _rules.Rendered(body),
    };

    /// <summary>As long, and with the same troublesome characters, as a real one.</summary>
    public static string NewId() => "wamid." + Convert.ToBase64String([.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()]);

    /// <summary>A number that nobody registered is taken with any token, which is its token from now on.</summary>
    private GraphError? Owner(string id, HttpRequest request, out CloudNumber? number)
    {
        number = state.Number(id);
        if (MetaSecrets.Token(request) is not { Length: > 0 } token) return GraphError.Token();
        if (number is null && !id.All(char.IsAsciiDigit)) return GraphError.Missing(id);
        if (number?.AccessToken is null) state.Put(number = (number ?? new CloudNumber { PhoneNumberId = id }) with { AccessToken = token });
        return Refused(number, request);
    }

    private GraphError? Refused(HttpRequest request, string id)
    {
        CloudNumber? known = state.Number(id) ?? state.Numbers().FirstOrDefault(n => n.BusinessAccountId == id);
        if (MetaSecrets.Token(request) is not { Length: > 0 }) return GraphError.Token();
        return known?.AccessToken is null ? null : Refused(known, request);
    }

    /// <summary>Of a number that was only ever called, not registered, the app secret is not known.</summary>
    private static GraphError? Refused(CloudNumber number, HttpRequest request) =>
        number.WebhookUrl is null && MetaSecrets.Token(request) == number.AccessToken ? null : number.Secrets.Refused(request);

    private IResult Describe(string id, HttpRequest request)
    {
        if (state.Media(id) is { } media) return AnyToken(request) ?? Described(media);
        if (!id.All(char.IsAsciiDigit)) return GraphError.Missing(id);
        if (Refused(request, id) is { } refusal) return refusal;
        return state.Number(id) is { } number
            ? Results.Json(new { id, display_phone_number = number.PhoneNumber, verified_name = "LiveDesk" })
            : Results.Json(new { id });
    }

    private IResult Described(CloudMedia media) => Results.Json(new
    {
        messaging_product = "whatsapp",
        url = $"{core.BaseAddress}/whatsapp-cloud/cdn/{media.Id}?ext=1780000000&hash=ATx",
        mime_type = media.ContentType,
        sha256 = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(media.Bytes)),
        file_size = media.Bytes.Length,
        id = media.Id,
    });

    private IResult Download(string id, HttpRequest request) =>
        AnyToken(request) ?? (state.Media(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound());

    private IResult Delete(string id, HttpRequest request) =>
        AnyToken(request) ?? (state.RemoveMedia(id) ? Results.Json(new { success = true }) : GraphError.Missing(id));

    private async Task<IResult> UploadAsync(string id, HttpRequest request)
    {
        if (Owner(id, request, out _) is { } refusal) return refusal;
        if (!request.HasFormContentType) return GraphError.Parameter("The body must be multipart/form-data.");
        IFormCollection form = await request.ReadFormAsync();
        if (form["messaging_product"] != "whatsapp" || form.Files.GetFile("file") is not { } file)
            return GraphError.Parameter("messaging_product and file are required.");
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes);
        return Results.Json(new { id = state.AddMedia((string?)form["type"] ?? file.ContentType, bytes.ToArray()).Id });
    }

    private IResult Templates(string id, int? limit, string? after, HttpRequest request)
    {
        if (Refused(request, id) is { } refusal) return refusal;
        int from = int.TryParse(after, out int given) ? given : 0, size = Math.Clamp(limit ?? 25, 1, 250);
        CloudTemplate[] all = [.. state.Templates().Where(t => t.BusinessAccountId is null || t.BusinessAccountId == id)];
        CloudTemplate[] page = [.. all.Skip(from).Take(size)];
        JsonObject paging = new() { ["cursors"] = new JsonObject { ["before"] = $"{from}", ["after"] = $"{from + page.Length}" } };
        if (from + page.Length < all.Length) paging["next"] = $"{core.BaseAddress}/whatsapp-cloud/v23.0/{id}/message_templates?after={from + page.Length}";
        return Results.Json(new JsonObject { ["data"] = new JsonArray([.. page.Select(Shown)]), ["paging"] = paging });
    }

    private static JsonObject Shown(CloudTemplate template)
    {
        JsonArray components = [];
        if (template.Header is { } header) components.Add(new JsonObject { ["type"] = "HEADER", ["format"] = header });
        components.Add(new JsonObject { ["type"] = "BODY", ["text"] = template.Body });
        return new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["status"] = template.Status,
            ["category"] = template.Category,
            ["components"] = components,
        };
    }

    private static GraphError? AnyToken(HttpRequest request) => MetaSecrets.Token(request) is { Length: > 0 } ? null : GraphError.Token();
}
