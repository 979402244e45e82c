using System.Net;
using System.Net.Http.Headers;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Who answers a request: it decides what an error looks like.</summary>
internal enum AnsweredBy
{
    /// <summary>An operation of the API: every error is a problem.</summary>
    Api,

    /// <summary>The webhook door: providers read nothing but the status.</summary>
    Door,

    /// <summary>Whoever gets it: the path or method may reach no function at all.</summary>
    Anybody,
}

/// <summary>A request that must not get through.</summary>
/// <param name="Path">Path and query, sent as it stands.</param>
/// <param name="Statuses">What it may be answered with; empty: any error of the client's, or a success that changes nothing.</param>
internal sealed record HostileCase(string Name, HttpMethod Method, string Path, AnsweredBy By, params HttpStatusCode[] Statuses)
{
    public byte[]? Body { get; init; }

    /// <summary>Null: no Content-Type at all.</summary>
    public string? ContentType { get; init; } = "application/json";

    /// <summary>Null: no Authorization at all.</summary>
    public string? Authorization { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public HttpRequestMessage Request(Uri desk)
    {
        // Not canonicalised, so that tricks with dots and percent signs leave this machine as they are.
        var request = new HttpRequestMessage(
            Method, new Uri(desk.GetLeftPart(UriPartial.Authority) + Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }
        if (Authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        foreach ((string name, string value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public override string ToString() => $"{Name}: {Method} {(Path.Length > 160 ? Path[..160] + "..." : Path)}";
}
