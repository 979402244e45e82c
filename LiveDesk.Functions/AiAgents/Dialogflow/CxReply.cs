using System.Text.Json;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>The <c>queryResult</c> of Dialogflow CX.</summary>
internal static class CxReply
{
    public static AiAnswer Read(JsonElement result)
    {
        JsonElement match = result.Member("match");
        bool matched = match.Text("matchType") is not ("NO_MATCH" or "NO_INPUT");
        double? confidence = match.Number("confidence") ?? result.Number("intentDetectionConfidence");
        if (match.Text("matchType") == "INTENT" && Certainty.TooLow(confidence) is { } unsure) return unsure;

        IReadOnlyList<JsonElement> messages = result.Member("responseMessages").Items();
        string text = string.Join('\n', messages.SelectMany(m => m.Member("text").Member("text").Items()).Select(t => t.AsText()).OfType<string>());

        var flags = new RbParameters();
        // Parameters of CX last for the whole session, so a note among them would be written again at every turn.
        flags.Take(result.Member("parameters"), lasting: true);
        foreach (JsonElement message in messages) flags.Take(message.Member("payload"));
        if (messages.Any(m => m.Has("liveAgentHandoff"))) flags.HandOff("Dialogflow asks for a person.");
        return new AiAnswer.Said(text, flags.Effects(), Understood: matched);
    }
}
