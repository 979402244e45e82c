using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>What the Cloud API refuses at once (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages).</summary>
internal sealed partial class CloudRules(CloudState state)
{
    private static readonly string[] Media = ["image", "video", "audio", "document", "sticker"];

    public GraphError? Check(CloudNumber number, JsonObject body)
    {
        if (Text(body, "messaging_product") != "whatsapp") return GraphError.Parameter("The parameter messaging_product is required.");
        if (Text(body, "to") is null && Text(body, "recipient") is null) return GraphError.Parameter("The parameter to is required.");
        if (Text(body, "to") is { } to && !Digits().IsMatch(to)) return GraphError.Parameter("Param to is not a valid WhatsApp number.");
        if (Text(body, "to")?.TrimStart('+') == number.PhoneNumber.TrimStart('+'))
            return new GraphError(400, 131021, "(#131021) Recipient cannot be sender");
        if (Text(body, "biz_opaque_callback_data")?.Length > 512) return GraphError.Parameter("Param biz_opaque_callback_data must be at most 512 characters.");
        if (body["context"] is JsonObject context && (Text(context, "message_id") is not { } quoted || !state.HasPassed(quoted)))
            return GraphError.Parameter("Param context.message_id is not a message of this conversation.");
        string type = Text(body, "type") ?? "text";
        if (body[type] is not JsonObject content) return GraphError.Parameter($"Param {type} is required.");
        return type switch
        {
            "text" => OfText(content),
            "template" => OfTemplate(content),
            "reaction" => Text(content, "message_id") is { } id && state.HasPassed(id)
                ? null
                : new GraphError(400, 131009, "(#131009) Parameter value is not valid", Details: "The message to react to does not exist."),
            "location" => content["latitude"] is null || content["longitude"] is null ? GraphError.Parameter("latitude and longitude are required.") : null,
            "interactive" or "contacts" => null,
            _ when Media.Contains(type) => OfMedia(type, content),
            _ => GraphError.Parameter($"Param type must be one of the known types, not {type}."),
        };
    }

    private static GraphError? OfText(JsonObject text) => Text(text, "body") switch
    {
        null or "" => GraphError.Parameter("The parameter text['body'] is required."),
        { Length: > 4096 } => GraphError.Parameter("Param text['body'] must be at most 4096 characters long."),
        _ => null,
    };

    private GraphError? OfMedia(string type, JsonObject media)
    {
        string? id = Text(media, "id"), link = Text(media, "link");
        if ((id is null) == (link is null)) return GraphError.Parameter($"{type} takes exactly one of id and link.");
        if (id is not null && state.Media(id) is null) return GraphError.Parameter($"Param {type}['id'] is not a valid media id.");
        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
            return GraphError.Parameter($"Param {type}['link'] is not a valid URL.");
        if (Text(media, "caption") is { } caption)
        {
            if (type is "audio" or "sticker") return GraphError.Parameter($"{type} takes no caption.");
            if (caption.Length > 1024) return GraphError.Parameter("Param caption must be at most 1024 characters long.");
        }
        return Text(media, "filename") is not null && type != "document" ? GraphError.Parameter($"{type} takes no filename.") : null;
    }

    private GraphError? OfTemplate(JsonObject template)
    {
        string? name = Text(template, "name"), language = template["language"] is JsonObject code ? Text(code, "code") : null;
        if (name is null || language is null) return GraphError.Parameter("A template needs name and language.code.");
        if (state.Template(name, language) is not { Status: not ("PENDING" or "REJECTED") } known)
            return new GraphError(404, 132001, "(#132001) Template name does not exist in the translation", Details: $"template name ({name}) does not exist in {language}");
        if (known.Status == "PAUSED") return new GraphError(400, 132015, "(#132015) Template is paused");
        if (known.Status == "DISABLED") return new GraphError(400, 132016, "(#132016) Template is disabled");
        int expected = Placeholder().Matches(known.Body).Select(m => m.Value).Distinct().Count();
        int given = Parameters(template, "body").Count;
        if (given != expected)
            return new GraphError(400, 132000, "(#132000) Number of parameters does not match the expected number of params",
                Details: $"body: number of localizable_params ({given}) does not match the expected number of params ({expected})");
        bool needsHeader = known.Header is not null and not "TEXT";
        return needsHeader && Parameters(template, "header").Count != 1
            ? new GraphError(400, 132012, "(#132012) Parameter format does not match format in the created template", Details: $"header: {known.Header} expected")
            : null;
    }

    /// <summary>What a template reads like with its variables.</summary>
    public string? Rendered(JsonObject body)
    {
        if (body["template"] is not JsonObject template || template["language"] is not JsonObject language) return null;
        if (state.Template(Text(template, "name") ?? "", Text(language, "code") ?? "") is not { } known) return null;
        string text = known.Body;
        int number = 0;
        foreach (JsonNode? parameter in Parameters(template, "body"))
        {
            string name = parameter is JsonObject named && Text(named, "parameter_name") is { } given ? given : $"{++number}";
            text = text.Replace($"{{{{{name}}}}}", (string?)parameter?["text"] ?? "", StringComparison.Ordinal);
        }
        return text;
    }

    public static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonArray Parameters(JsonObject template, string component) =>
        (template["components"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(c => Text(c, "type") == component)?["parameters"] as JsonArray ?? [];

    [GeneratedRegex(@"^\+?\d{7,15}$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Placeholder();
}
