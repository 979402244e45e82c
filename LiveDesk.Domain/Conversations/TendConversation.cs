using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>How a conversation stands after everything that was due has been done.</summary>
/// <param name="Closed">It is closed, or the next cycle has begun; this cycle needs nobody to look any more.</param>
/// <param name="NextLook">When to look again.</param>
/// <param name="Survey">A survey that the close has left to be asked.</param>
/// <param name="Opening">It waits for the channel's next opening, which is then.</param>
public sealed record TendedConversation(bool Closed, DateTimeOffset NextLook, SurveyId? Survey = null, DateTimeOffset? Opening = null);

/// <summary>Does what time alone does to a conversation. Safe to repeat: what was done is no longer due.</summary>
public sealed class TendConversation(
    IContactStore contacts, IChannelDirectory channels, IWaitingStore waiting, ContactDesk desk, IWorkQueues queues, TimeProvider time)
{
    // Each action leads to a state in which it is not due; more than this many at once would be a fault.
    private const int MostAtOnce = 6;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    public async Task<TendedConversation> RunAsync(WorkspaceId workspace, ConversationId id, int cycle, CancellationToken cancellationToken)
    {
        for (int done = 0; done < MostAtOnce; done++)
        {
            ContactState state = (await contacts.LoadAsync(workspace, id.Contact, cancellationToken)).State;
            DateTimeOffset now = time.GetUtcNow();
            if (state.Latest is not { IsOpen: true } conversation || conversation.Id != id || conversation.Cycle != cycle)
                return new TendedConversation(true, now, ToBeAsked(state, id, cycle));
            if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is not { } channel)
                return new TendedConversation(false, now + LifecycleClock.LongestSleep);
            WaitingConversation? place = conversation.Owner.Kind == OwnerKind.None ? await waiting.FindAsync(workspace, id, cancellationToken) : null;
            ClockReading reading = LifecycleClock.Read(conversation, channel.Settings, place?.Until, now);
            DateTimeOffset? opening = place is null ? null : LifecycleClock.Opening(channel.Settings, now);
            if (reading.Due is not { } due) return new TendedConversation(false, reading.NextLook, Opening: opening);
            await DoAsync(channel, conversation, due, cancellationToken);
            // The assigner takes it on from the line it waits in; until then it stays due.
            if (due is TimedAction.RouteOn) return new TendedConversation(false, now + TimeSpan.FromMinutes(1), Opening: opening);
        }
        throw new InvalidOperationException($"{id} does not come to rest.");
    }

    private async Task DoAsync(Channel channel, Conversation conversation, TimedAction action, CancellationToken cancellationToken)
    {
        ConversationId id = conversation.Id;
        switch (action)
        {
            case TimedAction.Wake:
                await RunAsync((state, now) => WakeConversation.Decide(state, id, conversation.TimerVersion, now));
                break;
            case TimedAction.Close:
                var close = new CloseCommand(id, new ClosedBy(ClosedSource.Auto), null, Actor.System, channel);
                await RunAsync((state, now) => IsDue(state, now) ? CloseConversation.Decide(state, close, now) : Decision.Nothing);
                break;
            case TimedAction.Reassign:
                // Put before, since without an owner nothing is due any more: whoever died in between would leave the customer with nobody.
                var search = new AssignmentWork(channel.Workspace, id, NotTo: conversation.Owner.Id!);
                HiddenWork hidden = await queues.PutHiddenAsync(search, SafetyDelay, cancellationToken);
                await RunAsync((state, now) => IsDue(state, now) ? UnassignConversation.Decide(state, id, "no_reply", Actor.System, now) : Decision.Nothing);
                await queues.RevealAsync(hidden, cancellationToken);
                break;
            case TimedAction.ReleaseSlot:
                await RunAsync((state, now) => IsDue(state, now) ? new ConversationActivityChanged(id, Inactive: true, now) : Decision.Nothing);
                break;
            case TimedAction.RouteOn:
                await queues.PutAsync(new AssignmentWork(channel.Workspace, id, SkipRules: true), cancellationToken);
                break;
        }

        async Task RunAsync(ContactTransactions.Decide decide) => await desk.RunAsync(channel.Workspace, id.Contact, decide, cancellationToken);

        // The customer may have written, or somebody else may have acted, since it was looked at.
        bool IsDue(ContactState state, DateTimeOffset now) =>
            state.Open is { } open && open.Id == id && open.OwnerVersion == conversation.OwnerVersion && open.TimerVersion == conversation.TimerVersion
            && LifecycleClock.Read(open, channel.Settings, null, now).Due == action;
    }

    private static SurveyId? ToBeAsked(ContactState state, ConversationId id, int cycle) =>
        state.Contact?.Surveys.FirstOrDefault(s => s.Id == new SurveyId(id, cycle)) is { State.Status: SurveyStatus.Scheduled } survey ? survey.Id : null;
}
