using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>What came of one condition, for the trace of a simulation.</summary>
/// <param name="Path"><c>all[0]</c>, <c>any[2]</c>.</param>
public sealed record ConditionResult(string Path, Condition Condition, bool Met);

/// <param name="Conditions">Each of them, also those that no longer decided.</param>
public sealed record MatchResult(bool Matched, IReadOnlyList<ConditionResult> Conditions);

/// <summary>
/// Holds conditions against facts. Texts are compared regardless of case (<c>matches</c> too, unless the pattern says <c>(?-i)</c>), channel
/// ids exactly. A language without region stands for all its regions; telephone numbers are equal if they are one subscriber. A tag
/// condition is met by any tag of the contact. What is not known meets <c>notEquals</c> and <c>exists: false</c> and nothing else. A
/// condition that does not pass <see cref="MatchValidation"/> is not met.
/// </summary>
public static class Matcher
{
    public static bool IsMatch(MatchConditions conditions, MatchFacts facts)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(facts);
        return conditions.All.All(condition => IsMet(condition, facts))
            && (conditions.Any.Count == 0 || conditions.Any.Any(condition => IsMet(condition, facts)));
    }

    /// <summary>As <see cref="IsMatch"/>, with what came of every condition.</summary>
    public static MatchResult Explain(MatchConditions conditions, MatchFacts facts)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(facts);
        List<ConditionResult> all = [.. conditions.All.Select((c, i) => new ConditionResult($"all[{i}]", c, IsMet(c, facts)))];
        List<ConditionResult> any = [.. conditions.Any.Select((c, i) => new ConditionResult($"any[{i}]", c, IsMet(c, facts)))];
        return new MatchResult(all.TrueForAll(r => r.Met) && (any.Count == 0 || any.Exists(r => r.Met)), [.. all, .. any]);
    }

    private static bool IsMet(Condition condition, MatchFacts facts)
    {
        if (MatchValidation.Fault(condition) is not null) return false;
        IReadOnlyCollection<string> known = facts.ValuesOf(condition.Field);
        IReadOnlyList<string> wanted = ConditionValue.Read(condition.Value) ?? ["true"];
        return condition.Op switch
        {
            MatchOp.Exists => known.Count > 0 == IsTrue(wanted[0]),
            MatchOp.NotEquals => !known.Any(value => AreEqual(condition.Field, value, wanted[0])),
            MatchOp.Equals or MatchOp.In => known.Any(value => wanted.Any(want => AreEqual(condition.Field, value, want))),
            MatchOp.Contains => known.Any(value => value.Contains(wanted[0], Comparison(condition.Field))),
            MatchOp.StartsWith => known.Any(value => value.StartsWith(Prefix(condition.Field, wanted[0]), Comparison(condition.Field))),
            MatchOp.Matches => known.Any(value => SafePattern.IsIn(value, wanted[0])),
            _ => false,
        };
    }

    private static bool AreEqual(string field, string known, string wanted) => field switch
    {
        MatchField.Phone => E164.TryParse(known, out E164 one) && E164.TryParse(wanted, out E164 other) && one.IdentityKey == other.IdentityKey,
        MatchField.Language => IsLanguage(known.Replace('_', '-'), wanted.Replace('_', '-')),
        _ => known.Equals(wanted, Comparison(field)),
    };

    private static bool IsLanguage(string known, string wanted) =>
        known.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) && (known.Length == wanted.Length || known[wanted.Length] == '-');

    private static string Prefix(string field, string wanted) => field == MatchField.Phone && !wanted.StartsWith('+') ? "+" + wanted : wanted;

    private static StringComparison Comparison(string field) =>
        field == MatchField.Channel ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
