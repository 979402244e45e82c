using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>
/// Files of inbound messages: a webhook names an id, the API gives an address for it that lasts five minutes and wants the token as well
/// (developers.facebook.com/docs/whatsapp/cloud-api/reference/media#retrieve-media-url).
/// </summary>
internal sealed partial class WhatsAppCloudProvider : IMediaSource
{
    public IReadOnlyList<string> MediaHosts { get; } = ["*.fbsbx.com", "*.fbcdn.net", "*.whatsapp.net"];

    public async Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken)
    {
        if (!source.StartsWith(WhatsAppContent.MediaPrefix, StringComparison.Ordinal)) return WithToken(channel, MediaLocation.Plain(source));
        string id = Uri.EscapeDataString(source[WhatsAppContent.MediaPrefix.Length..]);
        try
        {
            GraphAnswer answer = await _graph.GetAsync(
                $"{id}?phone_number_id={Uri.EscapeDataString(channel.Credential("phoneNumberId")!)}", Credentials(channel), cancellationToken);
            if (answer.IsSuccess && answer.Body?.Text("url") is { } url) return WithToken(channel, MediaLocation.Plain(url));
            return answer.Error switch
            {
                { Code: 33 or 100 or 131009 or 131052 } gone => new MediaLocation.Gone($"WhatsApp does not have the file any more: {gone.Message}"),
                { } error => new MediaLocation.Unavailable($"WhatsApp ({error.Code}): {error.Message}", answer.RetryAfter),
                null => new MediaLocation.Unavailable($"WhatsApp answered {(int)answer.Status}.", answer.RetryAfter),
            };
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new MediaLocation.Unavailable($"WhatsApp could not be asked for the file: {e.Message}");
        }
    }

    /// <summary>The token goes to Meta's own hosts alone.</summary>
    private MediaLocation WithToken(Channel channel, MediaLocation location) =>
        location is MediaLocation.At { Url: { } url } at && MayKnowToken(url)
            ? at with { Authorization = $"Bearer {channel.Credential("accessToken")}" }
            : location;

    private bool MayKnowToken(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps
            && (url.Host.EndsWith(".fbsbx.com", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".facebook.com", StringComparison.OrdinalIgnoreCase)))
        || (options.ProviderBaseUrls.TryGetValue("WhatsAppCloud", out Uri? own) && own.Authority == url.Authority);
}
