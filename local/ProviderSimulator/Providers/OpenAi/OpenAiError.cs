using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>A refusal in the words of OpenAI's API: four members, of which two may be null.</summary>
internal sealed record OpenAiError(int Status, string Message, string Type = "invalid_request_error", string? Param = null, string? Code = null) : IResult
{
    public static OpenAiError NoKey() => new(401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");

    public static OpenAiError WrongKey() => new(401, "Incorrect API key provided.", Code: "invalid_api_key");

    public static OpenAiError Missing(string param) => new(400, $"Missing required parameter: '{param}'.", Param: param, Code: "missing_required_parameter");

    public static OpenAiError Unknown(string param) => new(400, $"Unknown parameter: '{param}'.", Param: param, Code: "unknown_parameter");

    public static OpenAiError OfType(string param, string expected) =>
        new(400, $"Invalid type for '{param}': expected {expected}.", Param: param, Code: "invalid_type");

    public static OpenAiError Value(string param, string message) => new(400, message, Param: param, Code: "invalid_value");

    public static OpenAiError Unsupported(string param, string instead) => new(
        400, $"Unsupported parameter: '{param}' is not supported with this model. Use '{instead}' instead.", Param: param, Code: "unsupported_parameter");

    /// <summary>What OpenAI says when it is OpenAI that fails.</summary>
    public static OpenAiError Of(int status) => status switch
    {
        401 => WrongKey(),
        402 => new(429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", Code: "insufficient_quota"),
        404 => new(404, "The model does not exist or you do not have access to it.", Code: "model_not_found"),
        429 => new(429, "Rate limit reached for requests.", "requests", Code: "rate_limit_exceeded"),
        503 => new(503, "The engine is currently overloaded, please try again later.", "service_unavailable_error", Code: "server_is_overloaded"),
        >= 500 => new(status, "The server had an error while processing your request. Sorry about that!", "server_error"),
        _ => new(status, "The request failed."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers["x-request-id"] = "req_" + Guid.NewGuid().ToString("N");
        return httpContext.Response.WriteAsJsonAsync(new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code },
        });
    }
}
