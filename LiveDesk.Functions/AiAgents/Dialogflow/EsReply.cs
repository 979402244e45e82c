using System.Text.Json;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>The <c>queryResult</c> of Dialogflow ES. In proto3's JSON an absent member has its default value.</summary>
internal static class EsReply
{
    public static AiAnswer Read(JsonElement result)
    {
        JsonElement intent = result.Member("intent");
        bool fallback = intent.ValueKind != JsonValueKind.Object || intent.IsTrue("isFallback");
        if (!fallback && Certainty.TooLow(result.Number("intentDetectionConfidence")) is { } unsure) return unsure;

        // Messages with a platform are for other channels.
        JsonElement[] messages = [.. result.Member("fulfillmentMessages").Items().Where(m => m.Text("platform") is null or "PLATFORM_UNSPECIFIED")];
        string text = string.Join('\n', messages.Select(Words).OfType<string>());
        if (text.Length == 0) text = result.Text("fulfillmentText") ?? "";

        var flags = new RbParameters();
        if (IsComplete(result)) flags.Take(result.Member("parameters"));
        foreach (JsonElement message in messages) flags.Take(message.Member("payload"));
        if (intent.IsTrue("liveAgentHandoff")) flags.HandOff("Dialogflow asks for a person.");
        return new AiAnswer.Said(text, flags.Effects(), Understood: !fallback);
    }

    private static string? Words(JsonElement message)
    {
        if (message.Has("text")) return Lines(message.Member("text").Member("text"));
        JsonElement choice = message.Member("quickReplies");
        if (choice.ValueKind != JsonValueKind.Object) return null;
        string?[] lines = [choice.Text("title"), .. choice.Member("quickReplies").Items().Select(r => r.AsText() is { } reply ? $"• {reply}" : null)];
        return string.Join('\n', lines.OfType<string>()) is { Length: > 0 } words ? words : null;
    }

    private static string? Lines(JsonElement texts) =>
        string.Join('\n', texts.Items().Select(t => t.AsText()).OfType<string>()) is { Length: > 0 } words ? words : null;

    /// <summary>
    /// While Dialogflow still asks for required parameters, the constants of the intent are there already but do not hold yet. Then the flag is
    /// false, which proto3 may leave out, and what is not known yet is empty.
    /// </summary>
    private static bool IsComplete(JsonElement result)
    {
        JsonElement all = result.Member("allRequiredParamsPresent");
        if (all.ValueKind is JsonValueKind.True or JsonValueKind.False) return all.ValueKind == JsonValueKind.True;
        JsonElement parameters = result.Member("parameters");
        return parameters.ValueKind != JsonValueKind.Object || !parameters.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.String && p.Value.AsText() is null);
    }
}
