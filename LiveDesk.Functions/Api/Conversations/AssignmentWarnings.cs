using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A person may give a conversation to anybody of the channel, but not without being told what automation would not have done.</summary>
internal sealed class AssignmentWarnings(IDeskStore agents, IChannelDirectory channels, TimeProvider time)
{
    private const int Attempts = 3;

    public async Task<ConversationView> WithAsync(WorkspaceId workspace, ConversationView view, CancellationToken cancellationToken)
    {
        if (view.Owner.Kind != OwnerKind.Agent || !AgentId.TryParse(view.Owner.Id, out AgentId id)
            || await HoldsAsync(workspace, view.Id, id, cancellationToken) is not ({ } agent, var held)) return view;
        int? limit = agent.Limit ?? (await channels.FindAsync(workspace, view.ChannelId, cancellationToken))?.Settings.Assignment.Limit;
        string[] warnings =
        [
            .. agent.PresenceAt(time.GetUtcNow()) == Presence.Offline ? ["agent_offline"] : Array.Empty<string>(),
            .. held > limit ? ["over_limit"] : Array.Empty<string>(),
        ];
        return warnings.Length == 0 ? view : view with { Warnings = warnings };
    }

    /// <summary>With this conversation, whose slot the queue may be about to take.</summary>
    private async Task<(Agent? Agent, int Held)> HoldsAsync(WorkspaceId workspace, ConversationId conversation, AgentId id, CancellationToken cancellationToken)
    {
        (Agent? Agent, bool Counted) seen = (null, await IsCountedAsync());
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            bool before = seen.Counted;
            seen = ((await agents.FindAgentAsync(workspace, id, cancellationToken))?.Agent, await IsCountedAsync());
            // Else it was taken just then, and the count is of before or after.
            if (seen.Counted == before) break;
        }
        return (seen.Agent, (seen.Agent?.Held ?? 0) + (seen.Counted ? 0 : 1));

        async Task<bool> IsCountedAsync() => (await agents.FindSlotAsync(workspace, conversation, cancellationToken))?.Agent == id;
    }
}
