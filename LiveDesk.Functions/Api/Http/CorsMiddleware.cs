using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace LiveDesk.Functions.Api.Http;

/// <summary>
/// Lets browsers of the origins in <c>LiveDesk__Cors</c> call the API. It stands outermost, so that a refusal can be read by the frontend too. The
/// bearer token is sent by the frontend's code, never by the browser itself, so credentials are not allowed and <c>*</c> gives nothing away.
/// </summary>
internal sealed class CorsMiddleware(LiveDeskOptions options) : IFunctionsWorkerMiddleware
{
    public const string Methods = "GET, POST, PUT, PATCH, DELETE";
    public const string RequestHeaders = "Authorization, Content-Type, Accept, If-Match, Idempotency-Key";

    private const string ResponseHeaders = "ETag, Location, Retry-After";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetInvocationResult().Value is not HttpResponseData response || await context.GetHttpRequestDataAsync() is not { } request) return;
        if (options.Cors.Count == 0 || !request.Headers.TryGetValues("Origin", out IEnumerable<string>? origins)) return;
        string origin = string.Join(",", origins);
        bool anyone = options.Cors.Contains("*");
        if (!anyone) response.Headers.Add("Vary", "Origin");
        if (!anyone && !options.Cors.Contains(origin, StringComparer.OrdinalIgnoreCase)) return;
        response.Headers.Add("Access-Control-Allow-Origin", anyone ? "*" : origin);
        response.Headers.Add("Access-Control-Expose-Headers", ResponseHeaders);
    }
}
