namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Gives middleware the request of an HTTP invocation.</summary>
public interface IHttpRequestDataFeature
{
    /// <summary>The request, or null if something else triggered the function.</summary>
    ValueTask<HttpRequestData?> GetHttpRequestDataAsync(FunctionContext context);
}
