using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>Checks a chat-completions request as OpenAI does (CreateChatCompletionRequest of openai-openapi 2.3).</summary>
internal static class CompletionRules
{
    private static readonly HashSet<string> Known =
    [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stop",
        "stream", "user", "safety_identifier", "prompt_cache_key", "store", "metadata", "seed", "response_format", "frequency_penalty", "presence_penalty",
        "reasoning_effort", "service_tier", "logprobs", "top_logprobs", "logit_bias", "verbosity", "modalities", "stream_options", "prediction",
    ];

    public static OpenAiError? Check(JsonObject body)
    {
        if (body.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name)) is { } unknown) return OpenAiError.Unknown(unknown);
        if (string.IsNullOrEmpty(body.Text("model"))) return OpenAiError.Missing("model");
        if (body["messages"] is not JsonArray messages) return OpenAiError.Missing("messages");
        if (messages.Count == 0) return OpenAiError.Value("messages", "Invalid 'messages': empty array. Expected an array with minimum length 1.");
        return Limits(body) ?? MessageRules.Check(messages) ?? ToolRules.Check(body);
    }

    private static OpenAiError? Limits(JsonObject body)
    {
        bool old = body.ContainsKey("max_tokens");
        if (old && body.ContainsKey("max_completion_tokens"))
            return OpenAiError.Value("max_tokens", "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
        string name = old ? "max_tokens" : "max_completion_tokens";
        if (body[name] is { } limit && (limit.GetValueKind() != JsonValueKind.Number || limit.GetValue<JsonElement>() is var number && !(number.TryGetInt32(out int count) && count > 0)))
            return OpenAiError.OfType(name, "a positive integer");
        string model = body.Text("model")!;
        bool reasons = model.StartsWith("o1", StringComparison.Ordinal) || model.StartsWith("o3", StringComparison.Ordinal) || model.StartsWith("gpt-5", StringComparison.Ordinal);
        if (reasons && old) return OpenAiError.Unsupported("max_tokens", "max_completion_tokens");
        return body["temperature"] is { } heat && (heat.GetValueKind() != JsonValueKind.Number || heat.GetValue<JsonElement>().GetDouble() is < 0 or > 2)
            ? OpenAiError.OfType("temperature", "a number from 0 to 2")
            : null;
    }
}

/// <summary>The roles, what each must say, and that every tool call has its answer right behind it.</summary>
internal static class MessageRules
{
    public static OpenAiError? Check(JsonArray messages)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < messages.Count; i++)
        {
            string at = $"messages[{i}]";
            if (messages[i] is not JsonObject message) return OpenAiError.OfType(at, "an object");
            string? role = message.Text("role");
            if (role is not ("system" or "developer" or "user" or "assistant" or "tool")) return OpenAiError.Value($"{at}.role", $"Invalid value: '{role}'.");
            if (role == "tool")
            {
                if (message.Text("tool_call_id") is not { } id) return OpenAiError.Missing($"{at}.tool_call_id");
                if (!open.Remove(id))
                    return OpenAiError.Value($"{at}.role", "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.");
            }
            else if (open.Count > 0) return Unanswered(open);
            if (Content(message, role, at) is { } wrong) return wrong;
            if (message["tool_calls"] is { } calls)
            {
                if (role != "assistant") return OpenAiError.Unknown($"{at}.tool_calls");
                if (Calls(calls, at, open) is { } malformed) return malformed;
            }
        }
        return open.Count > 0 ? Unanswered(open) : null;
    }

    private static OpenAiError Unanswered(HashSet<string> open) => OpenAiError.Value("messages",
        $"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Without response: {string.Join(", ", open)}");

    private static OpenAiError? Content(JsonObject message, string role, string at) => message["content"] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => null,
        JsonArray { Count: > 0 } => null,
        null when role == "assistant" && message["tool_calls"] is JsonArray { Count: > 0 } => null,
        null => OpenAiError.Value($"{at}.content", $"Invalid value for 'content': expected a string, got null."),
        _ => OpenAiError.OfType($"{at}.content", "a string or an array of objects"),
    };

    private static OpenAiError? Calls(JsonNode calls, string at, HashSet<string> open)
    {
        if (calls is not JsonArray { Count: > 0 } list) return OpenAiError.OfType($"{at}.tool_calls", "an array with minimum length 1");
        foreach (JsonNode? node in list)
        {
            if (node is not JsonObject call || call.Text("id") is not { Length: > 0 } id || call.Text("type") != "function"
                || call["function"] is not JsonObject function || function.Text("name") is null || function.Text("arguments") is null)
                return OpenAiError.OfType($"{at}.tool_calls", "objects with id, type and function");
            open.Add(id);
        }
        return null;
    }
}
