using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A conversation that the caller may see.</summary>
/// <param name="Read">The contact as it was read with it.</param>
internal sealed record ConversationFound(ConversationId Id, Conversation Conversation, Channel Channel, string Version, ContactSnapshot Read)
{
    /// <summary>The version that is decided on. A conversation that is no longer the latest has been closed since it was read.</summary>
    public string VersionIn(ContactSnapshot snapshot)
    {
        if (snapshot.State.Latest?.Id == Id) return snapshot.ConversationVersion!;
        return Read.State.Latest?.Id == Id ? "closed" : Version;
    }
}

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
        WaitingView? place = MayWait(found.Conversation)
            ? await WaitingAsync(caller.Workspace, found.Conversation, cancellationToken)
            : null;
        ConversationView view = ConversationView.Of(item, channel?.Type ?? ChannelType.Sms, caller.Reader, time.GetUtcNow(), place);
        return (view, found.Version);
    }

    /// <summary>
    /// The places of those of some conversations that wait for a person, at the price of one transaction. Empty if more wait in the workspace than
    /// are looked through for a list: then the conversation itself tells.
    /// </summary>
    public async Task<IReadOnlyDictionary<ConversationId, WaitingView>> PlacesAsync(
        WorkspaceId workspace, IEnumerable<Conversation> conversations, CancellationToken cancellationToken)
    {
        var places = new Dictionary<ConversationId, WaitingView>();
        if (!conversations.Any(MayWait)) return places;
        IReadOnlyList<WaitingConversation> all = await waiting.ListAllAsync(workspace, LongestQueueShown, cancellationToken) ?? [];
        foreach (IGrouping<string, WaitingConversation> line in all.GroupBy(w => w.Queue, StringComparer.Ordinal))
        {
            int position = 0;
            foreach (WaitingConversation place in line.Order(WaitingConversation.ByTurn))
                places[place.Conversation] = new WaitingView(place.Queue, ++position, place.Since);
        }
        return places;
    }

    /// <summary>Whether it can have a place in a line: one that has just been taken, put to sleep or closed may still stand there for a moment.</summary>
    public static bool MayWait(Conversation conversation) => conversation is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.None };

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
