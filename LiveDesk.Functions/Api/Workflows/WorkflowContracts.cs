using System.Text.Json.Serialization;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workflows;

namespace LiveDesk.Functions.Api.Workflows;

internal sealed record WorkflowRequest
{
    public required string Name { get; init; }
    public bool Active { get; init; } = true;
    public required TriggerRequest Trigger { get; init; }
    public MatchConditions Match { get; init; } = new();
    public required IReadOnlyList<StepRequest> Steps { get; init; }
}

internal sealed record TriggerRequest
{
    public required string Event { get; init; }
    public string? Source { get; init; }
    public bool OncePerContact { get; init; }
}

internal sealed record StepTemplate
{
    public required string Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Language { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyDictionary<string, string>? Variables { get; init; }
}

/// <summary>A step is answered with the fields that it has, as it was sent.</summary>
internal sealed record StepRequest
{
    public required WorkflowAction Do { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AgentId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TeamId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AiAgentId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ChannelId? ChannelId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Category { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Summary { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Text { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public StepTemplate? Template { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Tag { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TimeSpan? For { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Url { get; init; }

    public static StepRequest Of(WorkflowStep step) => new()
    {
        Do = step.Do,
        AgentId = step.AgentId,
        TeamId = step.TeamId,
        AiAgentId = step.AiAgentId,
        ChannelId = step.ChannelId,
        Category = step.Category,
        Summary = step.Summary,
        Text = step.Text,
        Template = step.Template is { } t ? new StepTemplate { Name = t.Name, Language = t.Language, Variables = t.Variables.Count > 0 ? t.Variables : null } : null,
        Tag = step.Tag,
        For = step.For,
        Url = step.Url?.OriginalString,
    };

    public WorkflowStep ToStep() => new()
    {
        Do = Do,
        AgentId = AgentId,
        TeamId = TeamId,
        AiAgentId = AiAgentId,
        ChannelId = ChannelId,
        Category = Category,
        Summary = Summary,
        Text = Text,
        Template = Template is { } t ? new TemplateContent(t.Name, t.Language, t.Variables ?? new Dictionary<string, string>()) : null,
        Tag = Tag?.Trim(),
        For = For,
        Url = Url is null ? null : new Uri(Url),
    };
}

internal sealed record WorkflowView(
    string Id, string Name, bool Active, TriggerRequest Trigger, MatchConditions Match, IReadOnlyList<StepRequest> Steps, DateTimeOffset CreatedAt);
