using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>Record a cycle that has ended.</summary>
/// <param name="Closed">As it was at the close: it may be reopened before this is worked on.</param>
/// <param name="Owner">At the close.</param>
public sealed record CycleWork(WorkspaceId Workspace, Conversation Closed, Owner Owner) : WorkItem
{
    public override string Queue => QueueNames.Facts;

    /// <returns>Null if the entry does not hold the conversation that was closed.</returns>
    public static CycleWork? Of(WorkspaceId workspace, OutboxEntry entry, ConversationClosed closed)
    {
        if (entry.Conversation is not { } conversation || conversation.Id != closed.Conversation) return null;
        // The close itself may have taken the owner away.
        Owner owner = entry.Events.OfType<ConversationUnassigned>().FirstOrDefault(e => e.Conversation == closed.Conversation)?.Previous ?? conversation.Owner;
        // What customers wrote has no place in a fact.
        Conversation known = conversation with
        {
            ClosedAt = closed.At,
            ClosedBy = closed.ClosedBy,
            ClosingNote = closed.Note is null ? null : closed.Note with { Summary = null },
            LastMessage = null,
            ReadUpTo = new Dictionary<string, int>(),
        };
        return new CycleWork(workspace, known, owner);
    }
}

/// <summary>Record what is known of a survey.</summary>
public sealed record SurveyWork(WorkspaceId Workspace, SurveyId Survey, SurveyFact Fact) : WorkItem
{
    public override string Queue => QueueNames.Facts;

    /// <returns>Null for a survey that has not been sent, which no report knows.</returns>
    public static SurveyWork? Of(WorkspaceId workspace, Survey survey) =>
        survey.State.SentAt is not { } sent ? null : new SurveyWork(workspace, survey.Id, new SurveyFact(
            survey.Channel, survey.Owner.Kind == OwnerKind.None ? null : survey.Owner.Id, survey.Owner.Name, survey.TeamId, sent, survey.State.AnsweredAt,
            survey.State.Answer?.Score)
        {
            ClosedSource = survey.ClosedSource,
            Category = survey.Category,
            CategoryId = survey.CategoryId,
        });
}

/// <summary>Make a workspace's roll-ups.</summary>
public sealed record RollUpWork(WorkspaceId Workspace) : WorkItem
{
    public override string Queue => QueueNames.Facts;
}
