using System.Text.Json;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>Reads the value of a condition as texts: numbers and truth values as JSON writes them.</summary>
internal static class ConditionValue
{
    /// <summary>Null unless it is a text, a number, true, false, or a list of those.</summary>
    public static IReadOnlyList<string>? Read(JsonElement? value)
    {
        if (value is not { } element) return null;
        if (element.ValueKind != JsonValueKind.Array) return Single(element) is { } text ? [text] : null;

        var texts = new List<string>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (Single(item) is not { } itemText) return null;
            texts.Add(itemText);
        }

        return texts;
    }

    private static string? Single(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
