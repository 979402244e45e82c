using System.Collections.Specialized;
using System.Security.Claims;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>An HTTP request as a function sees it.</summary>
public abstract class HttpRequestData(FunctionContext functionContext)
{
    private NameValueCollection? _query;

    /// <summary>The body's raw bytes, at their beginning.</summary>
    public abstract Stream Body { get; }

    /// <summary>All headers, names without regard to case.</summary>
    public abstract HttpHeadersCollection Headers { get; }

    /// <summary>The cookies sent by the client.</summary>
    public abstract IReadOnlyCollection<IHttpCookie> Cookies { get; }

    /// <summary>The URL that the host saw; not the public one behind a proxy.</summary>
    public abstract Uri Url { get; }

    /// <summary>Who the platform says the caller is; nobody here.</summary>
    public abstract IEnumerable<ClaimsIdentity> Identities { get; }

    /// <summary>GET, POST, ...</summary>
    public abstract string Method { get; }

    /// <summary>The invocation.</summary>
    public FunctionContext FunctionContext { get; } = functionContext;

    /// <summary>The decoded query.</summary>
    public virtual NameValueCollection Query => _query ??= System.Web.HttpUtility.ParseQueryString(Url.Query);

    /// <summary>A 200 without a body, to be filled.</summary>
    public abstract HttpResponseData CreateResponse();
}
