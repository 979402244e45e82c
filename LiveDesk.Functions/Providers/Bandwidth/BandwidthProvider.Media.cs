using LiveDesk.Domain.Channels;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>
/// Files of an MMS lie at Bandwidth for 48 hours, behind the account's credentials
/// (dev.bandwidth.com/docs/messaging/media).
/// </summary>
internal sealed partial class BandwidthProvider : IMediaSource
{
    private const string Host = "messaging.bandwidth.com";

    /// <summary>What Bandwidth takes; a carrier may take less and says so in a receipt (4411).</summary>
    private const long LargestFile = 3_750_000;

    private static readonly MediaLimits Limits = new(10,
    [
        new("image/jpeg image/png image/gif", LargestFile, MaximumCaption: 2_048),
        new("audio/mpeg audio/amr audio/3gpp audio/mp4 audio/aac audio/wav", LargestFile, MaximumCaption: 2_048),
        new("video/mp4 video/3gpp video/quicktime video/mpeg", LargestFile, MaximumCaption: 2_048),
        new("text/vcard text/plain text/csv application/pdf", LargestFile, MaximumCaption: 2_048),
    ], MaximumTotal: LargestFile);

    public IReadOnlyList<string> MediaHosts { get; } = [Host];

    public Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken)
    {
        MediaLocation location = MediaLocation.Plain(source);
        if (location is MediaLocation.At { Url: { } url } at && MayKnowCredentials(url))
            location = at with { Authorization = ProviderCalls.Basic(channel.Credential("apiKey")!, channel.Credential("apiSecret")!).ToString() };
        return Task.FromResult(location);
    }

    private bool MayKnowCredentials(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps && string.Equals(url.Host, Host, StringComparison.OrdinalIgnoreCase)) || url.Authority == new Uri(_base).Authority;
}
