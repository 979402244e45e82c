using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using NodaTime;

namespace LiveDesk.Tests.Domain.Reporting;

/// <summary>
/// Five days of a desk in Madrid that works Monday to Friday from nine to five, over the night (29 March 2026) in which its clocks go from two to three.
/// All times here are UTC: Madrid is one hour ahead until that night, two hours after it.
/// </summary>
internal static class GoldenTimeline
{
    public static readonly DateTimeZone Madrid = DateTimeZoneProviders.Tzdb["Europe/Madrid"];

    public static readonly Channel Channel = Given.Channel() with
    {
        Settings = new ChannelSettings { BusinessHours = new BusinessHoursSettings { Enabled = true, TimeZone = "Europe/Madrid" } },
    };

    private static readonly Owner Ana = Owner.Agent(Given.Ana, "Ana"), Luis = Owner.Agent(Given.Luis, "Luis");

    public static IReadOnlyList<CycleWork> Closed => [.. First().Closed, .. Night().Closed];

    public static Conversation Open => new CustomerStory("+15550003333")
        .Writes("2026-03-31T10:00:00").GoesTo("2026-03-31T10:01:00", Ana).Replies("2026-03-31T10:02:00", Given.Ana).Latest;

    public static ReportQuery Query(ReportGroup group) => new(
        Given.Workspace, CustomerStory.At("2026-03-26T23:00:00"), CustomerStory.At("2026-03-31T22:00:00"), group, Madrid);

    /// <summary>One customer: a long week-end, a new conversation after the close, and that one reopened.</summary>
    private static CustomerStory First() => new CustomerStory("+15550001111")
        .Writes("2026-03-27T15:30:00")
        .Posts("2026-03-27T15:30:01", ActorKind.System)
        .GoesTo("2026-03-27T15:30:02", Owner.Ai("ai_1", "Bot"))
        .Posts("2026-03-27T15:30:10", ActorKind.Ai, "ai_1")
        .Writes("2026-03-27T15:50:00")
        .GoesTo("2026-03-27T15:51:00", Ana, "team_1")
        .Posts("2026-03-27T15:52:00", ActorKind.Agent, Given.Ana.Value, MessageDirection.Note)
        .Replies("2026-03-30T07:30:00", Given.Ana)
        .GoesTo("2026-03-30T08:00:00", Luis)
        .Snoozes("2026-03-30T08:10:00")
        .Wakes("2026-03-30T09:00:00")
        .Closes("2026-03-30T10:30:00", ClosedSource.User, "Pedidos", takesOwner: true)
        .Writes("2026-03-30T21:30:00")
        .GoesTo("2026-03-30T22:00:00", Luis)
        .Replies("2026-03-30T22:30:00", Given.Luis)
        .Closes("2026-03-31T07:15:00", ClosedSource.User)
        .Reopens("2026-03-31T08:00:00")
        .GoesTo("2026-03-31T08:01:00", Ana)
        .Replies("2026-03-31T08:05:00", Given.Ana)
        .Closes("2026-03-31T09:00:00", ClosedSource.Auto);

    /// <summary>Another, in the short night: nobody answers, a workflow closes.</summary>
    private static CustomerStory Night() => new CustomerStory("+15550002222")
        .Writes("2026-03-29T00:30:00")
        .Closes("2026-03-29T22:30:00", ClosedSource.Workflow);
}
