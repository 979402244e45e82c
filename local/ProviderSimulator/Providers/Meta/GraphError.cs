using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Meta;

/// <summary>A refusal in the words of Meta's Graph API.</summary>
internal sealed record GraphError(int Status, int Code, string Message, int? Subcode = null, string? Details = null) : IResult
{
    public static GraphError Token() => new(401, 190, "Error validating access token: the session has been invalidated.", 463);

    public static GraphError Proof() => new(400, 100, "Invalid appsecret_proof provided in the API argument");

    public static GraphError Missing(string id) => new(
        400, 100, $"Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.", 33);

    public static GraphError Parameter(string details) => new(400, 100, "(#100) Invalid parameter", Details: details);

    /// <summary>What Meta says when it is Meta that fails.</summary>
    public static GraphError Of(int status, int? code) => status switch
    {
        401 => Token(),
        429 => new GraphError(429, code ?? 4, "(#4) Application request limit reached"),
        503 => new GraphError(503, code ?? 2, "Service temporarily unavailable"),
        >= 500 => new GraphError(status, code ?? 1, "An unknown error occurred"),
        _ => new GraphError(status, code ?? 100, "The request failed"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        JsonObject error = new()
        {
            ["message"] = Message,
            ["type"] = "OAuthException",
            ["code"] = Code,
            ["fbtrace_id"] = "A" + Guid.NewGuid().ToString("N")[..12],
        };
        if (Subcode is { } subcode) error["error_subcode"] = subcode;
        if (Details is not null) error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    }
}
