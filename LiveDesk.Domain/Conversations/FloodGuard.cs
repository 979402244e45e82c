namespace LiveDesk.Domain.Conversations;

/// <param name="Minute">The running minute, counted from 1970.</param>
/// <param name="Messages">Of the customer, in it.</param>
/// <param name="HeldUntil">Automation says nothing before this.</param>
public sealed record FloodCount(long Minute, int Messages, DateTimeOffset? HeldUntil = null)
{
    public static readonly FloodCount None = new(0, 0);
}

/// <summary>
/// A customer who writes very fast is mostly a machine, and two machines would answer each other for ever: automation (greeting, AI, out-of-hours
/// reply, workflows) is silent for a while. Every message is kept, and people see them as always.
/// </summary>
public static class FloodGuard
{
    /// <summary>Messages of one conversation in one minute, from which on automation is held.</summary>
    public const int MessagesAMinute = 30;

    /// <summary>For how long after the last such message.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    public static FloodCount Count(FloodCount before, DateTimeOffset receivedAt)
    {
        long minute = receivedAt.ToUnixTimeSeconds() / 60;
        int messages = before.Minute == minute ? before.Messages + 1 : 1;
        return new FloodCount(minute, messages, messages >= MessagesAMinute ? receivedAt + Hold : before.HeldUntil);
    }

    public static bool IsHeld(Conversation conversation, DateTimeOffset now) => conversation.Flood.HeldUntil > now;
}
