using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Workflows;

/// <summary>Tells another system of a workflow's step.</summary>
public interface IWorkflowWebhook
{
    /// <param name="key">The same if the step is tried again.</param>
    /// <returns>Null if it was taken; else the code of what went wrong.</returns>
    Task<string?> PostAsync(Uri url, WorkflowRun run, string key, CancellationToken cancellationToken);
}

/// <summary>
/// Starts, carries out and ends the run of a workflow. Every step is safe to repeat: its effect is kept under the name of the run and the step's
/// number. A step that is refused is logged with the reason, and the next one follows.
/// </summary>
public sealed class RunWorkflow(
    IResourceStore<Workflow> workflows, IResourceStore<AiAgent> aiAgents, IResourceStore<ClosingNoteCategory> categories, IContactStore contacts, IChannelDirectory channels, IProviderCatalog providers,
    ChannelTemplates templates, RoutePlanner planner, IWorkflowRunLog log, IWorkflowWebhook webhook, ContactDesk desk, IWorkQueues queues, TimeProvider time)
{
    /// <summary>Runs of one conversation in one minute; what is beyond is skipped, or two workflows could keep each other going.</summary>
    public const int RunsAMinute = 30;

    /// <returns>The steps to carry out; none if the workflow does not apply.</returns>
    public async Task<IReadOnlyList<WorkflowStep>> StartAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        Workflow? workflow = (await workflows.FindAsync(run.Workspace, run.WorkflowId, cancellationToken))?.Value;
        string? skipped = await SkippedAsync(workflow, run, cancellationToken);
        await log.PutAsync(skipped is null ? run : run with { Status = WorkflowRunStatus.Skipped, Reason = skipped, EndedAt = time.GetUtcNow() }, cancellationToken);
        return skipped is null ? workflow!.Steps : [];
    }

    public async Task<WorkflowRunStep> StepAsync(WorkflowRun run, WorkflowStep step, int number, CancellationToken cancellationToken)
    {
        string? code = await DoAsync(run, step, number, cancellationToken);
        return new WorkflowRunStep(step.Do, code, time.GetUtcNow());
    }

    public Task EndAsync(WorkflowRun run, CancellationToken cancellationToken) =>
        log.PutAsync(run with { Status = WorkflowRunStatus.Completed, EndedAt = time.GetUtcNow() }, cancellationToken);

    private async Task<string?> SkippedAsync(Workflow? workflow, WorkflowRun run, CancellationToken cancellationToken)
    {
        if (workflow is null) return "workflow_deleted";
        if (!workflow.Active) return "not_active";
        (ContactState state, Channel? channel) = await LoadAsync(run, cancellationToken);
        if (state.Contact is not { } contact) return "contact_gone";
        if (state.Latest is { } held && FloodGuard.IsHeld(held, time.GetUtcNow())) return "flood";
        string? text = await planner.TextAsync(run.Workspace, run.Conversation, [workflow.Match], cancellationToken);
        MatchFacts facts = channel is null
            ? new MatchFacts { ContactPhone = contact.PhoneNumber, ContactLanguage = contact.Language, ContactTags = [.. contact.Tags], ContactAttributes = contact.Attributes }
            : planner.Facts(channel, contact, text, contact.Conversations > 1);
        if (!Matcher.IsMatch(workflow.Match, facts)) return "no_match";
        return run.Conversation is { } conversation && await log.CountAsync(run.Workspace, conversation, time.GetUtcNow(), cancellationToken) > RunsAMinute
            ? "loop_guard"
            : null;
    }

    private async Task<string?> DoAsync(WorkflowRun run, WorkflowStep step, int number, CancellationToken cancellationToken)
    {
        (ContactState state, Channel? channel) = await LoadAsync(run, cancellationToken);
        if (state.Contact is not { } contact) return "contact_gone";
        var seen = SeenKey.Automatic($"workflow:{run.WorkflowId}:{run.Id}:{number}");
        Workflow? workflow = (await workflows.ListRecentAsync(run.Workspace, cancellationToken)).FirstOrDefault(w => w.Id == run.WorkflowId);
        var actor = new Actor(ActorKind.Workflow, run.WorkflowId, workflow?.Name, run.Depth);
        if (step.Do == WorkflowAction.Open) return await OpenAsync(run, step, actor, seen, cancellationToken);
        if (step.Do == WorkflowAction.Webhook) return await webhook.PostAsync(step.Url!, run, $"{run.WorkflowId}-{run.Id}-{number}", cancellationToken);
        // A workflow that opened a conversation goes on with that one; else it is about the one that set it off, whatever has been opened since.
        bool opened = run.Conversation is null || run.Steps.Any(s => s is { Do: WorkflowAction.Open, Code: null });
        if ((opened ? state.Open?.Id : run.Conversation) is not { } id)
            return step.Do is WorkflowAction.AddTag or WorkflowAction.RemoveTag
                ? await RunAsync(run, (s, now) => TagContact(s, step, now), seen, cancellationToken)
                : "no_conversation";
        switch (step.Do)
        {
            case WorkflowAction.Unassign:
                return await RunAsync(run, (s, now) => UnassignConversation.Decide(s, id, $"workflow:{run.WorkflowId}", actor, now), seen, cancellationToken);
            case WorkflowAction.AddTag:
                return await RunAsync(run, (s, now) => TagConversation.Decide(s, id, [step.Tag!], [], actor, now), seen, cancellationToken);
            case WorkflowAction.RemoveTag:
                return await RunAsync(run, (s, now) => TagConversation.Decide(s, id, [], [step.Tag!], actor, now), seen, cancellationToken);
            case WorkflowAction.Assign when step.AiAgentId is null:
                return await AssignPersonAsync(run, step, id, actor, seen, cancellationToken);
            case WorkflowAction.Assign or WorkflowAction.AskAi:
                return await AssignAiAsync(run, step.AiAgentId!, id, actor, seen, cancellationToken);
            case WorkflowAction.Close:
                if (channel is null) return "channel_deleted";
                ClosingNote? note = await NoteAsync(run.Workspace, step, cancellationToken);
                var close = new CloseCommand(id, new ClosedBy(ClosedSource.Workflow, run.WorkflowId), note, actor, channel);
                return await RunAsync(run, (s, now) => CloseConversation.Decide(s, close, now), seen, cancellationToken);
            case WorkflowAction.Send:
                return channel is null ? "channel_deleted" : await SendAsync(run, step, contact, id, channel, actor, seen, cancellationToken);
            default:
                throw new InvalidOperationException($"No rule for the step {step.Do}.");
        }
    }

    /// <summary>A category that the workspace does not have is noted as it stands in the step: notes bind people, not automation.</summary>
    private async Task<ClosingNote?> NoteAsync(WorkspaceId workspace, WorkflowStep step, CancellationToken cancellationToken)
    {
        if (step is { Category: null, Summary: null }) return null;
        ClosingNoteCategory? category = step.Category is { } called ? (await categories.ListRecentAsync(workspace, cancellationToken)).Called(called) : null;
        return new ClosingNote(category?.Name ?? step.Category, step.Summary) { CategoryId = category?.Id };
    }

    private async Task<string?> OpenAsync(WorkflowRun run, WorkflowStep step, Actor actor, SeenKey seen, CancellationToken cancellationToken)
    {
        if (step.ChannelId is not { } wanted || await channels.FindAsync(run.Workspace, wanted, cancellationToken) is not { } channel) return "channel_deleted";
        var opened = new OpenedBy(OpenedSource.Workflow, run.WorkflowId);
        return await RunAsync(run, (s, now) => OpenConversation.Decide(s, channel, opened, actor, now), seen, cancellationToken);
    }

    /// <summary>Automation never exceeds a limit: whoever has no room is waited for in line.</summary>
    private async Task<string?> AssignPersonAsync(
        WorkflowRun run, WorkflowStep step, ConversationId id, Actor actor, SeenKey seen, CancellationToken cancellationToken)
    {
        string reason = $"workflow:{run.WorkflowId}";
        // Taking it from its owner is allowed behind the close too; giving it to somebody is not.
        string? refused = await RunAsync(
            run,
            (s, now) => ConversationLookup.Find(s, id, ConversationOperation.Assign, out _, out _) is { } closed
                ? closed
                : UnassignConversation.Decide(s, id, reason, actor, now),
            seen, cancellationToken);
        if (refused is null)
            await queues.PutAsync(new AssignmentWork(run.Workspace, id, TeamId: step.TeamId, AgentId: step.AgentId, Reason: reason), cancellationToken);
        return refused;
    }

    private async Task<string?> AssignAiAsync(
        WorkflowRun run, string aiAgent, ConversationId id, Actor actor, SeenKey seen, CancellationToken cancellationToken)
    {
        if (await aiAgents.FindAsync(run.Workspace, aiAgent, cancellationToken) is not { } ai) return "ai_agent_unknown";
        var command = new AssignCommand(id, Owner.Ai(ai.Value.Id, ai.Value.Name), null, $"workflow:{run.WorkflowId}", actor);
        return await RunAsync(run, (s, now) => AssignConversation.Decide(s, command, now), seen, cancellationToken);
    }

    private async Task<string?> SendAsync(
        WorkflowRun run, WorkflowStep step, Contact contact, ConversationId id, Channel channel, Actor actor, SeenKey seen, CancellationToken cancellationToken)
    {
        if (providers.Find(channel.Provider) is not { } provider) return "channel_failed";
        Result<MessageContent> content = step.Template is { } template
            ? await templates.FillAsync(channel, template, cancellationToken)
            : MessageContent.OfText(ContactVariables.Fill(step.Text!, contact));
        if (content.Refusal is { } unfilled) return unfilled.Code;
        var command = new PostMessageCommand(id, actor, content.Value, channel, provider.Traits);
        return await RunAsync(run, (s, now) => PostMessage.Decide(s, command, now), seen, cancellationToken);
    }

    private async Task<string?> RunAsync(WorkflowRun run, ContactTransactions.Decide decide, SeenKey seen, CancellationToken cancellationToken) =>
        (await desk.RunAsync(run.Workspace, run.Contact, decide, cancellationToken, seen)).Refusal?.Code;

    private static Decision TagContact(ContactState state, WorkflowStep step, DateTimeOffset now)
    {
        Contact contact = state.Contact!;
        bool has = contact.Tags.Contains(step.Tag!, StringComparer.OrdinalIgnoreCase);
        if (has == (step.Do == WorkflowAction.AddTag)) return Decision.Nothing;
        IReadOnlyList<string> tags = has
            ? [.. contact.Tags.Where(t => !t.Equals(step.Tag, StringComparison.OrdinalIgnoreCase))]
            : [.. contact.Tags, step.Tag!];
        return new ContactUpdated(contact with { Tags = tags }, ["tags"], now);
    }

    private async Task<(ContactState State, Channel? Channel)> LoadAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        ContactState state = (await contacts.LoadPrimaryAsync(run.Workspace, run.Contact, cancellationToken)).State;
        Channel? channel = state.Latest is { } latest ? await channels.FindAsync(run.Workspace, latest.Channel, cancellationToken) : null;
        return (state, channel);
    }
}
