using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Looks at a conversation and does what is due.</summary>
internal sealed class TendConversationActivity(TendConversation tend)
{
    [Function(nameof(TendConversationActivity))]
    public Task<TendedConversation> Run([ActivityTrigger] LifecycleInput input, CancellationToken cancellationToken)
    {
        (WorkspaceId workspace, ConversationId id) = Read(input);
        return tend.RunAsync(workspace, id, input.Cycle, cancellationToken);
    }

    public static (WorkspaceId Workspace, ConversationId Conversation) Read(LifecycleInput input) =>
        ConversationId.TryParse(input.Conversation, out ConversationId id)
            ? (WorkspaceId.Parse(input.Workspace), id)
            : throw new InvalidOperationException($"'{input.Conversation}' is no conversation id.");
}
