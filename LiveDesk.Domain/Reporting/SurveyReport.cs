using System.Globalization;

namespace LiveDesk.Domain.Reporting;

/// <summary>One row of figures about surveys; see <see cref="ReportDefinitions"/>.</summary>
/// <param name="ResponseRate">Answered of sent, 0 to 1; null if none was sent.</param>
/// <param name="Average">Score; null if none was answered.</param>
/// <param name="Satisfied">Share of answers with a score of 4 or 5, 0 to 1; null if none was answered.</param>
/// <param name="Distribution">Answers by score.</param>
public sealed record SurveyFigures(
    string? Key, int Sent, int Answered, double? ResponseRate, double? Average, double? Satisfied, IReadOnlyDictionary<string, int> Distribution);

/// <summary>Counts surveys that were sent in a span of time.</summary>
public static class SurveyReport
{
    public static ReportOf<SurveyFigures> Of(ReportQuery query, IEnumerable<FactDay> days)
    {
        ArgumentNullException.ThrowIfNull(query);
        var tally = new RowTally<Row>();
        var names = new Dictionary<string, string>();
        foreach (SurveyFact fact in days.SelectMany(d => d.Surveys))
        {
            if (!query.Includes(fact.SentAt) || (query.Channel is { } channel && fact.Channel != channel)) continue;
            if (fact is { Owner: { } owner, OwnerName: { } name }) names[owner] = name;
            if (fact is { CategoryId: { } category, Category: { } called }) names[category] = called;
            tally.Count(Key(query, fact), fact, static (row, counted) => row.Count(counted));
        }
        if (query.GroupBy == ReportGroup.Day) foreach (string day in query.Days([.. tally.Keys])) _ = tally[day];
        return new ReportOf<SurveyFigures>(
            [.. tally.Keys.Order(StringComparer.Ordinal).Select(key => tally[key].Figures(key))], tally.Total.Figures(null), names);
    }

    private static string? Key(ReportQuery query, SurveyFact fact) => query.GroupBy switch
    {
        ReportGroup.Day => query.DayOf(fact.SentAt),
        ReportGroup.Agent => fact.Owner,
        ReportGroup.Channel => fact.Channel.Value,
        ReportGroup.Team => fact.Team,
        ReportGroup.ClosedSource => fact.ClosedSource is { } source ? ReportKeys.Of(source) : null,
        _ => query.CategoryOf(fact.CategoryId, fact.Category),
    };

    private sealed class Row
    {
        private readonly int[] _scores = new int[5];
        private int _sent;

        public void Count(SurveyFact fact)
        {
            _sent++;
            if (fact.Score is >= 1 and <= 5) _scores[fact.Score.Value - 1]++;
        }

        public SurveyFigures Figures(string? key)
        {
            int answered = _scores.Sum();
            int satisfied = _scores.Skip(ReportDefinitions.SatisfiedFrom - 1).Sum();
            return new SurveyFigures(
                key, _sent, answered,
                _sent == 0 ? null : (double)answered / _sent,
                answered == 0 ? null : _scores.Select((count, i) => (double)count * (i + 1)).Sum() / answered,
                answered == 0 ? null : (double)satisfied / answered,
                Enumerable.Range(1, 5).ToDictionary(score => score.ToString(CultureInfo.InvariantCulture), score => _scores[score - 1]));
        }
    }
}
