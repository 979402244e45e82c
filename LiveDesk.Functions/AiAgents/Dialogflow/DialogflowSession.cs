using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>Where the intent of one conversation's words is detected.</summary>
internal static class DialogflowSession
{
    /// <summary>Google's limit for a text (google.cloud.dialogflow.v2 <c>TextInput</c>).</summary>
    public const int LongestText = 256;

    /// <summary>Google's own host of a region; <c>global</c> and absent are the same.</summary>
    public static string Host(string? location) => Region(location) is { } region ? $"https://{region}-dialogflow.googleapis.com" : "https://dialogflow.googleapis.com";

    /// <summary>ES is version 2, CX is version 3 of the API.</summary>
    public static string Path(AiQuestion question)
    {
        string project = Uri.EscapeDataString(question.Agent.ProjectId ?? "");
        string? region = Region(question.Agent.Location);
        string session = Id(question);
        if (question.Agent.DialogflowAgentId is { } agent)
            return $"/v3/projects/{project}/locations/{Uri.EscapeDataString(region ?? "global")}/agents/{Uri.EscapeDataString(agent)}/sessions/{session}:detectIntent";
        string place = region is null ? "" : $"/locations/{Uri.EscapeDataString(region)}";
        return $"/v2/projects/{project}{place}/agent/sessions/{session}:detectIntent";
    }

    /// <summary>At most 36 characters, "preferably hashed"; the same for all of a conversation, so that contexts last as long as it.</summary>
    public static string Id(AiQuestion question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question.Conversation.Value)).AsSpan(0, 16));

    /// <summary>What the customer wrote, in one line and cut to what Dialogflow takes.</summary>
    public static string Text(AiQuestion question)
    {
        string text = string.Join(' ', question.Unanswered).ReplaceLineEndings(" ").Trim();
        if (text.Length <= LongestText) return text;
        return text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }

    private static string? Region(string? location) => location is null or "" or "global" ? null : location;
}
