using System.Text;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.OpenApi;

/// <summary>The API's description, made of the code that serves it.</summary>
internal sealed class GetOpenApi(LiveDeskOptions options)
{
    private readonly Lazy<byte[]> _document = new(() => Encoding.UTF8.GetBytes(OpenApiDocument.Make(options.PublicBaseUrl).ToJsonString(ApiJson.Options)));

    [Function(nameof(GetOpenApi))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequestData request, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse();
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        await response.WriteBytesAsync(_document.Value, cancellationToken);
        return response;
    }
}
