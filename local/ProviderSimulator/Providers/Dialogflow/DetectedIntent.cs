using System.Text.Json.Nodes;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>An answer in the shapes of the two versions. As proto3's JSON, without what has its default value.</summary>
internal static class DetectedIntent
{
    public static JsonObject Es(string project, string said, string language, DialogflowAnswer answer)
    {
        var messages = new JsonArray([.. answer.Texts.Select(text => (JsonNode)TextMessage(text))]);
        if (answer.Payload is { } payload) messages.Add((JsonNode)new JsonObject { ["payload"] = payload.DeepClone() });
        var intent = new JsonObject { ["name"] = $"projects/{project}/agent/intents/{Guid.NewGuid()}", ["displayName"] = answer.Intent };
        if (answer.Fallback) intent["isFallback"] = true;
        if (answer.LiveAgentHandoff) intent["liveAgentHandoff"] = true;
        var result = new JsonObject
        {
            ["queryText"] = said,
            ["languageCode"] = language,
            ["parameters"] = answer.Parameters?.DeepClone() ?? new JsonObject(),
            ["fulfillmentText"] = answer.Texts.Count > 0 ? answer.Texts[0] : null,
            ["fulfillmentMessages"] = messages,
            ["intent"] = intent,
            ["intentDetectionConfidence"] = answer.Confidence,
        };
        if (answer.AllRequiredParamsPresent) result["allRequiredParamsPresent"] = true;
        if (answer.Texts.Count == 0) result.Remove("fulfillmentText");
        return new JsonObject { ["responseId"] = Guid.NewGuid().ToString(), ["queryResult"] = result };
    }

    public static JsonObject Cx(string agent, string said, string language, DialogflowAnswer answer)
    {
        var messages = new JsonArray([.. answer.Texts.Select(text => (JsonNode)TextMessage(text))]);
        if (answer.Payload is { } payload) messages.Add((JsonNode)new JsonObject { ["payload"] = payload.DeepClone() });
        if (answer.LiveAgentHandoff) messages.Add((JsonNode)new JsonObject { ["liveAgentHandoff"] = new JsonObject { ["metadata"] = new JsonObject() } });
        var match = new JsonObject
        {
            ["resolvedInput"] = said,
            ["matchType"] = answer.Fallback ? "NO_MATCH" : "INTENT",
            ["confidence"] = answer.Confidence,
        };
        if (!answer.Fallback) match["intent"] = new JsonObject { ["name"] = $"{agent}/intents/{Guid.NewGuid()}", ["displayName"] = answer.Intent };
        return new JsonObject
        {
            ["responseId"] = Guid.NewGuid().ToString(),
            ["queryResult"] = new JsonObject
            {
                ["text"] = said,
                ["languageCode"] = language,
                ["parameters"] = answer.Parameters?.DeepClone() ?? new JsonObject(),
                ["responseMessages"] = messages,
                ["currentPage"] = new JsonObject { ["name"] = $"{agent}/flows/00000000-0000-0000-0000-000000000000/pages/START_PAGE", ["displayName"] = "Start Page" },
                ["match"] = match,
                ["intentDetectionConfidence"] = answer.Confidence,
            },
            ["responseType"] = "FINAL",
        };
    }

    private static JsonObject TextMessage(string text) => new() { ["text"] = new JsonObject { ["text"] = new JsonArray(text) } };
}
