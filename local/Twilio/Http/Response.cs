using System.Net;
using System.Net.Http.Headers;

namespace Twilio.Http;

/// <summary>An answer, read completely.</summary>
public class Response
{
    public Response(HttpStatusCode statusCode, string? content, HttpResponseHeaders? headers = null)
    {
        StatusCode = statusCode;
        Content = content;
        Headers = headers;
    }

    public HttpStatusCode StatusCode { get; }

    public string? Content { get; }

    /// <summary>Response headers (not the content headers); null if the transport gives none.</summary>
    public HttpResponseHeaders? Headers { get; }
}
