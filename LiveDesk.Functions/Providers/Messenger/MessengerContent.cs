using System.Text.Json;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.Messenger;

/// <summary>What a message says: text, files, a place, a quick reply, a shared link.</summary>
internal static class MessengerContent
{
    private const int LongestRaw = 16_000;

    public static MessageContent Of(JsonElement message)
    {
        if (message.Flag("is_unsupported")) return Unsupported(message);
        string? text = message.Text("text");
        JsonElement[] shared = [.. message.Each("attachments")];
        Attachment[] files = [.. shared.Select((s, index) => File(s, index)).OfType<Attachment>()];
        Location? place = shared.Select(Place).FirstOrDefault(p => p is not null);
        Interaction? choice = message.Object("quick_reply")?.Text("payload") is { } payload ? new Interaction(payload, text) : null;
        text ??= shared.Select(Link).FirstOrDefault(link => link is not null);
        MessageKind? kind = choice is not null ? MessageKind.Interactive
            : place is not null ? MessageKind.Location
            : files.Length > 0 ? KindOf(shared.First(s => UsualType(s) is not null))
            : text is not null ? MessageKind.Text
            : null;
        if (kind is not { } known) return Unsupported(message);
        return new MessageContent
        {
            Kind = known,
            Text = text,
            Attachments = files,
            Location = place,
            Interaction = choice,
            Referral = message.Object("referral") is { } referral ? Referral(referral) : null,
        };
    }

    public static Referral Referral(JsonElement referral) => new(
        referral.Text("source"), referral.Text("ad_id") ?? referral.Object("product")?.Text("id"), referral.Text("referer_uri"),
        referral.Object("ads_context_data")?.Text("ad_title"), null, referral.Text("ref"));

    /// <summary>Messenger tells the kind, not the type; the file itself does.</summary>
    private static Attachment? File(JsonElement shared, int index)
    {
        string? type = UsualType(shared);
        if (type is null) return null;
        string id = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return shared.Object("payload")?.Text("url") is { } url
            ? new Attachment(id, type, AttachmentState.Pending, FileName: Name(url, shared), Source: url)
            : new Attachment(id, type, AttachmentState.Failed, Failure: "Messenger gave no address of the file.");
    }

    private static string? UsualType(JsonElement shared) => shared.Text("type") switch
    {
        "image" => "image/jpeg",
        "audio" => "audio/mp4",
        "video" or "reel" or "ig_reel" => "video/mp4",
        "file" => "application/octet-stream",
        _ => null,
    };

    private static MessageKind KindOf(JsonElement shared) => shared.Text("type") switch
    {
        "image" => MessageKind.Image,
        "audio" => MessageKind.Audio,
        "file" => MessageKind.Document,
        _ => MessageKind.Video,
    };

    private static string? Name(string url, JsonElement shared) =>
        shared.Text("type") == "file" && Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
        && Uri.UnescapeDataString(address.Segments[^1]) is { Length: > 0 and <= 255 } name && name != "/"
            ? name
            : null;

    private static Location? Place(JsonElement shared) =>
        shared.Text("type") == "location" && shared.Object("payload")?.Object("coordinates") is { } at
        && at.Number("lat") is { } latitude && at.Number("long") is { } longitude
            ? new Location(latitude, longitude, shared.Text("title"))
            : null;

    /// <summary>A shared link or post, put into words.</summary>
    private static string? Link(JsonElement shared)
    {
        if (UsualType(shared) is not null || shared.Text("type") == "location") return null;
        JsonElement payload = shared.Object("payload") ?? default;
        string?[] parts = [shared.Text("title") ?? payload.Text("title"), shared.Text("url") ?? payload.Text("url")];
        string words = string.Join(" ", parts.Where(p => p is not null));
        return words.Length == 0 ? null : words;
    }

    private static MessageContent Unsupported(JsonElement message)
    {
        string raw = message.GetRawText();
        return new MessageContent { Kind = MessageKind.Unsupported, Raw = raw.Length <= LongestRaw ? raw : raw[..LongestRaw] };
    }
}
