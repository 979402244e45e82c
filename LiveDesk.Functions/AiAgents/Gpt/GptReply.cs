using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Gpt;

/// <param name="Arguments">JSON as the model wrote it, or of kind Undefined.</param>
internal sealed record GptCall(string Id, string Name, string Arguments)
{
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = Arguments },
    };
}

/// <summary>A chat completion. Whether tools are called is told by the calls, not by <c>finish_reason</c>, which compatible servers fill at will.</summary>
/// <param name="Text">Null if there are no words.</param>
/// <param name="Refusal">Why the model does not answer, or that a filter took the answer.</param>
/// <param name="Cut">The model ran into the limit of tokens.</param>
internal sealed record GptReply(string? Text, IReadOnlyList<GptCall> Calls, string? Refusal, bool Cut)
{
    /// <returns>Null if this is no chat completion.</returns>
    public static GptReply? Read(JsonElement body)
    {
        JsonElement choice = body.Member("choices").Items() is [var first, ..] ? first : default;
        JsonElement message = choice.Member("message");
        if (message.ValueKind != JsonValueKind.Object) return null;
        string? finish = choice.Text("finish_reason");
        string? refusal = message.Text("refusal") ?? (finish == "content_filter" ? finish : null);
        GptCall[] calls = [.. message.Member("tool_calls").Items().Select(Call)];
        string? text = Content(message.Member("content"))?.Trim();
        return new GptReply(string.IsNullOrEmpty(text) ? null : text, calls, refusal, finish == "length");
    }

    /// <summary>Text, or a list of parts, as some servers write it.</summary>
    private static string? Content(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.Items().Select(part => part.Text("text")))
        : content.AsText();

    private static GptCall Call(JsonElement call, int index)
    {
        JsonElement function = call.Member("function");
        JsonElement arguments = function.Member("arguments");
        // OpenAI writes a string that holds JSON; some servers write the JSON itself.
        string text = arguments.ValueKind is JsonValueKind.Object ? arguments.GetRawText() : arguments.AsText() ?? "{}";
        return new GptCall(call.Text("id") ?? $"call_{index}", function.Text("name") ?? "", text);
    }
}
