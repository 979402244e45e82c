using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>The tools of a request: names, and schemas that are as strict as they say.</summary>
internal static partial class ToolRules
{
    public static OpenAiError? Check(JsonObject body)
    {
        if (body["tools"] is not { } tools) return body.ContainsKey("tool_choice") ? OpenAiError.Value("tool_choice", "'tool_choice' is only allowed when 'tools' are specified.") : null;
        if (tools is not JsonArray { Count: > 0 and <= 128 } list) return OpenAiError.OfType("tools", "an array of 1 to 128 tools");
        for (int i = 0; i < list.Count; i++)
            if (Tool(list[i], $"tools[{i}]") is { } wrong) return wrong;
        return body["tool_choice"] is null or JsonObject || body.Text("tool_choice") is "auto" or "none" or "required"
            ? null
            : OpenAiError.Value("tool_choice", "Invalid value: expected 'none', 'auto', 'required' or a named tool.");
    }

    private static OpenAiError? Tool(JsonNode? node, string at)
    {
        if (node is not JsonObject tool) return OpenAiError.OfType(at, "an object");
        if (tool.Text("type") != "function") return OpenAiError.Value($"{at}.type", "Invalid value: supported is 'function'.");
        if (tool["function"] is not JsonObject function) return OpenAiError.Missing($"{at}.function");
        if (function.Text("name") is not { } name) return OpenAiError.Missing($"{at}.function.name");
        if (!Name().IsMatch(name)) return OpenAiError.Value($"{at}.function.name", "Invalid name: expected a string that matches '^[a-zA-Z0-9_-]{1,64}$'.");
        if (function["parameters"] is not { } parameters) return null;
        if (parameters is not JsonObject schema || schema.Text("type") != "object")
            return OpenAiError.Value($"{at}.function.parameters", $"Invalid schema for function '{name}': schema must be a JSON Schema of 'type: \"object\"'.");
        bool strict = function["strict"] is JsonValue flag && flag.TryGetValue(out bool value) && value;
        return strict ? Strict(schema, name, at) : null;
    }

    private static OpenAiError? Strict(JsonObject schema, string name, string at)
    {
        string param = $"{at}.function.parameters";
        if (schema["additionalProperties"] is not JsonValue more || !more.TryGetValue(out bool allowed) || allowed)
            return OpenAiError.Value(param, $"Invalid schema for function '{name}': 'additionalProperties' is required to be supplied and to be false.");
        string[] properties = [.. (schema["properties"] as JsonObject ?? []).Select(p => p.Key)];
        string?[] required = [.. (schema["required"] as JsonArray ?? []).Select(r => (string?)r)];
        return properties.Order().SequenceEqual(required.Order())
            ? null
            : OpenAiError.Value(param, $"Invalid schema for function '{name}': 'required' is required to be an array including every key in properties.");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
