using System.Runtime.CompilerServices;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>Answers reports: from the facts of what is closed, and from the lists of what is open.</summary>
public sealed class MakeReports(IFactStore facts, IInboxIndex inbox, RecordFacts record, IResourceStore<ClosingNoteCategory> categories)
{
    // Of the table's thousand: a page of conversations is a megabyte.
    private const int PageSize = 500;

    public async Task<ReportOf<ConversationFigures>> ConversationsAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        // Facts first: what closes between the two reads is missing for a moment, never there twice.
        IEnumerable<FactDay> days = await DaysAsync(query, cancellationToken);
        var open = new List<CycleFact>();
        var hours = new Dictionary<ChannelId, BusinessHoursSchedule>();
        await foreach (Conversation conversation in OpenAsync(query.Workspace, cancellationToken))
        {
            if (!hours.TryGetValue(conversation.Channel, out BusinessHoursSchedule? schedule))
                hours[conversation.Channel] = schedule = await record.HoursAsync(query.Workspace, conversation.Channel, cancellationToken);
            open.Add(ReportDefinitions.Of(conversation, conversation.Owner, schedule));
        }
        return ConversationReport.Of(await WithCategoriesAsync(query, cancellationToken), days, open);
    }

    public async Task<ReportOf<SurveyFigures>> SurveysAsync(ReportQuery query, CancellationToken cancellationToken) =>
        SurveyReport.Of(await WithCategoriesAsync(query, cancellationToken), await DaysAsync(query, cancellationToken));

    /// <summary>All conversations that are open or snoozed now.</summary>
    public async IAsyncEnumerable<Conversation> OpenAsync(WorkspaceId workspace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<ConversationId>();
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
        {
            string? cursor = null;
            do
            {
                PageOf<InboxItem> page = await inbox.ListAsync(workspace, InboxViews.All(status), PageSize, cursor, cancellationToken);
                foreach (InboxItem item in page.Items)
                    if (seen.Add(item.Conversation.Id)) yield return item.Conversation;
                cursor = page.NextCursor;
            }
            while (cursor is not null);
        }
    }

    private async Task<ReportQuery> WithCategoriesAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (query.GroupBy != ReportGroup.Category) return query;
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ClosingNoteCategory category in await categories.ListRecentAsync(query.Workspace, cancellationToken)) ids[category.Name] = category.Id;
        return query with { CategoryIds = ids };
    }

    private Task<IEnumerable<FactDay>> DaysAsync(ReportQuery query, CancellationToken cancellationToken) =>
        facts.ReadAsync(query.Workspace, ReportDefinitions.Day(query.From), ReportDefinitions.Day(query.To), cancellationToken);
}
