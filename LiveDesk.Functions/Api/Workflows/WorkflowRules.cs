using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.Workflows;

internal sealed class WorkflowRules(StepChecks steps) : ResourceRules<Workflow, WorkflowRequest, WorkflowView>
{
    private static readonly string[] OpenedSources = [.. Enum.GetNames<OpenedSource>().Select(n => n.ToLowerInvariant())];
    private static readonly string[] ClosedSources = [.. Enum.GetNames<ClosedSource>().Select(n => n.ToLowerInvariant())];

    public override string Path => "workflows";

    public override string Noun => "workflow";

    public override string IdPrefix => "wf";

    public override int Maximum => Workflow.MaximumPerWorkspace;

    public override string NameOf(Workflow value) => value.Name;

    public override WorkflowRequest RequestOf(Workflow value) => new()
    {
        Name = value.Name,
        Active = value.Active,
        Trigger = TriggerOf(value),
        Match = value.Match,
        Steps = [.. value.Steps.Select(StepRequest.Of)],
    };

    public override WorkflowView View(Workflow value) => new(
        value.Id, value.Name, value.Active, TriggerOf(value), value.Match, [.. value.Steps.Select(StepRequest.Of)], value.CreatedAt);

    public override async Task<Result<Workflow>> BuildAsync(
        ResourceDraft draft, WorkflowRequest request, Workflow? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [.. MatchValidation.Validate(request.Match)];
        errors.Name("name", request.Name);
        CheckTrigger(request.Trigger, errors);
        if (request.Steps.Count is 0 or > Workflow.MaximumSteps) errors.Add(new FieldError("steps", $"1 to {Workflow.MaximumSteps} steps."));
        foreach ((int index, StepRequest? step) in request.Steps.Take(Workflow.MaximumSteps).Index())
            if (step is null) errors.Add(new FieldError($"steps[{index}]", "Must be an object."));
            else steps.Check(step, $"steps[{index}]", errors);
        if (errors.Count > 0) return Refusal.Malformed(errors);
        foreach ((int index, StepRequest step) in request.Steps.Index())
            if (await steps.UnknownAsync(draft.Workspace, step, $"steps[{index}]", cancellationToken) is { } unknown) return unknown;
        TriggerRequest trigger = request.Trigger;
        return new Workflow
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Name = request.Name.Trim(),
            Active = request.Active,
            Trigger = new WorkflowTrigger(trigger.Event, trigger.Source?.Trim(), trigger.OncePerContact),
            Match = request.Match,
            Steps = [.. request.Steps.Select(s => s.ToStep())],
        };
    }

    private static TriggerRequest TriggerOf(Workflow value) =>
        new() { Event = value.Trigger.Event, Source = value.Trigger.Source, OncePerContact = value.Trigger.OncePerContact };

    private static void CheckTrigger(TriggerRequest trigger, List<FieldError> errors)
    {
        if (!WorkflowEvent.All.Contains(trigger.Event))
        {
            errors.Add(new FieldError("trigger.event", $"One of {string.Join(", ", WorkflowEvent.All)}."));
            return;
        }
        if (trigger.Source is not { } source) return;
        string[]? sources = trigger.Event switch
        {
            WorkflowEvent.ConversationOpened => OpenedSources,
            WorkflowEvent.ConversationClosed => ClosedSources,
            _ => null,
        };
        if (sources is not null && !sources.Contains(source)) errors.Add(new FieldError("trigger.source", $"One of {string.Join(", ", sources)}, or null."));
        else if (trigger.Event == WorkflowEvent.TagAdded) errors.Name("trigger.source", source, TextRules.MaximumTag);
        else if (sources is null) errors.Add(new FieldError("trigger.source", $"The event {trigger.Event} has no source."));
    }
}
