using System.Text.Json;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>Says what is wrong with conditions before they are saved, each fault with its field.</summary>
public static class MatchValidation
{
    public const int MaxConditions = 50;
    public const int MaxValueLength = 1000;
    public const int MaxListed = 200;

    /// <param name="path">Where the conditions stand in the request.</param>
    /// <returns>Empty if all is well.</returns>
    public static IReadOnlyList<FieldError> Validate(MatchConditions? conditions, string path = "match")
    {
        if (conditions is null) return [];
        return [.. CheckList(conditions.All, $"{path}.all"), .. CheckList(conditions.Any, $"{path}.any")];
    }

    private static IEnumerable<FieldError> CheckList(IReadOnlyList<Condition?>? conditions, string path)
    {
        if (conditions is null || conditions.Count > MaxConditions)
        {
            yield return new FieldError(path, $"Must be a list of at most {MaxConditions} conditions.");
            yield break;
        }

        for (int i = 0; i < conditions.Count; i++)
            if (Fault(conditions[i]) is { } fault)
                yield return fault with { Field = fault.Field.Length == 0 ? $"{path}[{i}]" : $"{path}[{i}].{fault.Field}" };
    }

    /// <summary>The first fault of a condition, its field relative to it; null if it has none.</summary>
    internal static FieldError? Fault(Condition? condition)
    {
        if (condition is null) return new FieldError("", "Must be an object.");
        if (condition.Field is null || !MatchField.IsKnown(condition.Field))
            return new FieldError("field", "Must be channel, contact.phone, contact.country, contact.language, contact.tag, "
                + "contact.attributes.(name), message.text, withinBusinessHours or returningContact.");
        if (condition.Op is null || !MatchOp.IsKnown(condition.Op))
            return new FieldError("op", "Must be equals, notEquals, contains, startsWith, matches, in or exists.");
        if (MatchField.IsFlag(condition.Field) && condition.Op is not (MatchOp.Equals or MatchOp.NotEquals))
            return new FieldError("op", $"Must be equals or notEquals for {condition.Field}.");
        return ValueFault(condition) is { } fault ? new FieldError("value", fault) : null;
    }

    private static string? ValueFault(Condition condition)
    {
        bool absent = condition.Value is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };
        if (condition.Op == MatchOp.Exists && absent) return null;

        IReadOnlyList<string>? values = ConditionValue.Read(condition.Value);
        bool list = condition.Value?.ValueKind == JsonValueKind.Array;
        if (values is null || list != (condition.Op == MatchOp.In))
            return condition.Op == MatchOp.In ? "Must be a list of texts." : "Must be a text, a number, true or false.";
        if (list && values.Count is (0 or > MaxListed)) return $"Must list 1 to {MaxListed} values.";
        if (values.Any(value => value.Length is 0 or > MaxValueLength)) return $"Must have 1 to {MaxValueLength} characters.";

        if (condition.Op == MatchOp.Exists || MatchField.IsFlag(condition.Field))
            return values[0].Equals("true", StringComparison.OrdinalIgnoreCase) || values[0].Equals("false", StringComparison.OrdinalIgnoreCase)
                ? null : "Must be true or false.";
        if (condition.Op == MatchOp.Matches)
            return SafePattern.Read(values[0], out string? fault) is null ? fault : null;
        return condition.Field == MatchField.Phone ? PhoneFault(condition.Op, values) : null;
    }

    private static string? PhoneFault(string op, IReadOnlyList<string> values) => op switch
    {
        MatchOp.Equals or MatchOp.NotEquals or MatchOp.In when !values.All(value => E164.TryParse(value, out _)) =>
            "Must be a number such as +14155550100.",
        MatchOp.StartsWith when values[0].AsSpan().TrimStart('+').ContainsAnyExceptInRange('0', '9') =>
            "Must be the beginning of a number, such as +34.",
        _ => null,
    };
}
