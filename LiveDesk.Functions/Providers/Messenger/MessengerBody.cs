using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Messenger;

/// <summary>
/// The body of <c>POST /{page-id}/messages</c> (developers.facebook.com/docs/messenger-platform/reference/send-api), or why there cannot be one.
/// </summary>
internal sealed record MessengerBody(JsonObject? Json, DeliveryFailure? Refused)
{
    public static MessengerBody Of(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        if (content.Template is not null) return No("template_refused", "Messenger has no such templates.");
        if (content.Kind == MessageKind.Reaction) return No("content_refused", "Messenger takes no reactions from a page.");
        if (message.Media.Count == 0)
            return content.Text is { Length: > 0 } text
                ? Yes(message, new JsonObject { ["text"] = text })
                : No("content_refused", "The message is empty.");
        if (message.Media.Count > 1) return No("media_refused", "Messenger takes one file a message. Send the files one by one.");
        if (content.Text is { Length: > 0 }) return No("content_refused", "Messenger takes no text beside a file. Send it as a message of its own.");
        return Yes(message, new JsonObject { ["attachment"] = Attachment(message.Media[0]) });
    }

    private static JsonObject Attachment(OutboundMedia file) => new()
    {
        ["type"] = file.Attachment.ContentType.Split('/')[0].ToLowerInvariant() switch
        {
            "image" => "image",
            "audio" => "audio",
            "video" => "video",
            _ => "file",
        },
        ["payload"] = new JsonObject { ["url"] = file.Url.AbsoluteUri, ["is_reusable"] = false },
    };

    /// <summary>The echo of the message brings our id back in <c>metadata</c>.</summary>
    private static MessengerBody Yes(OutboundMessage message, JsonObject content)
    {
        content["metadata"] = message.Message.Id.Value;
        var body = new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = message.To.Address },
            ["messaging_type"] = "RESPONSE",
            ["message"] = content,
        };
        if (message.ReplyToProviderId is { } quoted) body["reply_to"] = new JsonObject { ["mid"] = quoted };
        return new MessengerBody(body, null);
    }

    private static MessengerBody No(string code, string words) => new(null, new DeliveryFailure(code, null, words));
}
