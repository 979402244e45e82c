using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>A refusal, as Twilio words it: <c>{"code":21211,"message":"...","more_info":"...","status":400}</c>.</summary>
internal sealed record TwilioError(int Status, int Code, string Message) : IResult
{
    public static TwilioError Credentials() => new(401, 20003, "Authentication Error - invalid username");

    public static TwilioError NotFound(HttpRequest request) =>
        new(404, 20404, $"The requested resource {request.Path} was not found");

    public static TwilioError Invalid(int code, string message) => new(400, code, message);

    /// <summary>What Twilio says when it is Twilio that fails.</summary>
    public static TwilioError Of(int status, int? code) => status switch
    {
        429 => new TwilioError(429, code ?? 20429, "Too Many Requests"),
        500 => new TwilioError(500, code ?? 20500, "Internal Server Error"),
        503 => new TwilioError(503, code ?? 20503, "Service Unavailable"),
        401 => Credentials(),
        _ => new TwilioError(status, code ?? 20000 + status, "The request failed"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Status == 401) httpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        return httpContext.Response.WriteAsJsonAsync(new JsonObject
        {
            ["code"] = Code,
            ["message"] = Message,
            ["more_info"] = $"https://www.twilio.com/docs/errors/{Code}",
            ["status"] = Status,
        });
    }
}
