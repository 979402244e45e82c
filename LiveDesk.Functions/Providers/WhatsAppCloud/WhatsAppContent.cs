using System.Text.Json;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>What a message says. A kind that nobody knows is kept as it came, so that a person sees that something came.</summary>
internal static class WhatsAppContent
{
    /// <summary>Before a media id in <see cref="Attachment.Source"/>; its address is asked for when it is fetched, for it lasts five minutes.</summary>
    public const string MediaPrefix = "media:";

    private const int LongestRaw = 16_000;

    /// <summary>Kinds that are told by their member alone where the type is not written, as for places and contacts it sometimes is not.</summary>
    private static readonly string[] Kinds =
        ["text", "image", "sticker", "video", "audio", "voice", "document", "location", "contacts", "button", "interactive", "reaction", "order"];

    /// <returns>Null if the message says neither by its type nor by a member.</returns>
    public static string? TypeOf(JsonElement message) => message.Text("type") ?? Kinds.FirstOrDefault(kind => message.Has(kind));

    public static MessageContent Of(JsonElement message)
    {
        MessageContent content = TypeOf(message) switch
        {
            "text" => Text(message.Object("text")?.Text("body")),
            "image" => File(message, "image", MessageKind.Image, "image/jpeg"),
            "sticker" => File(message, "sticker", MessageKind.Image, "image/webp"),
            "video" => File(message, "video", MessageKind.Video, "video/mp4"),
            "audio" => File(message, "audio", message.Object("audio")?.Flag("voice") == true ? MessageKind.Voice : MessageKind.Audio, "audio/ogg"),
            "voice" => File(message, "voice", MessageKind.Voice, "audio/ogg"),
            "document" => File(message, "document", MessageKind.Document, "application/octet-stream"),
            "location" => Place(message.Object("location")),
            "contacts" => Cards(message),
            "button" => Choice(message.Object("button") is { } tap ? new Interaction(tap.Text("payload"), tap.Text("text")) : null),
            "interactive" => Choice(Reply(message.Object("interactive"))),
            "reaction" => new MessageContent { Kind = MessageKind.Reaction, Text = message.Object("reaction")?.Text("emoji") },
            "order" => Unsupported with { Text = message.Object("order")?.Text("text") },
            _ => Unsupported,
        };
        if (message.Object("referral") is { } referral) content = content with { Referral = Referral(referral) };
        return content.Kind == MessageKind.Unsupported ? content with { Raw = Raw(message) } : content;
    }

    private static MessageContent Unsupported { get; } = new() { Kind = MessageKind.Unsupported };

    private static MessageContent Text(string? body) => body is null ? Unsupported : MessageContent.OfText(body);

    private static MessageContent File(JsonElement message, string member, MessageKind kind, string usualType)
    {
        JsonElement file = message.Object(member) ?? default;
        string type = file.Text("mime_type") ?? usualType;
        string? source = file.Text("id") is { } id ? MediaPrefix + id : file.Text("url");
        var attachment = source is not null
            ? new Attachment(file.Text("id") ?? "0", type, AttachmentState.Pending, FileName: file.Text("filename"), Source: source)
            : new Attachment("0", type, AttachmentState.Failed, FileName: file.Text("filename"), Failure: Failure(message));
        return new MessageContent { Kind = kind, Text = file.Text("caption"), Attachments = [attachment] };
    }

    private static string Failure(JsonElement message) =>
        message.Each("errors").Select(WhatsAppNotices.Words).FirstOrDefault(w => w is not null) is { } why
            ? $"WhatsApp could not take the file: {why}"
            : "WhatsApp gave no file.";

    private static MessageContent Place(JsonElement? place) =>
        place?.Number("latitude") is { } latitude && place.Value.Number("longitude") is { } longitude
            ? new MessageContent
            {
                Kind = MessageKind.Location,
                Location = new Location(latitude, longitude, place.Value.Text("name"), place.Value.Text("address")),
            }
            : Unsupported;

    private static MessageContent Cards(JsonElement message)
    {
        string[] lines = [.. message.Each("contacts").Select(Card).Where(line => line.Length > 0)];
        return lines.Length == 0
            ? Unsupported
            : new MessageContent { Kind = MessageKind.Contacts, Text = string.Join('\n', lines), Raw = Raw(message) };
    }

    private static string Card(JsonElement card)
    {
        JsonElement name = card.Object("name") ?? default;
        string?[] parts =
        [
            name.Text("formatted_name") ?? name.Text("first_name"),
            card.Object("org")?.Text("company"),
            .. card.Each("phones").Select(p => p.Text("phone") ?? p.Text("wa_id")),
            .. card.Each("emails").Select(e => e.Text("email")),
        ];
        return string.Join(", ", parts.Where(p => p is not null));
    }

    private static MessageContent Choice(Interaction? choice) => choice is null
        ? Unsupported
        : new MessageContent { Kind = MessageKind.Interactive, Text = choice.Title, Interaction = choice };

    /// <summary>A button, a row of a list, a filled-in flow (whose answers are JSON inside a text), a permission to call.</summary>
    private static Interaction? Reply(JsonElement? interactive)
    {
        if (interactive is not { } reply || reply.Text("type") is not { } type || reply.Object(type) is not { } chosen) return null;
        return type switch
        {
            "button_reply" or "list_reply" => new Interaction(chosen.Text("id"), chosen.Text("title"), chosen.Text("description")),
            "nfm_reply" => new Interaction(chosen.Text("name"), chosen.Text("body"), chosen.Text("response_json")),
            "call_permission_reply" => new Interaction(type, chosen.Text("response")),
            _ => null,
        };
    }

    private static Referral Referral(JsonElement referral) => new(
        referral.Text("source_type"), referral.Text("source_id"), referral.Text("source_url"), referral.Text("headline"), referral.Text("body"),
        referral.Text("ctwa_clid"));

    private static string Raw(JsonElement message)
    {
        string raw = message.GetRawText();
        return raw.Length <= LongestRaw ? raw : raw[..LongestRaw];
    }
}
