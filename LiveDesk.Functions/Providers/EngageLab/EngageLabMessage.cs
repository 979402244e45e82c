using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>The body of <c>POST /v1/messages</c>. One recipient only: with several, one id would stand for all of them.</summary>
internal static class EngageLabMessage
{
    /// <summary>The member of <c>custom_args</c> that carries our message id.</summary>
    public const string MessageArgument = "m";

    private static readonly HashSet<string> Images = ["image/jpeg", "image/png"];
    private static readonly HashSet<string> Videos = ["video/mp4", "video/3gpp"];
    private static readonly HashSet<string> Audios = ["audio/aac", "audio/mp4", "audio/amr", "audio/mpeg", "audio/ogg"];

    public static JsonObject Of(OutboundMessage message) => new()
    {
        ["from"] = message.Channel.PhoneNumber!.Value.ToString(),
        ["to"] = new JsonArray(E164.TryParse(message.To.Address, out E164 number) ? number.Digits : message.To.Address),
        ["body"] = Body(message),
        ["request_id"] = message.Message.Id.Value,
        ["custom_args"] = new JsonObject { [MessageArgument] = message.Message.Id.Value },
    };

    /// <summary>What EngageLab could not carry whole.</summary>
    public static SendOutcome.Refused? Refused(OutboundMessage message)
    {
        bool hasText = !string.IsNullOrEmpty(message.Message.Content.Text);
        (string Code, string Words)? failure = message switch
        {
            _ when message.Message.Content.Template is not null => null,
            { Media.Count: 0 } when !hasText => ("content_refused", "There is neither text nor file in the message."),
            { Media.Count: > 1 } => ("media_refused", "WhatsApp carries one file a message. Send them one by one."),
            { Media: [var file] } when hasText && TypeOf(file) == "audio" => ("content_refused", "WhatsApp carries no text with audio. Send it by itself."),
            _ => null,
        };
        return failure is { } found ? new SendOutcome.Refused(new DeliveryFailure(found.Code, null, found.Words)) : null;
    }

    private static JsonObject Body(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        if (content.Template is { } template) return new JsonObject { ["type"] = "template", ["template"] = Template(template) };
        if (message.Media is not [var file]) return new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = content.Text } };
        string type = TypeOf(file);
        var media = new JsonObject { ["link"] = file.Url.AbsoluteUri };
        if (content.Text is { Length: > 0 } caption) media["caption"] = caption;
        if (type == "document" && file.Attachment.FileName is { } name) media["filename"] = name;
        return new JsonObject { ["type"] = type, [type] = media };
    }

    /// <summary>Unlike Meta's, EngageLab's language is plain text.</summary>
    private static JsonObject Template(TemplateContent template)
    {
        var body = new JsonObject { ["name"] = template.Name };
        if (template.Language is { } language) body["language"] = language;
        if (template.Variables.Count > 0)
        {
            JsonNode[] parameters = [.. InOrder(template.Variables).Select(value => new JsonObject { ["type"] = "text", ["text"] = value })];
            body["components"] = new JsonArray(new JsonObject { ["type"] = "body", ["parameters"] = new JsonArray(parameters) });
        }
        return body;
    }

    /// <summary>Parameters have no names on the wire: 1, 2 ... 10 by number.</summary>
    private static IEnumerable<string> InOrder(IReadOnlyDictionary<string, string> variables) => variables
        .OrderBy(v => int.TryParse(v.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue)
        .ThenBy(v => v.Key, StringComparer.Ordinal)
        .Select(v => v.Value);

    private static string TypeOf(OutboundMedia file) => FileGuess.Plain(file.Attachment.ContentType) switch
    {
        var type when Images.Contains(type) => "image",
        var type when Videos.Contains(type) => "video",
        var type when Audios.Contains(type) => "audio",
        _ => "document",
    };
}
