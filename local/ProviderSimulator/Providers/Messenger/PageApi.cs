using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Messenger;

/// <summary>The Graph paths that the desk calls.</summary>
internal sealed class PageApi(SimulatorCore core, PageState state, PageDelivery delivery)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly string[] AttachmentTypes = ["image", "audio", "video", "file"];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/{version}/{id}/messages", SendAsync);
        api.MapGet("/{version}/{id}", Describe);
        api.MapGet("/cdn/{name}", (string name, string? type) =>
            Results.Bytes(SampleMedia.Of(type ?? "application/octet-stream"), type ?? "application/octet-stream", name));
    }

    private IResult Describe(string id, HttpRequest request)
    {
        if (MetaSecrets.Token(request) is not { Length: > 0 } token) return GraphError.Token();
        Page? page = id == "me" ? state.PageOfToken(token) : state.Page(id);
        if (page is not null) return page.Secrets.Refused(request) ?? Results.Json(new { id = page.PageId, name = "LiveDesk" }) as IResult;
        // A token that nobody made known may begin with its page's id, so that a first try needs no preparation.
        string own = string.Concat(token.TakeWhile(char.IsAsciiDigit));
        return own.Length > 0 && id is "me" || id == own ? Results.Json(new { id = own, name = "LiveDesk" }) : GraphError.Token();
    }

    private async Task<IResult> SendAsync(string id, HttpRequest request)
    {
        if (MetaSecrets.Token(request) is not { Length: > 0 } token) return GraphError.Token();
        Page? page = id == "me" ? state.PageOfToken(token) : state.Page(id);
        if (page is null) return GraphError.Missing(id);
        if (page.Secrets.Refused(request) is { } refusal) return refusal;
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
        string? customer = (string?)body["recipient"]?["id"];
        if (Check(page, customer, body) is { } wrong) return wrong;

        SentRecord sent = new()
        {
            Id = NewId(),
            From = page.PageId,
            To = customer!,
            At = core.Time.GetUtcNow(),
            Body = body,
            Text = (string?)body["message"]?["text"],
        };
        state.Add(sent);
        await delivery.StartAsync(sent);
        return Results.Json(new { recipient_id = customer, message_id = sent.Id });
    }

    public static string NewId() => "m_" + Convert.ToBase64String([.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()])
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private GraphError? Check(Page page, string? customer, JsonObject body)
    {
        if (customer is null) return new GraphError(400, 100, "(#100) The parameter recipient is required");
        if (state.LastInbound(customer, page.PageId) is not { } last) return new GraphError(400, 100, "(#100) No matching user found", 2018001);
        if ((string?)body["messaging_type"] is not ("RESPONSE" or "UPDATE" or "MESSAGE_TAG")) return new GraphError(400, 100, "(#100) Param messaging_type is not valid");
        if (core.Time.GetUtcNow() - last > Window)
            return new GraphError(403, 10, "(#10) This message is sent outside of allowed window.", 2018278);
        if (body["message"] is not JsonObject message) return new GraphError(400, 100, "(#100) Empty message", 2018034);
        return Content(message);
    }

    private static GraphError? Content(JsonObject message)
    {
        string? text = (string?)message["text"];
        JsonObject? attachment = message["attachment"] as JsonObject;
        if (text is null && attachment is null) return new GraphError(400, 100, "(#100) Empty text", 2018034);
        if (text is not null && attachment is not null) return new GraphError(400, 100, "(#100) Message can not have both text and attachment", 2018032);
        if (text?.Length > 2000) return new GraphError(400, 100, "(#100) Length of param message[text] must be less than or equal to 2000");
        if (attachment is null) return null;
        if (!AttachmentTypes.Contains((string?)attachment["type"])) return new GraphError(400, 100, "(#100) Param message[attachment][type] is not valid");
        return Uri.TryCreate((string?)attachment["payload"]?["url"], UriKind.Absolute, out _)
            ? null
            : new GraphError(400, 100, "(#100) Failed to fetch the file from the url", 2018008);
    }
}
