using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Conversations;
using NodaTime;

namespace LiveDesk.Domain.Reporting;

/// <summary>
/// What each figure means, once for cards, tables and exports.
/// <list type="bullet">
/// <item>First response: from the opening of the cycle to the first reply by a person. What machines write does not stop it. It counts for the person
/// who replied, on the day of the reply.</item>
/// <item>Next reply: from when the customer began to wait to the reply of a person, for each reply. It counts for the person who replied.</item>
/// <item>Assignment to response: from when its owner got the conversation to the first reply of the cycle, if somebody had it. It counts where the first
/// response does.</item>
/// <item>Handle time: how long people held the cycle, snoozes left out, if anybody did. It counts where the resolution does.</item>
/// <item>Resolution: from the opening of the cycle to its close, closed cycles only. It counts for the owner at the close, on the day of the close.</item>
/// <item>Opened counts conversations, reopened and closed count cycles, each on its day.</item>
/// <item>A survey counts for the owner at the close, on the day on which it was sent, answered or not. Satisfied is a score of 4 or 5.</item>
/// <item>Business hours are those of the channel when the cycle was recorded.</item>
/// </list>
/// </summary>
public static class ReportDefinitions
{
    /// <summary>The lowest score of somebody who is satisfied.</summary>
    public const int SatisfiedFrom = 4;

    /// <summary>A cycle as it stands.</summary>
    /// <param name="owner">At the close; automation may have taken the owner away with the close itself.</param>
    public static CycleFact Of(Conversation conversation, Owner owner, BusinessHoursSchedule hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        DateTimeOffset opened = Whole(conversation.CycleOpenedAt ?? conversation.OpenedAt);
        DateTimeOffset? replied = Whole(conversation.FirstReplyAt), closed = Whole(conversation.ClosedAt);
        return new CycleFact
        {
            Channel = conversation.Channel,
            Cycle = conversation.Cycle,
            OpenedAt = opened,
            FirstReplyAt = replied,
            FirstReplyBy = conversation.FirstReplyBy,
            FirstResponseInHours = InHours(hours, opened, replied),
            AssignedToReply = replied - Whole(conversation.FirstReplyAssignedAt),
            HandleTime = conversation.Handled > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Floor(conversation.Handled.TotalMilliseconds)) : null,
            ClosedAt = closed,
            ResolutionInHours = InHours(hours, opened, closed),
            ClosedSource = conversation.ClosedBy?.Source,
            Category = conversation.ClosingNote?.Category,
            CategoryId = conversation.ClosingNote?.CategoryId,
            Owner = owner.Kind == OwnerKind.None ? null : owner.Id,
            OwnerName = owner.Kind == OwnerKind.None ? null : owner.Name,
            Team = conversation.TeamId,
            Replies = [.. conversation.Replies.Select(reply => Of(reply, hours))],
        };
    }

    private static ReplyFact Of(ReplyTime reply, BusinessHoursSchedule hours)
    {
        DateTimeOffset since = Whole(reply.Since), at = Whole(reply.At);
        return new ReplyFact(reply.By, at, at - since, InHours(hours, since, at)!.Value);
    }

    public static TimeSpan? FirstResponse(CycleFact fact) => fact.FirstReplyAt - fact.OpenedAt;

    public static TimeSpan? Resolution(CycleFact fact) => fact.ClosedAt - fact.OpenedAt;

    /// <summary>The UTC days on which something of a cycle is counted.</summary>
    public static IEnumerable<DateOnly> Days(CycleFact fact) =>
        new[] { fact.OpenedAt, fact.FirstReplyAt, fact.ClosedAt }.OfType<DateTimeOffset>().Concat(fact.Replies.Select(r => r.At)).Select(Day).Distinct();

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    // Whole milliseconds: more nobody needs, and roll-ups keep no more.
    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static DateTimeOffset? Whole(DateTimeOffset? at) => at is { } known ? Whole(known) : null;

    private static TimeSpan? InHours(BusinessHoursSchedule hours, DateTimeOffset from, DateTimeOffset? to) =>
        to is { } end ? hours.OpenDuration(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(end)).ToTimeSpan() : null;
}
