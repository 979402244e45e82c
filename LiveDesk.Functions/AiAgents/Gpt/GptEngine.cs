using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Gpt;

/// <summary>
/// Chat completions, which OpenAI and all compatible servers speak. A model that calls a tool without a word is told the outcome and asked once more
/// for its words; one that insists on a tool it was not given has failed.
/// </summary>
internal sealed class GptEngine(AiEndpoints endpoints, AiSecrets secrets, AiCalls calls) : IAiEngine
{
    private const string Standard = "https://api.openai.com/v1";

    /// <summary>Calls of the model for one answer, refusals of a request's details apart.</summary>
    private const int Rounds = 3;

    public AiAgentKind Kind => AiAgentKind.Gpt;

    public async Task<AiAnswer> AskAsync(AiQuestion question, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (endpoints.For(question.Agent, "OpenAi", Standard) is not { } endpoint)
            return new AiAnswer.Failed(HandOffReason.Misconfigured, "Its base URL is not encrypted (https).");
        if (!secrets.TryRead(question.Agent, out string? key))
            return new AiAnswer.Failed(HandOffReason.Misconfigured, "Its API key was encrypted under another key of the desk; set it again.");

        var dialogue = new GptDialogue(question, compatible: endpoint.IsOwn);
        var effects = new List<AiEffect>();
        bool warned = false;
        for (int round = 0; round < Rounds; round++)
        {
            AiHttpAnswer answer = await CallAsync(endpoint, key, dialogue, deadline, cancellationToken);
            if (!answer.IsSuccess) return GptErrors.Failed(answer);
            if (GptReply.Read(answer.Body) is not { } reply) return Broken("Its answer could not be read.");
            if (reply.Refusal is not null) return Broken("The model refused to answer.");

            List<JudgedCall> judged = [.. reply.Calls.Select(c => new JudgedCall(c, GptTools.Read(c, question.Categories)))];
            bool insists = judged.Any(j => j.Effect is null);
            effects.AddRange(judged.Select(j => j.Effect).OfType<AiEffect>());
            if (effects.Any(e => e is AiEffect.HandOff)) return new AiAnswer.Said(reply.Text, effects, reply.Cut);
            if (insists && warned) return Broken("The model insisted on a tool that it was not given, or called one wrongly.");
            if (!insists && (reply.Text is not null || effects.Any(e => e is AiEffect.Close))) return new AiAnswer.Said(reply.Text, effects, reply.Cut);
            if (judged.Count == 0) return Broken("The model gave an empty answer.");
            warned = insists;
            dialogue.Report(reply, judged);
        }
        return Broken("The model did not come to an answer.");
    }

    /// <summary>One answer; what the endpoint objects to in the request's details is changed once.</summary>
    private async Task<AiHttpAnswer> CallAsync(
        AiEndpoint endpoint, string? key, GptDialogue dialogue, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        AiHttpAnswer answer = await SendAsync(endpoint, key, dialogue, deadline, cancellationToken);
        return GptErrors.Objection(answer) is { } objection && dialogue.Amend(objection)
            ? await SendAsync(endpoint, key, dialogue, deadline, cancellationToken)
            : answer;
    }

    private Task<AiHttpAnswer> SendAsync(
        AiEndpoint endpoint, string? key, GptDialogue dialogue, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var url = new Uri(Versioned(endpoint.Base) + "/chat/completions");
        JsonObject body = dialogue.Body();
        return calls.AskAsync(endpoint.Client, () => Request(url, key, body, dialogue.RequestId), GptErrors.Passes, deadline, cancellationToken);
    }

    private static HttpRequestMessage Request(Uri url, string? key, JsonObject body, string requestId)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = ProviderCalls.Json(body) };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Client-Request-Id", requestId);
        return request;
    }

    /// <summary>A bare host means version 1; anything with a path says itself what it means.</summary>
    private static string Versioned(string baseUrl) => new Uri(baseUrl).AbsolutePath == "/" ? baseUrl + "/v1" : baseUrl;

    private static AiAnswer.Failed Broken(string detail) => new(HandOffReason.Error, detail);
}

/// <param name="Effect">Null if there is no such tool, or its arguments make no sense.</param>
internal sealed record JudgedCall(GptCall Call, AiEffect? Effect);
