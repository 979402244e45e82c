using System.Text.Json;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>What a customer sent: the member named like the type, in the form of Meta's Cloud API. What the desk cannot show is still shown to have come.</summary>
internal static class EngageLabContent
{
    /// <param name="id">The message's; attachments are named after it.</param>
    public static MessageContent Of(string id, string type, JsonElement message)
    {
        JsonElement part = message.Member(type);
        return type switch
        {
            "text" when part.Text("body") is { } text => MessageContent.OfText(text),
            "image" or "video" or "audio" or "voice" or "document" or "sticker" when part.ValueKind == JsonValueKind.Object => File(id, type, part),
            "button" => Choice(part.Text("payload"), part.Text("text"), null),
            "interactive" => Interactive(part),
            "location" when Place(part) is { } place => new MessageContent { Kind = MessageKind.Location, Location = place },
            "contacts" => new MessageContent { Kind = MessageKind.Contacts, Text = People(part) },
            "reaction" => new MessageContent { Kind = MessageKind.Reaction, Text = part.Text("emoji") },
            _ => new MessageContent { Kind = MessageKind.Unsupported, Raw = type },
        };
    }

    private static MessageContent File(string id, string type, JsonElement part)
    {
        string? url = part.Text("link") ?? part.Text("url");
        string contentType = part.Text("mime_type") ?? Guess(type, part.Text("filename") ?? url);
        var file = new Attachment(
            $"{new string([.. id.Where(char.IsAsciiLetterOrDigit)])}-0",
            contentType,
            url is null ? AttachmentState.Failed : AttachmentState.Pending,
            FileName: part.Text("filename"),
            Source: url ?? part.Text("id"),
            Failure: url is null ? "EngageLab sent no address for this file." : null);
        return new MessageContent { Kind = Kind(type, part, contentType), Text = part.Text("caption"), Attachments = [file] };
    }

    private static string Guess(string type, string? name) => FileGuess.OfName(name) is var guess && guess != FileGuess.Unknown ? guess : type switch
    {
        "image" => "image/jpeg",
        "sticker" => "image/webp",
        "video" => "video/mp4",
        "audio" or "voice" => "audio/ogg",
        _ => FileGuess.Unknown,
    };

    private static MessageKind Kind(string type, JsonElement part, string contentType) => type switch
    {
        "image" or "sticker" => MessageKind.Image,
        "video" => MessageKind.Video,
        "voice" => MessageKind.Voice,
        "audio" => part.IsTrue("voice") || FileGuess.Plain(contentType) == "audio/ogg" ? MessageKind.Voice : MessageKind.Audio,
        _ => MessageKind.Document,
    };

    private static MessageContent Interactive(JsonElement part)
    {
        JsonElement reply = part.Has("list_reply") ? part.Member("list_reply") : part.Member("button_reply");
        return reply.ValueKind == JsonValueKind.Object
            ? Choice(reply.Text("id"), reply.Text("title"), reply.Text("description"))
            : new MessageContent { Kind = MessageKind.Unsupported, Raw = $"interactive:{part.Text("type") ?? "none"}" };
    }

    private static MessageContent Choice(string? id, string? title, string? description) =>
        new() { Kind = MessageKind.Interactive, Text = title, Interaction = new Interaction(id, title, description) };

    private static Location? Place(JsonElement part) =>
        part.Number("latitude") is { } latitude && part.Number("longitude") is { } longitude
            ? new Location(latitude, longitude, part.Text("name"), part.Text("address"))
            : null;

    private static string? People(JsonElement contacts)
    {
        string text = string.Join('\n', contacts.Items().Select(c => string.Join(' ', (string?[])
            [c.Member("name").Text("formatted_name"), .. c.Member("phones").Items().Select(p => p.Text("phone") ?? p.Text("wa_id"))]).Trim()));
        return text.Length > 0 ? text : null;
    }
}
