using System.Text;
using LiveDesk.Domain.Channels;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>
/// Files of inbound messages: <c>MediaUrl{i}</c> answers with a redirect to a signed address of a CDN. The credentials go to Twilio alone, and only
/// matter if the account demands "HTTP auth for media" (twilio.com/docs/usage/security#protect-media).
/// </summary>
internal sealed partial class TwilioProvider : IMediaSource
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>
    /// One file a message, and text beside a picture only: WhatsApp drops it with anything else
    /// (twilio.com/docs/whatsapp/guidance-whatsapp-media-messages, twilio.com/docs/messaging/api/message-resource).
    /// </summary>
    private static readonly MediaLimits WhatsAppLimits = new(1,
    [
        new("image/jpeg image/png", 5 * Megabyte, MaximumCaption: 1_600),
        new("image/webp", 5 * Megabyte),
        new("audio/ogg audio/amr audio/3gpp audio/aac audio/mpeg audio/mp4", 16 * Megabyte),
        new("video/mp4", 16 * Megabyte),
        new("text/vcard application/pdf application/msword application/vnd.ms-excel application/vnd.ms-powerpoint", 16 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 16 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 16 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.presentationml.presentation", 16 * Megabyte),
    ]);

    /// <summary>MMS: 5 MB together for pictures, which Twilio fits to the carrier, 500 KB for other types (twilio.com/docs/sms/accepted-mime-types).</summary>
    private static readonly MediaLimits MmsLimits = new(10,
    [
        new("image/jpeg image/png image/gif", 5 * Megabyte, MaximumCaption: 1_600),
        new("audio/mpeg audio/ogg audio/wav audio/3gpp audio/amr audio/mp4 audio/aac", 500 * 1024, MaximumCaption: 1_600),
        new("video/mp4 video/3gpp video/quicktime video/webm", 500 * 1024, MaximumCaption: 1_600),
        new("text/vcard text/csv text/plain application/pdf", 500 * 1024, MaximumCaption: 1_600),
    ], MaximumTotal: 5 * Megabyte);

    public IReadOnlyList<string> MediaHosts { get; } = ["*.twilio.com", "*.twiliocdn.com", "*.amazonaws.com"];

    public Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken)
    {
        MediaLocation location = MediaLocation.Plain(source);
        if (location is MediaLocation.At { Url: { } url } at && MayKnowCredentials(url)) location = at with { Authorization = Basic(channel) };
        return Task.FromResult(location);
    }

    private bool MayKnowCredentials(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps && url.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase))
        || (options.ProviderBaseUrls.TryGetValue("Twilio", out Uri? own) && own.Authority == url.Authority);

    private static string Basic(Channel channel)
    {
        bool apiKey = channel.Flag("useApiKey");
        string? user = channel.Credential(apiKey ? "apiKeySid" : "accountSid");
        string? password = channel.Credential(apiKey ? "apiKeySecret" : "authToken");
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }
}
