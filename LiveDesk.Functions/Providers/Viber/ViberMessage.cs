using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>The body of <c>send_message</c>, and of the one message that may answer <c>conversation_started</c>.</summary>
internal static class ViberMessage
{
    public const int LongestText = 7_000;
    public const int LongestCaption = 512;

    private const int LongestSender = 28;
    private const long LargestPicture = 1024 * 1024;
    private const long LargestVideo = 26 * 1024 * 1024;

    private static readonly HashSet<string> Pictures = ["image/jpeg", "image/png", "image/gif"];

    public static JsonObject Of(OutboundMessage message)
    {
        JsonObject body = message.Media is [var file]
            ? File(message, file)
            : Text(message.Channel, message.Message.Content.Text!, message.Message.Id.Value);
        body["receiver"] = message.To.Address;
        body["min_api_version"] = 1;
        return body;
    }

    /// <param name="tracking">Comes back with the customer's next message.</param>
    public static JsonObject Text(Channel channel, string text, string tracking)
    {
        JsonObject body = New(channel, "text", tracking);
        body["text"] = Cut(text, LongestText);
        return body;
    }

    /// <summary>What Viber could not carry whole.</summary>
    public static SendOutcome.Refused? Refused(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        bool hasText = !string.IsNullOrEmpty(content.Text);
        (string Code, string Words)? failure = message switch
        {
            _ when content.Template is not null => ("template_refused", "Viber has no templates."),
            { Media.Count: 0 } when !hasText => ("content_refused", "There is neither text nor file in the message."),
            { Media.Count: > 1 } => ("media_refused", "Viber carries one file a message. Send them one by one."),
            { Media: [var file] } when hasText && TypeOf(file) != "picture" =>
                ("content_refused", "Viber carries text only with pictures of up to 1 MB. Send the text by itself."),
            { Media: [_] } when content.Text?.Length > LongestCaption => ("text_too_long", "Viber carries up to 512 characters with a picture."),
            { Media: [{ Attachment.Size: null } file] } when TypeOf(file) != "picture" => ("media_refused", "Viber wants the size of the file, which is not known."),
            _ => null,
        };
        return failure is { } found ? new SendOutcome.Refused(new DeliveryFailure(found.Code, null, found.Words)) : null;
    }

    private static JsonObject File(OutboundMessage message, OutboundMedia file)
    {
        string type = TypeOf(file);
        JsonObject body = New(message.Channel, type, message.Message.Id.Value);
        body["media"] = file.Url.AbsoluteUri;
        // A picture without words still has the member.
        if (type == "picture") body["text"] = message.Message.Content.Text ?? "";
        else body["size"] = file.Attachment.Size;
        if (type == "file") body["file_name"] = FileName(file.Attachment);
        return body;
    }

    private static JsonObject New(Channel channel, string type, string tracking) => new()
    {
        ["sender"] = new JsonObject { ["name"] = Cut(channel.Name, LongestSender) },
        ["tracking_data"] = tracking,
        ["type"] = type,
    };

    private static string TypeOf(OutboundMedia file) => (FileGuess.Plain(file.Attachment.ContentType), file.Attachment.Size) switch
    {
        (var type, null or <= LargestPicture) when Pictures.Contains(type) => "picture",
        ("video/mp4", <= LargestVideo) => "video",
        _ => "file",
    };

    // Viber knows a file by the extension of its name.
    private static string FileName(Attachment file)
    {
        string standard = FileNames.Standard(file.ContentType);
        string name = FileNames.Clean(file.FileName) ?? standard;
        return FileGuess.Extension(name).Length > 0 ? name : name + Path.GetExtension(standard);
    }

    /// <summary>By UTF-16 units, never through a character.</summary>
    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
