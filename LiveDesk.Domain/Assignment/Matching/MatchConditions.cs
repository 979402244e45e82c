using System.Text.Json;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>
/// When a routing rule or a workflow applies: all conditions of <see cref="All"/>, and at least one of <see cref="Any"/> if there are
/// some. Without conditions it always applies.
/// </summary>
public sealed record MatchConditions
{
    public IReadOnlyList<Condition> All { get; init; } = [];

    public IReadOnlyList<Condition> Any { get; init; } = [];
}

/// <param name="Field">One of <see cref="MatchField"/>, such as <c>message.text</c>.</param>
/// <param name="Op">One of <see cref="MatchOp"/>, such as <c>contains</c>.</param>
/// <param name="Value">A text, number or truth value; a list of them for <c>in</c>; optional for <c>exists</c> (default true).</param>
public sealed record Condition(string Field, string Op, JsonElement? Value = null);
