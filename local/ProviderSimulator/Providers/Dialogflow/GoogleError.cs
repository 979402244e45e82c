using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>A refusal in the words of Google's APIs (google.rpc.Status).</summary>
internal sealed record GoogleError(int Code, string Status, string Message) : IResult
{
    public static GoogleError Argument(string message) => new(400, "INVALID_ARGUMENT", message);

    public static GoogleError Unauthenticated() => new(401, "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.");

    public static GoogleError Of(int status) => status switch
    {
        401 => Unauthenticated(),
        403 => new(403, "PERMISSION_DENIED", "IAM permission 'dialogflow.sessions.detectIntent' denied."),
        404 => new(404, "NOT_FOUND", "No DesignTimeAgent found for project."),
        429 => new(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'All other requests' and limit 'All other requests per minute'."),
        503 => new(503, "UNAVAILABLE", "The service is currently unavailable."),
        504 => new(504, "DEADLINE_EXCEEDED", "Deadline exceeded."),
        >= 500 => new(status, "INTERNAL", "Internal error encountered."),
        _ => new(status, "INVALID_ARGUMENT", "The request failed."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Code;
        return httpContext.Response.WriteAsJsonAsync(new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = Code, ["message"] = Message, ["status"] = Status },
        });
    }
}

/// <summary>A refusal of the token endpoint (RFC 6749).</summary>
internal sealed record TokenError(string Error, string Description) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = 400;
        return httpContext.Response.WriteAsJsonAsync(new JsonObject { ["error"] = Error, ["error_description"] = Description });
    }
}
