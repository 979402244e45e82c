using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary>A refusal: <c>{"code":3002,"message":"..."}</c>.</summary>
internal sealed record EngageLabError(int Status, int Code, string Message) : IResult
{
    public static EngageLabError Invalid(string message) => new(400, 3002, message);

    public static EngageLabError Of(int status, int? code) => status switch
    {
        401 => new(401, code ?? 2001, "authentication failed"),
        403 => new(403, code ?? 2004, "no permission"),
        429 => new(429, code ?? 3004, "too many requests"),
        >= 500 => new(status, code ?? 1000, "internal error"),
        _ => new(status, code ?? 3002, "invalid parameters"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(new JsonObject { ["code"] = Code, ["message"] = Message });
    }
}

/// <summary>What EngageLab refuses at once (engagelab.com/docs/whatsapp/rest-api).</summary>
internal sealed class EngageLabRules(EngageLabState state)
{
    private const int LongestText = 4096;

    /// <summary>The customer's number with plus, from the forms that are taken.</summary>
    public static string? Normal(string? number)
    {
        string digits = (number ?? string.Empty).TrimStart('+');
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = digits[2..];
        return digits.Length is >= 7 and <= 15 && digits.All(char.IsAsciiDigit) ? "+" + digits : null;
    }

    /// <param name="owned">The numbers that the key may use; empty if none was registered, and then any may send.</param>
    public EngageLabError? Check(JsonObject request, IReadOnlyList<EngageLabNumber> owned)
    {
        if (request["to"] is not JsonArray { Count: > 0 } to || to.Any(n => n is not JsonValue value || !value.TryGetValue(out string? text) || Normal(text) is null))
            return EngageLabError.Invalid("to: must be a list of numbers with country code");
        if (request["from"] is not null && (Normal(request.Text("from")) is not { } from || (owned.Count > 0 && owned.All(n => n.PhoneNumber != from))))
            return new EngageLabError(403, 2004, "the key has no permission for this number");
        if (request["custom_args"] is not (null or JsonObject)) return EngageLabError.Invalid("custom_args: must be an object");
        if (request["body"] is not JsonObject body || body.Text("type") is not { } type) return EngageLabError.Invalid("body.type is required");
        if (body[type] is not JsonObject part) return EngageLabError.Invalid($"body.{type} is required");
        return type switch
        {
            "text" => part.Text("body") is { Length: > 0 and <= LongestText } ? null : EngageLabError.Invalid("body.text.body: 1 to 4096 characters"),
            "image" or "video" or "document" => Link(part, type),
            "audio" or "sticker" => Link(part, type) ?? (part["caption"] is null ? null : EngageLabError.Invalid($"body.{type}.caption is not supported")),
            "template" => Template(part),
            _ => EngageLabError.Invalid($"body.type: '{type}' is not supported"),
        };
    }

    private static EngageLabError? Link(JsonObject part, string type) =>
        ApiRequests.IsUrl(part.Text("link")) ? null : EngageLabError.Invalid($"body.{type}.link: must be a URL");

    private EngageLabError? Template(JsonObject part)
    {
        if (part.Text("name") is not { } name || part.Text("language") is not { } language) return EngageLabError.Invalid("body.template: name and language must be strings");
        if (state.Template(name, language) is not { } template) return new EngageLabError(400, 4001, "template not found");
        if (template.Status != "APPROVED") return new EngageLabError(400, 5002, $"template is {template.Status}");
        int wanted = template.Body.Split("{{").Length - 1;
        int given = (part["components"] as JsonArray)?.OfType<JsonObject>().Where(c => c.Text("type") == "body")
            .Sum(c => (c["parameters"] as JsonArray)?.Count ?? 0) ?? 0;
        return wanted == given ? null : new EngageLabError(400, 5002, $"(#132000) number of parameters does not match: {given} for {wanted}");
    }
}
