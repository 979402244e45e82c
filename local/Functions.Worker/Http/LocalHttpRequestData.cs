using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

/// <summary>A Kestrel request in the worker's terms. The body has been read, so that it can be read again.</summary>
internal sealed class LocalHttpRequestData : HttpRequestData, IHttpRequestDataFeature
{
    private readonly Lazy<IReadOnlyCollection<IHttpCookie>> _cookies;

    public LocalHttpRequestData(HttpRequest request, Stream body, FunctionContext context) : base(context)
    {
        Body = body;
        Method = request.Method;
        Url = new Uri(request.GetEncodedUrl());
        Headers = new HttpHeadersCollection(request.Headers.Select(header => KeyValuePair.Create<string, IEnumerable<string>>(header.Key, header.Value!)));
        string cookies = request.Headers.Cookie.ToString();
        _cookies = new Lazy<IReadOnlyCollection<IHttpCookie>>(() =>
            [.. cookies.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Cookie)]);
    }

    public override Stream Body { get; }

    public override HttpHeadersCollection Headers { get; }

    public override IReadOnlyCollection<IHttpCookie> Cookies => _cookies.Value;

    public override Uri Url { get; }

    public override IEnumerable<ClaimsIdentity> Identities => [];

    public override string Method { get; }

    public override HttpResponseData CreateResponse() => new LocalHttpResponseData(FunctionContext, new MemoryStream());

    public ValueTask<HttpRequestData?> GetHttpRequestDataAsync(FunctionContext context) => ValueTask.FromResult<HttpRequestData?>(this);

    private static HttpCookie Cookie(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new HttpCookie(pair, "") : new HttpCookie(pair[..equals], pair[(equals + 1)..]);
    }
}
