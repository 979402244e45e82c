using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>Checks a detectIntent request as Google does (google/cloud/dialogflow/v2 and cx/v3 session.proto).</summary>
internal static class DetectIntentRules
{
    private const int LongestSession = 36;
    private const int LongestText = 256;

    private static readonly string[] Es = ["queryParams", "queryInput", "outputAudioConfig", "outputAudioConfigMask", "inputAudio"];
    private static readonly string[] Cx = ["queryParams", "queryInput", "outputAudioConfig"];

    public static GoogleError? Check(string session, JsonObject body, bool cx)
    {
        if (session.Length > LongestSession) return GoogleError.Argument($"Resource name has an invalid session id: at most {LongestSession} characters.");
        if (Unknown(body, cx ? Cx : Es) is { } unknown) return unknown;
        if (body["queryInput"] is not JsonObject input) return GoogleError.Argument("Input is not set: query_input is required.");
        if (Unknown(input, cx ? ["text", "intent", "audio", "event", "dtmf", "languageCode"] : ["audioConfig", "text", "event"]) is { } wrong) return wrong;
        if (input["text"] is not JsonObject text) return GoogleError.Argument("Input text not set.");
        if (Unknown(text, cx ? ["text"] : ["text", "languageCode"]) is { } more) return more;
        string words = text.Text("text") ?? "";
        if (words.Length == 0) return GoogleError.Argument("Input text not set.");
        if (words.Length > LongestText) return GoogleError.Argument($"Text length must not exceed {LongestText} bytes.");
        return string.IsNullOrEmpty((cx ? input : text).Text("languageCode"))
            ? GoogleError.Argument("com.google.apps.framework.request.BadRequestException: Invalid language_code.")
            : null;
    }

    private static GoogleError? Unknown(JsonObject body, string[] known) =>
        body.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } name
            ? GoogleError.Argument($"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.")
            : null;
}
