using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// Keeps a channel's sends within its provider's rate: a token bucket per channel, in this process. Who has to wait gets a place in the line,
/// one per contact at a time, so that a customer with a hundred messages does not hold up the others. Safe to use from several threads.
/// </summary>
public sealed class SendPace(TimeProvider time)
{
    /// <summary>A wait up to this is waited out; beyond it the send comes back by its queue.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>A place in the line that nobody claims is given up after this.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, Bucket> _buckets = [];

    /// <summary>Asks for the next send of a contact.</summary>
    /// <param name="rate">Sends a second; up to a second's worth may go at once after a pause.</param>
    /// <returns>Zero: go now. Else how long to wait before asking again; the place in the line is kept.</returns>
    public TimeSpan Ask(ChannelId channel, double rate, ContactId contact)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (!_buckets.TryGetValue(channel, out Bucket? bucket)) _buckets[channel] = bucket = new Bucket();
            bucket.GiveUp(now - Kept);
            if (!bucket.Line.TryGetValue(contact, out DateTimeOffset turn)) bucket.Line[contact] = turn = bucket.NextTurn(now, rate);
            if (turn > now) return turn - now;
            bucket.Line.Remove(contact);
            return TimeSpan.Zero;
        }
    }

    private sealed class Bucket
    {
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        /// <summary>Whose turn is when.</summary>
        public Dictionary<ContactId, DateTimeOffset> Line { get; } = [];

        public DateTimeOffset NextTurn(DateTimeOffset now, double rate)
        {
            TimeSpan interval = TimeSpan.FromSeconds(1 / rate);
            // Full, the bucket holds a second's worth: as many turns lie in the past as may go at once.
            TimeSpan burst = interval * Math.Max(0, Math.Floor(rate) - 1);
            DateTimeOffset earliest = now - burst;
            DateTimeOffset turn = _next > earliest ? _next : earliest;
            _next = turn + interval;
            return turn;
        }

        public void GiveUp(DateTimeOffset before)
        {
            if (Line.Count == 0) return;
            foreach (ContactId contact in Line.Where(place => place.Value < before).Select(place => place.Key).ToList()) Line.Remove(contact);
        }
    }
}
