using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Greets (or says that nobody is there), looks for an owner, and takes the first look.</summary>
internal sealed class BeginConversationActivity(BeginConversation begin, TendConversation tend)
{
    [Function(nameof(BeginConversationActivity))]
    public async Task<TendedConversation> Run([ActivityTrigger] LifecycleInput input, CancellationToken cancellationToken)
    {
        (WorkspaceId workspace, ConversationId id) = TendConversationActivity.Read(input);
        await begin.RunAsync(workspace, id, cancellationToken);
        return await tend.RunAsync(workspace, id, input.Cycle, cancellationToken);
    }
}
