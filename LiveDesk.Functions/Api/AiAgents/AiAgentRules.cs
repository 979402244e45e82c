using System.Text.Json;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.AiAgents;

internal sealed class AiAgentRules(Uses uses, ISecretProtector protector, GuardedHttp http) : ResourceRules<AiAgent, AiAgentRequest, AiAgentView>
{
    private const int MaximumInstructions = 20_000;
    private const int MaximumTurns = 100;
    private const int MaximumSecret = 8_192;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    public override string Path => "ai-agents";

    public override string Noun => "ai_agent";

    public override string IdPrefix => "ai";

    public override int Maximum => 200;

    public override string NameOf(AiAgent value) => value.Name;

    public override AiAgentView View(AiAgent value) => AiAgentView.Of(value);

    public override AiAgentRequest RequestOf(AiAgent value)
    {
        AiAgentView view = AiAgentView.Of(value);
        return new AiAgentRequest
        {
            Name = view.Name,
            Kind = view.Kind,
            Model = view.Model,
            BaseUrl = view.BaseUrl?.OriginalString,
            ApiKey = view.ApiKey,
            Instructions = view.Instructions,
            MaxTurns = view.MaxTurns,
            Timeout = view.Timeout,
            ProjectId = view.ProjectId,
            Location = view.Location,
            AgentId = view.AgentId,
            Credentials = view.Credentials is { } masked ? JsonSerializer.SerializeToElement(masked) : null,
        };
    }

    public override Task<Result<AiAgent>> BuildAsync(ResourceDraft draft, AiAgentRequest request, AiAgent? before, CancellationToken cancellationToken) =>
        Task.FromResult(Build(draft, request, before));

    public override Task<Refusal?> InUseAsync(AiAgent value, CancellationToken cancellationToken) =>
        uses.OfAiAgentAsync(value.Workspace, value.Id, cancellationToken);

    public override WorkItem LeftBehind(AiAgent value) => new AiAgentGoneWork(value.Workspace, value.Id);

    private Result<AiAgent> Build(ResourceDraft draft, AiAgentRequest request, AiAgent? before)
    {
        if (before is not null && before.AgentKind != request.Kind)
            return Refusal.Rule("immutable", "The kind of an AI agent never changes. Create another one.", "kind");
        List<FieldError> errors = [];
        errors.Name("name", request.Name);
        errors.AtMost("instructions", request.Instructions, MaximumInstructions);
        errors.Between("timeout", request.Timeout, ShortestTimeout, LongestTimeout);
        if (request.MaxTurns is < 1 or > MaximumTurns) errors.Add(new FieldError("maxTurns", $"1 to {MaximumTurns}."));
        Uri? baseUrl = request.BaseUrl is { } url ? errors.Url("baseUrl", url, http) : null;
        CheckKind(request, errors);
        string? secret = Secret(request, errors);
        if (errors.Count > 0) return Refusal.Malformed(errors);
        var agent = new AiAgent
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Name = request.Name.Trim(),
            AgentKind = request.Kind,
            Model = request.Model?.Trim(),
            BaseUrl = baseUrl,
            Instructions = request.Instructions,
            MaxTurns = request.MaxTurns,
            Timeout = request.Timeout,
            ProjectId = request.ProjectId,
            Location = request.Location,
            DialogflowAgentId = request.AgentId,
        };
        return agent with
        {
            ProtectedSecret = secret == AiAgentView.Masked ? before?.ProtectedSecret : secret is null ? null : protector.Protect(secret, agent.SecretPurpose),
        };
    }

    private static void CheckKind(AiAgentRequest request, List<FieldError> errors)
    {
        bool gpt = request.Kind == AiAgentKind.Gpt;
        void Only(bool here, string field, bool given)
        {
            if (!here && given) errors.Add(new FieldError(field, $"Only for the kind {(gpt ? "dialogflow" : "gpt")}."));
        }
        if (gpt) errors.Name("model", request.Model ?? "");
        else if (!IsPathPart(request.ProjectId)) errors.Add(new FieldError("projectId", "The Google Cloud project: letters, digits and hyphens."));
        Only(gpt, "model", request.Model is not null);
        Only(gpt, "apiKey", request.ApiKey is not null);
        Only(!gpt, "projectId", request.ProjectId is not null);
        Only(!gpt, "location", request.Location is not null);
        Only(!gpt, "agentId", request.AgentId is not null);
        Only(!gpt, "credentials", request.Credentials is { ValueKind: not JsonValueKind.Null });
        if (!gpt && request.Location is { } location && !IsPathPart(location)) errors.Add(new FieldError("location", "A region, such as europe-west1."));
        if (!gpt && request.AgentId is { } id && !IsPathPart(id)) errors.Add(new FieldError("agentId", "The agent's id: letters, digits and hyphens."));
    }

    /// <summary>These become parts of a URL.</summary>
    private static bool IsPathPart(string? text) => text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Secret(AiAgentRequest request, List<FieldError> errors)
    {
        if (request.Kind == AiAgentKind.Gpt)
        {
            if (request.ApiKey is { } key && (key.Length is 0 or > MaximumSecret || !key.All(c => c is > ' ' and <= '~')))
                errors.Add(new FieldError("apiKey", $"1 to {MaximumSecret} printable ASCII characters without spaces."));
            return request.ApiKey;
        }
        string? text = request.Credentials switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } given => given.GetString(),
            { ValueKind: JsonValueKind.Object } given => given.GetRawText(),
            _ => "",
        };
        if (text is not null && text != AiAgentView.Masked && (text.Length > MaximumSecret || !IsServiceAccount(text)))
            errors.Add(new FieldError("credentials", "Must be the JSON of a Google service account, with client_email and private_key."));
        return text;
    }

    private static bool IsServiceAccount(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("client_email", out JsonElement email) && email.ValueKind == JsonValueKind.String
                && document.RootElement.TryGetProperty("private_key", out JsonElement key) && key.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
