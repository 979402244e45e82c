using System.Net;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>The answer of an HTTP function.</summary>
public abstract class HttpResponseData(FunctionContext functionContext)
{
    /// <summary>200 unless set.</summary>
    public abstract HttpStatusCode StatusCode { get; set; }

    /// <summary>All headers, the content's too.</summary>
    public abstract HttpHeadersCollection Headers { get; set; }

    /// <summary>Sent from its beginning if it can seek.</summary>
    public abstract Stream Body { get; set; }

    /// <summary>Cookies to set.</summary>
    public abstract HttpCookies Cookies { get; }

    /// <summary>The invocation.</summary>
    public FunctionContext FunctionContext { get; } = functionContext;

    /// <summary>The same as the request's own CreateResponse.</summary>
    public static HttpResponseData CreateResponse(HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.CreateResponse();
    }
}
