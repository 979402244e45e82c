namespace LiveDesk.Domain.Reporting;

/// <summary>One row of figures about conversations; see <see cref="ReportDefinitions"/>.</summary>
/// <param name="Key">A day (<c>2026-03-29</c>), an id or a name of what the report is grouped by; null: all together.</param>
public sealed record ConversationFigures(
    string? Key, int Opened, int Reopened, int Closed, DurationFigures FirstResponse, DurationFigures FirstResponseInHours, DurationFigures NextReply,
    DurationFigures NextReplyInHours, DurationFigures AssignmentToResponse, DurationFigures HandleTime, DurationFigures Resolution,
    DurationFigures ResolutionInHours);

/// <param name="Names">Last known names of owners and categories, by id.</param>
public sealed record ReportOf<T>(IReadOnlyList<T> Items, T Totals, IReadOnlyDictionary<string, string> Names);

/// <summary>Counts what happened to conversations in a span of time.</summary>
public static class ConversationReport
{
    /// <param name="days">Facts of all UTC days that the span touches.</param>
    /// <param name="open">Cycles that are open now, of which there is no fact yet.</param>
    public static ReportOf<ConversationFigures> Of(ReportQuery query, IEnumerable<FactDay> days, IEnumerable<CycleFact> open)
    {
        ArgumentNullException.ThrowIfNull(query);
        var tally = new RowTally<Row>();
        var names = new Dictionary<string, string>();
        foreach (FactDay day in days)
        {
            // A cycle stands in the facts of each day on which something of it happened; only what happened on this one is counted here.
            ReportQuery within = query.Within(day.Day);
            foreach (CycleFact fact in day.Cycles) Count(tally, names, within, fact);
        }
        foreach (CycleFact fact in open) Count(tally, names, query, fact);
        if (query.GroupBy == ReportGroup.Day) foreach (string day in query.Days([.. tally.Keys])) _ = tally[day];
        return new ReportOf<ConversationFigures>(
            [.. tally.Keys.Order(StringComparer.Ordinal).Select(key => tally[key].Figures(key))], tally.Total.Figures(null), names);
    }

    private static void Count(RowTally<Row> tally, Dictionary<string, string> names, ReportQuery query, CycleFact fact)
    {
        if (query.Channel is { } channel && fact.Channel != channel) return;
        if (fact is { Owner: { } owner, OwnerName: { } name }) names[owner] = name;
        if (fact is { CategoryId: { } category, Category: { } called }) names[category] = called;
        if (query.Includes(fact.OpenedAt))
            tally.Count(Key(query, fact, fact.OpenedAt, fact.Owner), fact, static (row, opened) => row.CountOpening(opened));
        if (fact.FirstReplyAt is { } replied && query.Includes(replied))
            tally.Count(Key(query, fact, replied, fact.FirstReplyBy), fact, static (row, answered) => row.CountFirstResponse(answered));
        foreach (ReplyFact reply in fact.Replies)
            if (query.Includes(reply.At)) tally.Count(Key(query, fact, reply.At, reply.By), reply, static (row, given) => row.CountReply(given));
        if (fact.ClosedAt is { } at && query.Includes(at))
            tally.Count(Key(query, fact, at, fact.Owner), fact, static (row, closed) => row.CountClose(closed));
    }

    /// <param name="person">Whom what happened is credited to.</param>
    private static string? Key(ReportQuery query, CycleFact fact, DateTimeOffset at, string? person) => query.GroupBy switch
    {
        ReportGroup.Day => query.DayOf(at),
        ReportGroup.Agent => person,
        ReportGroup.Channel => fact.Channel.Value,
        ReportGroup.Team => fact.Team,
        ReportGroup.ClosedSource => fact.ClosedSource is { } source ? ReportKeys.Of(source) : null,
        _ => query.CategoryOf(fact.CategoryId, fact.Category),
    };

    private sealed class Row
    {
        private readonly DurationTally _firstResponse = new(), _firstResponseInHours = new(), _nextReply = new(), _nextReplyInHours = new(),
            _assignmentToResponse = new(), _handleTime = new(), _resolution = new(), _resolutionInHours = new();

        private int _opened, _reopened, _closed;

        public void CountOpening(CycleFact fact)
        {
            if (fact.Cycle == 1) _opened++;
            else _reopened++;
        }

        public void CountFirstResponse(CycleFact fact)
        {
            _firstResponse.Add(ReportDefinitions.FirstResponse(fact)!.Value);
            _firstResponseInHours.Add(fact.FirstResponseInHours!.Value);
            if (fact.AssignedToReply is { } taken) _assignmentToResponse.Add(taken);
        }

        public void CountReply(ReplyFact reply)
        {
            _nextReply.Add(reply.Waited);
            _nextReplyInHours.Add(reply.WaitedInHours);
        }

        public void CountClose(CycleFact fact)
        {
            _closed++;
            if (fact.HandleTime is { } handled) _handleTime.Add(handled);
            _resolution.Add(ReportDefinitions.Resolution(fact)!.Value);
            _resolutionInHours.Add(fact.ResolutionInHours!.Value);
        }

        public ConversationFigures Figures(string? key) => new(
            key, _opened, _reopened, _closed, _firstResponse.Figures(), _firstResponseInHours.Figures(), _nextReply.Figures(), _nextReplyInHours.Figures(),
            _assignmentToResponse.Figures(), _handleTime.Figures(), _resolution.Figures(), _resolutionInHours.Figures());
    }
}

internal static class ReportKeys
{
    /// <summary>As the API writes it.</summary>
    public static string Of<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
