using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>
/// The body of <c>POST /{phone-number-id}/messages</c>
/// (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages), or why there cannot be one.
/// </summary>
internal sealed record WhatsAppBody(JsonObject? Json, DeliveryFailure? Refused)
{
    private const int MaximumCaption = 1_024;

    public static WhatsAppBody Of(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        if (content.Kind == MessageKind.Reaction) return Reaction(message);
        if (content.Template is { } template) return Template(message, template);
        if (message.Media.Count > 0) return Media(message);
        if (content.Location is { } place) return new WhatsAppBody(Envelope(message, "location", Place(place)), null);
        return content.Text is { Length: > 0 } text
            ? new WhatsAppBody(Envelope(message, "text", new JsonObject { ["body"] = text, ["preview_url"] = HasLink(text) }), null)
            : No("content_refused", "The message is empty.");
    }

    private static WhatsAppBody Reaction(OutboundMessage message) => message.ReplyToProviderId is { } id
        ? new WhatsAppBody(
            Envelope(message, "reaction", new JsonObject { ["message_id"] = id, ["emoji"] = message.Message.Content.Text ?? "" }, quotes: false), null)
        : No("content_refused", "WhatsApp does not know the message that this reacts to.");

    private static WhatsAppBody Media(OutboundMessage message)
    {
        if (message.Media.Count > 1) return No("media_refused", "WhatsApp takes one file a message. Send the files one by one.");
        OutboundMedia file = message.Media[0];
        string? caption = message.Message.Content.Text is { Length: > 0 } text ? text : null;
        string kind = KindOf(ContentType(file), caption is not null);
        if (caption?.Length > MaximumCaption)
            return No("text_too_long", $"The text beside a file has at most {MaximumCaption} characters. Send it as a message of its own.");
        if (kind == "audio" && caption is not null) return No("content_refused", "WhatsApp takes no text beside audio. Send it as a message of its own.");

        var media = new JsonObject { ["link"] = file.Url.AbsoluteUri };
        if (caption is not null) media["caption"] = caption;
        if (kind == "document" && file.Attachment.FileName is { Length: > 0 } name) media["filename"] = name;
        if (kind == "audio" && message.Message.Content.Kind == MessageKind.Voice) media["voice"] = true;
        return new WhatsAppBody(Envelope(message, kind, media), null);
    }

    /// <summary>What WhatsApp shows as such; any other type goes as a document.</summary>
    private static string KindOf(string contentType, bool hasCaption) => contentType switch
    {
        "image/jpeg" or "image/png" => "image",
        "image/webp" when !hasCaption => "sticker",
        "video/mp4" or "video/3gpp" => "video",
        "audio/aac" or "audio/mp4" or "audio/mpeg" or "audio/amr" or "audio/ogg" => "audio",
        _ => "document",
    };

    private static string ContentType(OutboundMedia file) => file.Attachment.ContentType.Split(';')[0].Trim().ToLowerInvariant();

    private static WhatsAppBody Template(OutboundMessage message, TemplateContent template)
    {
        if (template.Language is not { Length: > 0 } language)
            return No("template_refused", "A WhatsApp template needs a language, such as es or en_US.");
        var components = new JsonArray();
        if (message.Media is [{ } file, ..])
        {
            string kind = KindOf(ContentType(file), hasCaption: true);
            components.Add(Component("header", new JsonObject { ["type"] = kind, [kind] = new JsonObject { ["link"] = file.Url.AbsoluteUri } }));
        }
        JsonNode[] variables = [.. Variables(template.Variables)];
        if (variables.Length > 0) components.Add(Component("body", variables));

        var body = new JsonObject { ["name"] = template.Name, ["language"] = new JsonObject { ["code"] = language } };
        if (components.Count > 0) body["components"] = components;
        return new WhatsAppBody(Envelope(message, "template", body), null);
    }

    /// <summary>Numbered variables go by their numbers; names go along with named ones.</summary>
    private static IEnumerable<JsonNode> Variables(IReadOnlyDictionary<string, string> variables)
    {
        bool numbered = variables.Keys.All(k => int.TryParse(k, out _));
        if (numbered)
            return variables.OrderBy(v => int.Parse(v.Key, System.Globalization.CultureInfo.InvariantCulture))
                .Select(v => new JsonObject { ["type"] = "text", ["text"] = v.Value });
        return variables.Select(v => new JsonObject { ["type"] = "text", ["parameter_name"] = v.Key, ["text"] = v.Value });
    }

    private static JsonObject Component(string type, params JsonNode[] parameters) =>
        new() { ["type"] = type, ["parameters"] = new JsonArray(parameters) };

    private static JsonObject Place(Location place)
    {
        var json = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        if (place.Name is { } name) json["name"] = name;
        if (place.Address is { } address) json["address"] = address;
        return json;
    }

    private static JsonObject Envelope(OutboundMessage message, string type, JsonObject content, bool quotes = true)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
        };
        // A customer without a visible number is written to by the business-scoped user id.
        if (message.To.Number is { } number) body["to"] = number.Digits;
        else body["recipient"] = message.To.Address;
        body["type"] = type;
        body[type] = content;
        if (quotes && message.ReplyToProviderId is { } quoted) body["context"] = new JsonObject { ["message_id"] = quoted };
        body["biz_opaque_callback_data"] = message.Message.Id.Value;
        return body;
    }

    private static bool HasLink(string text) =>
        text.Contains("https://", StringComparison.OrdinalIgnoreCase) || text.Contains("http://", StringComparison.OrdinalIgnoreCase);

    private static WhatsAppBody No(string code, string words) => new(null, new DeliveryFailure(code, null, words));
}
