using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>An answer in the shape of OpenAI's.</summary>
internal static class Completion
{
    public static JsonObject Of(JsonObject request, OpenAiAnswer answer, DateTimeOffset now)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text, ["refusal"] = answer.Refusal, ["annotations"] = new JsonArray() };
        if (answer.ToolCalls.Count > 0) message["tool_calls"] = new JsonArray([.. answer.ToolCalls.Select(Call)]);
        int asked = request.ToJsonString().Length / 4;
        int said = (answer.Text?.Length ?? 40) / 4 + 1;
        return new JsonObject
        {
            ["id"] = "chatcmpl-" + Guid.NewGuid().ToString("N")[..29],
            ["object"] = "chat.completion",
            ["created"] = now.ToUnixTimeSeconds(),
            ["model"] = request.Text("model"),
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = message,
                ["logprobs"] = null,
                ["finish_reason"] = answer.FinishReason ?? (answer.ToolCalls.Count > 0 ? "tool_calls" : "stop"),
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = asked, ["completion_tokens"] = said, ["total_tokens"] = asked + said },
            ["service_tier"] = "default",
            ["system_fingerprint"] = "fp_simulator",
        };
    }

    private static JsonObject Call(ScriptedToolCall call) => new()
    {
        ["id"] = "call_" + Guid.NewGuid().ToString("N")[..24],
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = call.Name,
            ["arguments"] = call.Arguments is JsonValue text && text.GetValueKind() == JsonValueKind.String ? (string?)text : call.Arguments?.ToJsonString() ?? "{}",
        },
    };
}

/// <summary>What is answered without a script.</summary>
internal static class UsualAnswer
{
    private static readonly string[] WordsForAPerson = ["person", "human", "agent", "persona", "humano", "personne", "humain", "เจ้าหน้าที่"];

    public static OpenAiAnswer To(JsonObject request)
    {
        string said = request["messages"]!.AsArray().OfType<JsonObject>().LastOrDefault(m => m.Text("role") == "user")?.Text("content") ?? "";
        bool offered = request["tools"] is JsonArray tools && tools.Any(t => (string?)t?["function"]?["name"] == "hand_off");
        if (offered && WordsForAPerson.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return new OpenAiAnswer { ToolCalls = [new ScriptedToolCall { Name = "hand_off", Arguments = new JsonObject { ["reason"] = "The customer asks for a person." } }] };
        string last = said.Split('\n')[^1];
        return new OpenAiAnswer { Text = $"Thank you for your message: “{(last.Length <= 100 ? last : last[..100] + "…")}”. (A simulated model wrote this.)" };
    }
}
