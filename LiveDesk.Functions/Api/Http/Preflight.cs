using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Http;

/// <summary>What a browser asks before a call that is more than a plain one. Who may call is said by <see cref="CorsMiddleware"/>.</summary>
internal static class Preflight
{
    [Function(nameof(Preflight))]
    public static HttpResponseData Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "v1/{*path}")] HttpRequestData request)
    {
        HttpResponseData response = request.CreateResponse(HttpStatusCode.NoContent);
        response.Headers.Add("Access-Control-Allow-Methods", CorsMiddleware.Methods);
        response.Headers.Add("Access-Control-Allow-Headers", CorsMiddleware.RequestHeaders);
        response.Headers.Add("Access-Control-Max-Age", "600");
        return response;
    }
}
