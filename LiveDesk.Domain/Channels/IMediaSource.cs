namespace LiveDesk.Domain.Channels;

/// <summary>
/// How a provider hands over a customer's file. A provider whose messages bring files implements it beside <see cref="IProvider"/>; the
/// download itself (only https, only these hosts, never a private address, redirects checked one by one) is the desk's.
/// </summary>
public interface IMediaSource
{
    /// <summary>
    /// Hosts from which this provider's files come, those of redirects included: lower case, exact (<c>api.example.com</c>) or everything below
    /// (<c>*.example.com</c>, which is not <c>example.com</c> itself).
    /// </summary>
    IReadOnlyList<string> MediaHosts { get; }

    /// <summary>Where the file is now; one call to the provider at most, and no exception for what a provider or a network may do.</summary>
    /// <param name="source">What the parser put into the attachment's <c>Source</c>: an address, or an id of the provider's.</param>
    Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken);
}

/// <summary>Where a customer's file can be fetched.</summary>
public abstract record MediaLocation
{
    private MediaLocation()
    {
    }

    /// <param name="Authorization">The header's value for the first request; a redirect never gets it. Null: none.</param>
    /// <param name="FileName">If the provider tells it only here.</param>
    public sealed record At(Uri Url, string? Authorization = null, string? FileName = null) : MediaLocation;

    /// <summary>There is nothing to fetch, now or later.</summary>
    /// <param name="Reason">In words, for the person who reads the message.</param>
    public sealed record Gone(string Reason) : MediaLocation;

    /// <summary>The provider could not tell; to be asked again.</summary>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : MediaLocation;

    /// <summary>An address that needs no credentials; gone if it is none.</summary>
    public static MediaLocation Plain(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? new At(url)
            : new Gone("The provider gave no address for the file.");
}
