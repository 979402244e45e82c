using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>
/// CSV as of RFC 4180. A text that a spreadsheet would take for a formula (owasp.org/www-community/attacks/CSV_Injection) gets an apostrophe in front.
/// </summary>
internal sealed class CsvText
{
    private const string Formula = "=+-@\t\r\n";

    private readonly StringBuilder _text = new();

    public void Row(IEnumerable<JsonNode?> cells) => _text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    public override string ToString() => _text.ToString();

    private static string Cell(JsonNode? value) => value switch
    {
        null => "",
        _ when value.GetValueKind() == JsonValueKind.String => Quoted(Harmless(value.GetValue<string>())),
        _ => Quoted(value.ToJsonString()),
    };

    private static string Harmless(string text) => text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
