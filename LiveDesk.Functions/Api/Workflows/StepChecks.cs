using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.Workflows;

/// <summary>A step has exactly the fields that what it does needs.</summary>
internal sealed class StepChecks(Existence existence, GuardedHttp http)
{
    private const int MaximumText = 4_096;
    private const int MaximumSummary = 10_000;
    private const int MaximumCategory = 200;
    private const int MaximumVariables = 50;

    public void Check(StepRequest step, string path, List<FieldError> errors)
    {
        IReadOnlyList<string> given = Given(step);
        (string[] one, string[] may) = Fields(step.Do);
        foreach (string field in given.Except(one).Except(may)) errors.Add(new FieldError($"{path}.{field}", "This step does not take it."));
        int chosen = given.Count(one.Contains);
        if (one.Length > 0 && chosen == 0)
            errors.Add(new FieldError($"{path}.{one[0]}", one.Length == 1 ? "This step needs it." : $"This step needs one of {string.Join(", ", one)}."));
        else if (chosen > 1) errors.Add(new FieldError($"{path}.{given.Last(one.Contains)}", $"Give one of {string.Join(", ", one)}."));
        CheckValues(step, path, errors);
    }

    /// <summary>Whether what the step names is there.</summary>
    public async Task<Refusal?> UnknownAsync(WorkspaceId workspace, StepRequest step, string path, CancellationToken cancellationToken) => step switch
    {
        { AgentId: { } id } => await existence.AgentAsync(workspace, id, $"{path}.agentId", cancellationToken),
        { TeamId: { } id } => await existence.TeamAsync(workspace, id, $"{path}.teamId", cancellationToken),
        { AiAgentId: { } id } => await existence.AiAgentAsync(workspace, id, $"{path}.aiAgentId", cancellationToken),
        { ChannelId: { } id } => await existence.ChannelAsync(workspace, id, $"{path}.channelId", cancellationToken),
        _ => null,
    };

    /// <returns>Of which exactly one is needed, and which may be there.</returns>
    private static (string[] One, string[] May) Fields(WorkflowAction action) => action switch
    {
        WorkflowAction.Assign => (["agentId", "teamId", "aiAgentId"], []),
        WorkflowAction.Open => (["channelId"], []),
        WorkflowAction.Close => ([], ["category", "summary"]),
        WorkflowAction.Send => (["text", "template"], []),
        WorkflowAction.AddTag or WorkflowAction.RemoveTag => (["tag"], []),
        WorkflowAction.Wait => (["for"], []),
        WorkflowAction.Webhook => (["url"], []),
        WorkflowAction.AskAi => (["aiAgentId"], []),
        _ => ([], []),
    };

    private static IReadOnlyList<string> Given(StepRequest step) =>
    [
        .. new (string Name, object? Value)[]
        {
            ("agentId", step.AgentId), ("teamId", step.TeamId), ("aiAgentId", step.AiAgentId), ("channelId", step.ChannelId), ("category", step.Category),
            ("summary", step.Summary), ("text", step.Text), ("template", step.Template), ("tag", step.Tag), ("for", step.For), ("url", step.Url),
        }.Where(field => field.Value is not null).Select(field => field.Name),
    ];

    private void CheckValues(StepRequest step, string path, List<FieldError> errors)
    {
        errors.AtMost($"{path}.category", step.Category, MaximumCategory);
        errors.AtMost($"{path}.summary", step.Summary, MaximumSummary);
        if (step.Text is { } text && (text.Trim().Length == 0 || text.Length > MaximumText))
            errors.Add(new FieldError($"{path}.text", $"1 to {MaximumText} characters."));
        if (step.Tag is { } tag) errors.Name($"{path}.tag", tag, TextRules.MaximumTag);
        errors.Between($"{path}.for", step.For, TimeSpan.FromSeconds(1), TextRules.LongestWait);
        if (step.Url is { } url) errors.Url($"{path}.url", url, http);
        if (step.Template is not { } template) return;
        errors.Name($"{path}.template.name", template.Name, 512);
        errors.AtMost($"{path}.template.language", template.Language, 20);
        if (template.Variables?.Count > MaximumVariables) errors.Add(new FieldError($"{path}.template.variables", $"At most {MaximumVariables}."));
        foreach ((string name, string? value) in template.Variables ?? new Dictionary<string, string>())
            if (value is null || value.Length > 1_024 || name.Length > 100) errors.Add(new FieldError($"{path}.template.variables", "Texts of at most 1024 characters."));
    }
}
