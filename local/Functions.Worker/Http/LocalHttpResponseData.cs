using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

internal sealed class LocalHttpResponseData(FunctionContext context, Stream body) : HttpResponseData(context)
{
    private HttpHeadersCollection _headers = [];
    private Stream _body = body;

    public override HttpStatusCode StatusCode { get; set; } = HttpStatusCode.OK;

    public override HttpHeadersCollection Headers
    {
        get => _headers;
        set => _headers = value ?? throw new InvalidOperationException("Headers cannot be null.");
    }

    public override Stream Body
    {
        get => _body;
        set => _body = value ?? throw new InvalidOperationException("Body cannot be null.");
    }

    public override HttpCookies Cookies { get; } = new ResponseCookies();
}

internal sealed class ResponseCookies : HttpCookies
{
    public List<IHttpCookie> All { get; } = [];

    public override void Append(string name, string value) => All.Add(new HttpCookie(name, value));

    public override void Append(IHttpCookie cookie) => All.Add(cookie);

    public override IHttpCookie CreateNew() => new HttpCookie("", "");
}
