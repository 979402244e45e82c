using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>A report as JSON, or as CSV for whoever accepts <c>text/csv</c>.</summary>
internal static class ReportAnswers
{
    public static async Task<HttpResponseData> ReportAsync<TRow, TTotals>(this HttpRequestData request, ReportView<TRow, TTotals> report, string name)
    {
        if (!AcceptsCsv(request)) return await request.JsonAsync(report);
        HttpResponseData response = request.CreateResponse(HttpStatusCode.OK);
        response.Headers.Add("Content-Type", "text/csv; charset=utf-8; header=present");
        response.Headers.Add("Content-Disposition", $"attachment; filename=\"{name}.csv\"");
        await response.WriteBytesAsync(Encoding.UTF8.GetBytes(Csv(report)));
        return response;
    }

    private static string Csv<TRow, TTotals>(ReportView<TRow, TTotals> report)
    {
        var csv = new CsvText();
        // The totals have the columns of a row, so a report without rows has its headings too.
        JsonObject heading = Json(report.Items.Count > 0 ? report.Items[0] : default(object?) ?? report.Totals);
        csv.Row(Cells(heading, "").Select(cell => (JsonNode?)cell.Name));
        foreach (TRow row in report.Items) csv.Row(Cells(Json(row), "").Select(cell => cell.Value));
        return csv.ToString();
    }

    private static JsonObject Json<T>(T row) => JsonSerializer.SerializeToNode(row, ApiJson.Options)!.AsObject();

    /// <summary>The fields of a row in order; those of an inner object under the outer's name and a dot.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> Cells(JsonObject row, string prefix) =>
        row.SelectMany(field => field.Value is JsonObject inner ? Cells(inner, $"{prefix}{field.Key}.") : [(prefix + field.Key, field.Value)]);

    private static bool AcceptsCsv(HttpRequestData request) =>
        request.Headers.TryGetValues("Accept", out IEnumerable<string>? values)
        && values.SelectMany(v => v.Split(',')).Any(v => v.Split(';')[0].Trim().Equals("text/csv", StringComparison.OrdinalIgnoreCase));
}
