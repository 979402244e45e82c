using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>
/// What happens once when a conversation opens: the greeting, or outside business hours the unavailability message in its place (unless an AI agent
/// takes it), and the search for an owner. Safe to repeat.
/// </summary>
public sealed class BeginConversation(
    IContactStore contacts, IChannelDirectory channels, IProviderCatalog providers, RoutePlanner planner, ContactDesk desk, IWorkQueues queues)
{
    public async Task RunAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken)
    {
        ContactSnapshot read = await contacts.LoadAsync(workspace, id.Contact, cancellationToken);
        if (read.State.Open is not { } conversation || conversation.Id != id) return;
        if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is { } channel)
        {
            if (planner.IsOpen(channel)) await GreetAsync(channel, conversation, read, cancellationToken);
            else await TellUnavailableAsync(channel, conversation, read, cancellationToken);
        }
        if (conversation.Owner.Kind == OwnerKind.None) await queues.PutAsync(new AssignmentWork(workspace, id), cancellationToken);
    }

    /// <summary>Only for a conversation that the customer started, and never in answer to an opt-out keyword.</summary>
    private async Task GreetAsync(Channel channel, Conversation conversation, ContactSnapshot read, CancellationToken cancellationToken)
    {
        GreetingSettings greeting = channel.Settings.Greeting;
        if (!greeting.Enabled || greeting.Text.Length == 0 || conversation.Quiet || conversation.Cycle > 1) return;
        if (!StartedByCustomer(conversation) || providers.Find(channel.Provider) is not { } provider) return;
        string text = ContactVariables.Fill(greeting.Text, read.State.Contact!);
        var command = new PostMessageCommand(conversation.Id, Actor.System, MessageContent.OfText(text), channel, provider.Traits);
        // A refusal (closed meanwhile, opted out) means that there is nobody to greet.
        await desk.RunAsync(
            channel.Workspace, conversation.Id.Contact, (state, now) => PostMessage.Decide(state, command, text, now), cancellationToken,
            SeenKey.Automatic($"greeting:{conversation.Id}"), read: read);
    }

    private async Task TellUnavailableAsync(Channel channel, Conversation conversation, ContactSnapshot read, CancellationToken cancellationToken)
    {
        if (!StartedByCustomer(conversation) || conversation.Owner.Kind != OwnerKind.None || providers.Find(channel.Provider) is not { } provider) return;
        Route route = await planner.PlanAsync(channel, read.State, skipRules: false, cancellationToken);
        if (route.Steps is [{ Kind: RouteKind.AiAgent }, ..]) return;
        await desk.RunAsync(
            channel.Workspace, conversation.Id.Contact,
            (state, now) => OutOfOffice.Decide(state, conversation.Id, channel, provider.Traits.MaximumTextLength, now), cancellationToken, read: read);
    }

    private static bool StartedByCustomer(Conversation conversation) => conversation.OpenedBy.Source is OpenedSource.Contact;
}
