using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A conversation that the caller may see.</summary>
/// <param name="Read">The contact as it was read with it.</param>
internal sealed record ConversationFound(ConversationId Id, Conversation Conversation, Channel Channel, string Version, ContactSnapshot Read);

/// <summary>Finds the conversation that a request is about; what the caller may not see is not there.</summary>
internal sealed class ConversationAccess(IContactStore contacts, ChannelAccess channels, IWaitingStore waiting, TimeProvider time)
{
    private const int LongestQueueShown = 1_000;

    public async Task<Result<ConversationFound>> LoadAsync(Caller caller, string conversationId, CancellationToken cancellationToken)
    {
        if (!ConversationId.TryParse(conversationId, out ConversationId id)) return Refusal.NotFound("conversation");
        ContactSnapshot read = await contacts.LoadAsync(caller.Workspace, id.Contact, cancellationToken);
        if (await FindAsync(caller.Workspace, id, read, cancellationToken) is not { } found) return Refusal.NotFound("conversation");
        return await channels.FindOfRecordAsync(caller, found.Conversation.Channel, cancellationToken) is { } channel
            ? new ConversationFound(id, found.Conversation, channel, found.Version, read)
            : Refusal.NotFound("conversation");
    }

    /// <summary>As the caller sees it now, with the place in the waiting queue.</summary>
    public async Task<(ConversationView View, string Version)> ViewAsync(Caller caller, ConversationId id, CancellationToken cancellationToken)
    {
        ContactSnapshot contact = await contacts.LoadAsync(caller.Workspace, id.Contact, cancellationToken);
        ConversationSnapshot found = (await FindAsync(caller.Workspace, id, contact, cancellationToken))!;
        Channel? channel = await channels.FindOfRecordAsync(caller, found.Conversation.Channel, cancellationToken);
        InboxItem item = InboxViews.Entry(contact.State.Contact!, found.Conversation).Item;
        WaitingView? place = found.Conversation is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.None }
            ? await WaitingAsync(caller.Workspace, found.Conversation, cancellationToken)
            : null;
        ConversationView view = ConversationView.Of(item, channel?.Type ?? ChannelType.Sms, caller.Reader, time.GetUtcNow(), place);
        return (view, found.Version);
    }

    private async Task<ConversationSnapshot?> FindAsync(
        WorkspaceId workspace, ConversationId id, ContactSnapshot read, CancellationToken cancellationToken) =>
        read.State.Latest is { } latest && latest.Id == id
            ? new ConversationSnapshot(latest, read.ConversationVersion!)
            : await contacts.FindConversationAsync(workspace, id, cancellationToken);

    private async Task<WaitingView?> WaitingAsync(WorkspaceId workspace, Conversation conversation, CancellationToken cancellationToken)
    {
        if (await waiting.FindAsync(workspace, conversation.Id, cancellationToken) is not { } place) return null;
        IReadOnlyList<WaitingConversation> line = await waiting.ListAsync(workspace, place.Queue, LongestQueueShown, cancellationToken);
        for (int position = 0; position < line.Count; position++)
            if (line[position].Conversation == conversation.Id) return new WaitingView(place.Queue, position + 1, place.Since);
        return null;
    }
}
