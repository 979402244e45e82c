using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using NodaTime;

namespace LiveDesk.Domain.Conversations;

/// <summary>What time alone does to a conversation.</summary>
public enum TimedAction
{
    /// <summary>The snooze is over.</summary>
    Wake,

    /// <summary>The customer has not answered a person for the channel's time.</summary>
    Close,

    /// <summary>The owner has let the customer wait for the channel's time.</summary>
    Reassign,

    /// <summary>The customer is silent, so that the owner's slot may serve another.</summary>
    ReleaseSlot,

    /// <summary>The rule's waiting time is over.</summary>
    RouteOn,
}

/// <param name="Due">Null: nothing yet.</param>
/// <param name="NextLook">Before this, time alone changes nothing.</param>
public sealed record ClockReading(TimedAction? Due, DateTimeOffset NextLook);

/// <summary>
/// Says what is due for a conversation and when to look again. It is looked at, never told: an ordinary message wakes no timer. Whatever a message
/// may start (the customer's time to answer, the owner's time to reply) takes at least its full time from now, so looking again then is early
/// enough.
/// </summary>
public static class LifecycleClock
{
    /// <summary>Settings may change while nobody looks.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <param name="waitsUntil">When it goes on from the line it waits in; null: it does not wait, or for ever.</param>
    public static ClockReading Read(Conversation conversation, ChannelSettings settings, DateTimeOffset? waitsUntil, DateTimeOffset now)
    {
        var dues = new List<(TimedAction Action, DateTimeOffset At)>();
        void At(TimedAction action, DateTimeOffset? at)
        {
            if (at is { } instant) dues.Add((action, instant));
        }

        if (conversation.Status == ConversationStatus.Snoozed) At(TimedAction.Wake, conversation.SnoozedUntil);
        if (conversation.Status == ConversationStatus.Open)
        {
            At(TimedAction.Close, conversation.AwaitingCustomerSince + settings.AutoClose.After);
            if (conversation.Owner.Kind == OwnerKind.None) At(TimedAction.RouteOn, waitsUntil);
            if (conversation.Owner.Kind == OwnerKind.Agent)
            {
                At(TimedAction.Reassign, WaitedSince(conversation) + settings.Assignment.ReassignAfter);
                if (!conversation.Inactive && conversation.CustomerWaitingSince is null)
                    At(TimedAction.ReleaseSlot, conversation.AwaitingCustomerSince + settings.Assignment.ReleaseInactiveAfter);
            }
        }
        DateTimeOffset[] looks = [.. dues.Select(d => d.At), .. Spans(settings).Select(span => now + span), now + LongestSleep];
        return dues.Count > 0 && dues.MinBy(d => d.At) is var first && first.At <= now
            ? new ClockReading(first.Action, now)
            : new ClockReading(null, looks.Min());
    }

    /// <summary>What a message, an assignment or a wake-up may start at any moment from now on.</summary>
    private static IEnumerable<TimeSpan> Spans(ChannelSettings settings) =>
        new[] { settings.AutoClose.After, settings.Assignment.ReassignAfter, settings.Assignment.ReleaseInactiveAfter }.OfType<TimeSpan>();

    /// <summary>The next opening, if the channel is closed now and ever opens.</summary>
    public static DateTimeOffset? Opening(ChannelSettings settings, DateTimeOffset now)
    {
        BusinessHoursSchedule schedule = BusinessHoursSchedule.Of(settings.BusinessHours);
        Instant at = Instant.FromDateTimeOffset(now);
        return schedule.IsOpen(at) ? null : schedule.NextOpening(at)?.ToDateTimeOffset();
    }

    private static DateTimeOffset? WaitedSince(Conversation conversation) =>
        conversation.CustomerWaitingSince is { } waiting && conversation.OwnerSince is { } owned ? (waiting > owned ? waiting : owned) : conversation.CustomerWaitingSince;
}
