using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>What is to be decided about a conversation, once it is found.</summary>
internal delegate Task<Result<ContactTransactions.Decide>> ConversationCommand(ConversationFound found);

/// <summary>Makes commands of what clients ask for, the same for one conversation and for many.</summary>
internal sealed class ConversationCommands(
    IDeskStore agents, IResourceStore<Team> teams, IResourceStore<AiAgent> aiAgents, IResourceStore<ClosingNoteCategory> categories)
{
    private const int MaximumCategory = 200;
    private const int MaximumSummary = 10_000;

    public ConversationCommand Assign(Caller caller, AssignRequest body, CancellationToken cancellationToken) => async found =>
    {
        Result<Owner> owner = await OwnerAsync(caller.Workspace, body, found, cancellationToken);
        if (owner.Refusal is { } refusal) return refusal;
        var command = new AssignCommand(found.Id, owner.Value, body.TeamId, "manual", caller.Actor);
        return new Result<ContactTransactions.Decide>((state, now) => AssignConversation.Decide(state, command, now));
    };

    public static ConversationCommand Unassign(Caller caller) =>
        Of(found => (state, now) => UnassignConversation.Decide(state, found.Id, "manual", caller.Actor, now));

    public async Task<Result<ConversationCommand>> CloseAsync(Caller caller, CloseRequest body, CancellationToken cancellationToken)
    {
        ClosingNote? note = body is { Category: null, Summary: null } ? null : new ClosingNote(body.Category, body.Summary);
        if (note?.Category?.Length > MaximumCategory) return Refusal.Malformed("category", $"At most {MaximumCategory} characters.");
        if (note?.Summary?.Length > MaximumSummary) return Refusal.Malformed("summary", $"At most {MaximumSummary} characters.");
        if (note?.Category is { } category)
        {
            IReadOnlyList<ClosingNoteCategory> known = await categories.ListRecentAsync(caller.Workspace, cancellationToken);
            ClosingNoteCategory? found = known.Called(category);
            // A workspace that has no list of categories takes any text.
            if (found is null && known.Count > 0) return Refusal.Rule("category_unknown", "No such closing-note category.", "category");
            note = note with { Category = found?.Name ?? category, CategoryId = found?.Id };
        }
        return Of(found =>
        {
            var command = new CloseCommand(found.Id, new ClosedBy(ClosedSource.User, caller.Actor.Id), note, caller.Actor, found.Channel);
            return (state, now) => CloseConversation.Decide(state, command, now);
        });
    }

    public static ConversationCommand Reopen(Caller caller) =>
        Of(found => (state, now) => ReopenConversation.Decide(state, found.Id, found.Channel.Settings.Reopen, caller.Actor, now));

    public static Result<ConversationCommand> Snooze(Caller caller, SnoozeRequest body) =>
        (body.Until is not null) == (body.UntilReply == true)
            ? Refusal.Malformed("until", "Give an instant in until, or untilReply: true.")
            : Of(found => (state, now) => SnoozeConversation.Decide(state, found.Id, body.Until, caller.Actor, now));

    public static ConversationCommand Prioritize(Caller caller, PriorityRequest body) =>
        Of(found => (state, now) => PrioritizeConversation.Decide(state, found.Id, body.Value, caller.Actor, now));

    public static Result<ConversationCommand> Tag(Caller caller, TagsRequest body) => body.Add.Count + body.Remove.Count == 0
        ? Refusal.Malformed("add", "Give tags to add or to remove.")
        : Of(found => (state, now) => TagConversation.Decide(state, found.Id, body.Add, body.Remove, caller.Actor, now));

    public static ConversationCommand Read(Caller caller) => Of(found => (state, now) => caller.Reader is { } reader
        ? ReadConversation.Decide(state, found.Id, reader, now)
        : Refusal.Rule("agent_required", "The token speaks for nobody, so there is nobody who reads."));

    private static ConversationCommand Of(Func<ConversationFound, ContactTransactions.Decide> decision) =>
        found => Task.FromResult(new Result<ContactTransactions.Decide>(decision(found)));

    private async Task<Result<Owner>> OwnerAsync(WorkspaceId workspace, AssignRequest body, ConversationFound found, CancellationToken cancellationToken)
    {
        if (new[] { body.AgentId, body.TeamId, body.AiAgentId }.Count(id => id is not null) != 1)
            return Refusal.Malformed("agentId", "Give one of agentId, teamId, aiAgentId.");
        if (body.TeamId is { } team)
            return await teams.FindAsync(workspace, team, cancellationToken) is not null
                ? Owner.None
                : Refusal.Rule("team_unknown", "No such team.", "teamId");
        if (body.AiAgentId is { } machine)
            return await aiAgents.FindAsync(workspace, machine, cancellationToken) is { } ai
                ? Owner.Ai(ai.Value.Id, ai.Value.Name)
                : Refusal.Rule("ai_agent_unknown", "No such AI agent.", "aiAgentId");
        if (!AgentId.TryParse(body.AgentId, out AgentId id) || await agents.FindAgentAsync(workspace, id, cancellationToken) is not { } agent)
            return Refusal.Rule("agent_unknown", "No such agent.", "agentId");
        return found.Channel.AgentIds.Contains(id)
            ? Owner.Agent(id, agent.Agent.Name)
            : Refusal.Rule("agent_no_member", "The agent is no member of the conversation's channel.", "agentId");
    }
}
