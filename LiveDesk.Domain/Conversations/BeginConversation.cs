using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>What happens once when a conversation opens: the greeting, and the search for an owner. Safe to repeat.</summary>
public sealed class BeginConversation(
    IContactStore contacts, IChannelDirectory channels, IProviderCatalog providers, ContactDesk desk, IWorkQueues queues)
{
    public async Task RunAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken)
    {
        if ((await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation is not { IsOpen: true } conversation) return;
        if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is { } channel)
            await GreetAsync(channel, conversation, cancellationToken);
        await queues.PutAsync(new AssignmentWork(workspace, id), cancellationToken);
    }

    /// <summary>Only for a conversation that the customer started, and never in answer to an opt-out keyword.</summary>
    private async Task GreetAsync(Channel channel, Conversation conversation, CancellationToken cancellationToken)
    {
        GreetingSettings greeting = channel.Settings.Greeting;
        if (!greeting.Enabled || greeting.Text.Length == 0 || conversation.Quiet || conversation.OpenedBy.Source != OpenedSource.Contact) return;
        if (providers.Find(channel.Provider) is not { } provider) return;
        var command = new PostMessageCommand(
            conversation.Id, Actor.System, MessageContent.OfText(greeting.Text), channel, provider.Traits);
        // A refusal (closed meanwhile, opted out) means that there is nobody to greet.
        await desk.RunAsync(
            channel.Workspace, conversation.Id.Contact, (state, now) => PostMessage.Decide(state, command, now), cancellationToken,
            SeenKey.Automatic($"greeting:{conversation.Id}"));
    }
}
