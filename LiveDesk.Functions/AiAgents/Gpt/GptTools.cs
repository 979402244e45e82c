using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Gpt;

/// <summary>The tools that a model is given. A call is believed only if it is of one of these and its arguments make sense.</summary>
internal static class GptTools
{
    public const string HandOff = "hand_off";
    public const string Close = "close";
    public const string AddTags = "add_tags";

    private const int LongestReason = 500;
    private const int LongestSummary = 2_000;
    private const int MostTags = 10;

    public static JsonArray Offer(IReadOnlyList<string> categories) =>
    [
        Tool(HandOff, "Give the conversation to a person: the customer asks for one, or you cannot help.",
            ("reason", Text("Why, in one sentence, for the person who takes over."))),
        Tool(Close, "End the conversation because the customer's matter is done.",
            ("summary", Text("What was asked and how it was settled, in one or two sentences.")),
            ("category", Category(categories))),
        Tool(AddTags, "Mark the conversation with short tags for the company's own use.",
            ("tags", new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } })),
    ];

    /// <returns>Null if there is no such tool, or the arguments are wrong.</returns>
    public static AiEffect? Read(GptCall call, IReadOnlyList<string> categories)
    {
        JsonElement arguments = JsonFields.Read(Encoding.UTF8.GetBytes(call.Arguments));
        if (arguments.ValueKind != JsonValueKind.Object) return null;
        switch (call.Name)
        {
            case HandOff:
                return new AiEffect.HandOff(Clip(String(arguments, "reason"), LongestReason));
            case Close when Clip(String(arguments, "summary"), LongestSummary) is { } summary:
                // A category that nobody offered says nothing; the summary still does.
                string? category = String(arguments, "category") is { } said
                    ? categories.FirstOrDefault(c => c.Equals(said.Trim(), StringComparison.OrdinalIgnoreCase))
                    : null;
                return new AiEffect.Close(new ClosingNote(category, summary));
            case AddTags:
                JsonElement tags = arguments.Member("tags");
                if (tags.ValueKind != JsonValueKind.Array || tags.GetArrayLength() is 0 or > MostTags) return null;
                return tags.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String)
                    ? new AiEffect.AddTags([.. tags.EnumerateArray().Select(t => t.AsText() ?? "")])
                    : null;
            default:
                return null;
        }
    }

    private static string? String(JsonElement arguments, string name) =>
        arguments.Member(name) is { ValueKind: JsonValueKind.String } text ? text.AsText() : null;

    private static string? Clip(string? text, int length)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>In the strict form: every property is required, and no other is known.</summary>
    private static JsonObject Tool(string name, string description, params (string Name, JsonObject Schema)[] parameters) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = name,
            ["description"] = description,
            ["parameters"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject([.. parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))]),
                ["required"] = new JsonArray([.. parameters.Select(p => (JsonNode?)p.Name)]),
                ["additionalProperties"] = false,
            },
            ["strict"] = true,
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Category(IReadOnlyList<string> categories)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "The category that fits, or null." };
        if (categories.Count > 0) schema["enum"] = new JsonArray([.. categories.Select(c => (JsonNode?)c), null]);
        return schema;
    }
}
