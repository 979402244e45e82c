using System.Text.Json;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>What a customer sent. Files come as addresses that are good for about an hour.</summary>
internal static class ViberContent
{
    public static MessageContent Of(string token, JsonElement message)
    {
        string type = message.Text("type") ?? "none";
        string? text = message.Text("text");
        string? media = message.Text("media");
        return type switch
        {
            "text" when text is not null => MessageContent.OfText(text),
            "url" when media is not null => MessageContent.OfText(text is null || text == media ? media : $"{text}\n{media}"),
            // The file name of a picture says nothing.
            "picture" when media is not null => File(token, message, MessageKind.Image, ImageType(media), media, text, null),
            "video" when media is not null => File(token, message, MessageKind.Video, "video/mp4", media, text, message.Text("file_name")),
            "sticker" when media is not null => File(token, message, MessageKind.Image, "image/png", media, text, null),
            "file" or "audio" when media is not null => Document(token, message, media, text),
            "location" when Place(message.Member("location")) is { } place => new MessageContent { Kind = MessageKind.Location, Text = text, Location = place },
            "contact" => new MessageContent { Kind = MessageKind.Contacts, Text = Card(message.Member("contact")) ?? text },
            _ => new MessageContent { Kind = MessageKind.Unsupported, Text = text, Raw = type },
        };
    }

    private static MessageContent Document(string token, JsonElement message, string media, string? text)
    {
        string? name = message.Text("file_name");
        string type = FileGuess.OfName(name ?? media);
        return File(token, message, FileGuess.Kind(type), type, media, text, name);
    }

    private static MessageContent File(string token, JsonElement message, MessageKind kind, string contentType, string media, string? text, string? name)
    {
        long? size = message.Number("size") is >= 0 and < long.MaxValue and var bytes ? (long)bytes : null;
        return new MessageContent
        {
            Kind = kind,
            Text = text,
            Attachments = [new Attachment($"{token}-0", contentType, AttachmentState.Pending, size, name, media)],
        };
    }

    private static string ImageType(string media) =>
        FileGuess.OfName(media) is var type && type.StartsWith("image/", StringComparison.Ordinal) ? type : "image/jpeg";

    // Viber says lon, not lng.
    private static Location? Place(JsonElement location) =>
        location.Number("lat") is { } latitude && location.Number("lon") is { } longitude ? new Location(latitude, longitude, Address: location.Text("address")) : null;

    private static string? Card(JsonElement contact)
    {
        string text = $"{contact.Text("name")} {contact.Text("phone_number")}".Trim();
        return text.Length > 0 ? text : null;
    }
}
