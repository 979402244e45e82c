using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Gpt;

/// <summary>What the refusals of a chat-completions endpoint mean (platform.openai.com/docs/guides/error-codes).</summary>
internal static partial class GptErrors
{
    /// <summary>Too many requests, overload, no connection. An empty account does not fill itself within a minute, though it answers 429 as well.</summary>
    public static bool Passes(AiHttpAnswer answer) => !answer.Forbidden
        && (answer.Status is 0 or 408 or 409 or >= 500 || (answer.Status == 429 && !IsQuota(answer)));

    /// <summary>Null if it is not about the form of the request.</summary>
    public static GptObjection? Objection(AiHttpAnswer answer)
    {
        if (answer.Status is not (400 or 413 or 422)) return null;
        JsonElement error = answer.Body.Member("error");
        string text = $"{error.Text("code")} {error.Text("param")} {Message(answer)}";
        if (text.Contains("context_length_exceeded", StringComparison.Ordinal)
            || text.Contains("maximum context length", StringComparison.OrdinalIgnoreCase)) return GptObjection.TooLong;
        return text.Contains("max_tokens", StringComparison.Ordinal) || text.Contains("max_completion_tokens", StringComparison.Ordinal)
            ? GptObjection.TokenLimitName
            : null;
    }

    public static AiAnswer.Failed Failed(AiHttpAnswer answer)
    {
        bool setUp = answer.Forbidden || answer.Status is 400 or 401 or 403 or 404 or 405 or 422 || (answer.Status is >= 300 and < 400) || IsQuota(answer);
        string detail = answer.Trouble ?? $"The model's endpoint answered {answer.Status}{Code(answer)}.";
        return new AiAnswer.Failed(setUp ? HandOffReason.Misconfigured : HandOffReason.Error, detail);
    }

    private static bool IsQuota(AiHttpAnswer answer)
    {
        JsonElement error = answer.Body.Member("error");
        return answer.Status == 429 && (error.Text("type") == "insufficient_quota"
            || error.Text("code") is "insufficient_quota" or "credit_balance_exhausted" or "organization_spend_limit_exceeded"
                or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded");
    }

    // Some servers write {"error":"text"} or {"detail":"text"}.
    private static string? Message(AiHttpAnswer answer) =>
        answer.Body.Member("error").Text("message") ?? answer.Body.Text("error") ?? answer.Body.Text("detail");

    /// <summary>The code only: a message may quote the key.</summary>
    private static string Code(AiHttpAnswer answer)
    {
        JsonElement error = answer.Body.Member("error");
        return (error.Text("code") ?? error.Text("type")) is { } code && Word().IsMatch(code) ? $" ({code})" : "";
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,60}$")]
    private static partial Regex Word();
}
