using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>Dialogflow ES and CX by <c>detectIntent</c>. A call moves the session on, so it is repeated only where Google did not take it.</summary>
internal sealed partial class DialogflowEngine(AiEndpoints endpoints, AiSecrets secrets, GoogleTokens tokens, AiCalls calls) : IAiEngine
{
    private const string Provider = "Dialogflow";

    public AiAgentKind Kind => AiAgentKind.Dialogflow;

    public async Task<AiAnswer> AskAsync(AiQuestion question, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (question.Wordless) return new AiAnswer.Failed(HandOffReason.NotUnderstood, "Dialogflow reads text only.");
        if (!secrets.TryRead(question.Agent, out string? secret) || ServiceAccount.Read(secret) is not { } account)
            return new AiAnswer.Failed(HandOffReason.Misconfigured, "Its service account is missing or cannot be read.");
        if (endpoints.For(question.Agent, Provider, DialogflowSession.Host(question.Agent.Location)) is not { } endpoint)
            return new AiAnswer.Failed(HandOffReason.Misconfigured, "Its base URL is not encrypted (https).");

        for (bool anew = false; ; anew = true)
        {
            HttpClient google = endpoints.For(question.Agent with { BaseUrl = null }, Provider, ServiceAccount.TokenUri)!.Client;
            GoogleToken token = await tokens.GetAsync(account, google, anew, deadline, cancellationToken);
            if (token.Failure is { } failure) return failure;
            AiHttpAnswer answer = await calls.AskAsync(endpoint.Client, () => Request(endpoint, question, token.Token!), Passes, deadline, cancellationToken);
            // A token may end before its time, once.
            if (answer.Status == 401 && !anew) continue;
            return answer.IsSuccess ? Read(question, answer.Body) : Failed(answer);
        }
    }

    private static HttpRequestMessage Request(AiEndpoint endpoint, AiQuestion question, string token)
    {
        string language = question.Language is { } tag && LanguageTag().IsMatch(tag) ? tag.Replace('_', '-') : "en";
        var text = new JsonObject { ["text"] = DialogflowSession.Text(question) };
        var input = new JsonObject { ["text"] = text };
        // ES wants the language beside the text, CX beside the input.
        (question.Agent.DialogflowAgentId is null ? text : input)["languageCode"] = language;
        var body = new JsonObject
        {
            ["queryInput"] = input,
            ["queryParams"] = new JsonObject
            {
                ["payload"] = new JsonObject { ["conversationId"] = question.Conversation.Value, ["channel"] = question.ChannelType.ToString().ToLowerInvariant() },
            },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Base + DialogflowSession.Path(question))) { Content = ProviderCalls.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static AiAnswer Read(AiQuestion question, JsonElement body)
    {
        JsonElement result = body.Member("queryResult");
        if (result.ValueKind != JsonValueKind.Object) return new AiAnswer.Failed(HandOffReason.Error, "Dialogflow's answer could not be read.");
        return question.Agent.DialogflowAgentId is null ? EsReply.Read(result) : CxReply.Read(result);
    }

    /// <summary>As Google's own client: UNAVAILABLE, and what never arrived or was turned away at the door.</summary>
    private static bool Passes(AiHttpAnswer answer) => !answer.Forbidden && (answer.Untaken || answer.Status is 429 or 503);

    private static AiAnswer.Failed Failed(AiHttpAnswer answer)
    {
        bool setUp = answer.Forbidden || answer.Status is >= 300 and < 500 and not (408 or 429);
        string? status = answer.Body.Member("error").Text("status");
        string word = status is not null && StatusWord().IsMatch(status) ? $" ({status})" : "";
        return new AiAnswer.Failed(
            setUp ? HandOffReason.Misconfigured : HandOffReason.Error, answer.Trouble ?? $"Dialogflow answered {answer.Status}{word}.");
    }

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[A-Z_]{1,40}$")]
    private static partial Regex StatusWord();
}
