using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>Answers reports: from the facts of what is closed, and from the lists of what is open.</summary>
public sealed class MakeReports(IFactStore facts, IInboxIndex inbox, RecordFacts record, IResourceStore<ClosingNoteCategory> categories)
{
    private const int PageSize = 1_000;

    public async Task<ReportOf<ConversationFigures>> ConversationsAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        // Facts first: what closes between the two reads is missing for a moment, never there twice.
        IReadOnlyList<FactDay> days = await DaysAsync(query, cancellationToken);
        var open = new List<CycleFact>();
        var hours = new Dictionary<ChannelId, BusinessHoursSchedule>();
        foreach (Conversation conversation in await OpenAsync(query.Workspace, cancellationToken))
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
    public async Task<IReadOnlyList<Conversation>> OpenAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conversation>[] both = await Task.WhenAll(
            ListAsync(workspace, ConversationStatus.Open, cancellationToken), ListAsync(workspace, ConversationStatus.Snoozed, cancellationToken));
        return [.. both.SelectMany(list => list).DistinctBy(conversation => conversation.Id)];
    }

    private async Task<ReportQuery> WithCategoriesAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (query.GroupBy != ReportGroup.Category) return query;
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ClosingNoteCategory category in await categories.ListRecentAsync(query.Workspace, cancellationToken)) ids[category.Name] = category.Id;
        return query with { CategoryIds = ids };
    }

    private Task<IReadOnlyList<FactDay>> DaysAsync(ReportQuery query, CancellationToken cancellationToken) =>
        facts.ReadAsync(query.Workspace, ReportDefinitions.Day(query.From), ReportDefinitions.Day(query.To), cancellationToken);

    private async Task<IReadOnlyList<Conversation>> ListAsync(WorkspaceId workspace, ConversationStatus status, CancellationToken cancellationToken)
    {
        var found = new List<Conversation>();
        string? cursor = null;
        do
        {
            PageOf<InboxItem> page = await inbox.ListAsync(workspace, InboxViews.All(status), PageSize, cursor, cancellationToken);
            found.AddRange(page.Items.Select(item => item.Conversation));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return found;
    }
}
