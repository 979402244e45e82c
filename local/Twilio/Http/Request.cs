using System.Net;
using System.Text;

namespace Twilio.Http;

/// <summary>A request of a resource class, before the transport sends it.</summary>
public class Request
{
    private const string DefaultRegion = "us1";

    public Request(HttpMethod method, string url)
    {
        Method = method;
        Uri = new Uri(url);
    }

    internal Request(
        HttpMethod method,
        string product,
        string path,
        List<KeyValuePair<string, string>>? query = null,
        List<KeyValuePair<string, string>>? post = null)
        : this(method, $"https://{product}.twilio.com{path}")
    {
        QueryParams = query ?? QueryParams;
        PostParams = post ?? PostParams;
    }

    public HttpMethod Method { get; }

    /// <summary>Address without query parameters, region and edge.</summary>
    public Uri Uri { get; }

    public string? Username { get; set; }

    public string? Password { get; set; }

    public string? Region { get; set; }

    public string? Edge { get; set; }

    public string[]? UserAgentExtensions { get; set; }

    public List<KeyValuePair<string, string>> QueryParams { get; } = [];

    public List<KeyValuePair<string, string>> PostParams { get; } = [];

    public List<KeyValuePair<string, string>> HeaderParams { get; } = [];

    /// <summary>A JSON body; unused by the message calls, which post a form.</summary>
    public string? Body { get; set; }

    /// <summary>The address that is requested, query included.</summary>
    public Uri ConstructUrl()
    {
        string address = buildUri().AbsoluteUri;
        return new Uri(QueryParams.Count > 0 ? address + "?" + Encoded(QueryParams) : address);
    }

    /// <summary>The address with edge and region in the host: <c>product[.edge].region.twilio.com</c>.</summary>
#pragma warning disable IDE1006 // the official spelling
    public Uri buildUri()
#pragma warning restore IDE1006
    {
        if (Region is null && Edge is null) return Uri;
        string[] pieces = Uri.Host.Split('.');
        string? edge = Edge ?? (pieces.Length == 5 ? pieces[1] : null);
        string? region = Region ?? pieces.Length switch
        {
            4 => pieces[1],
            5 => pieces[2],
            _ => edge is null ? null : DefaultRegion,
        };
        IEnumerable<string?> host = [pieces[0], edge, region, .. pieces[^2..]];
        return new UriBuilder(Uri) { Host = string.Join('.', host.Where(part => !string.IsNullOrEmpty(part))) }.Uri;
    }

    public void SetAuth(string username, string password)
    {
        Username = username;
        Password = password;
    }

    public byte[] EncodePostParams() => Encoding.UTF8.GetBytes(Encoded(PostParams));

    public void AddQueryParam(string name, string value) => QueryParams.Add(new(name, value));

    public void AddPostParam(string name, string value) => PostParams.Add(new(name, value));

    public void AddHeaderParam(string name, string value) => HeaderParams.Add(new(name, value));

    private static string Encoded(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join('&', pairs.Select(pair => WebUtility.UrlEncode(pair.Key) + "=" + WebUtility.UrlEncode(pair.Value)));
}
