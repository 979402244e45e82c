using System.Diagnostics;

namespace LiveDesk.Functions.Storage;

/// <summary>The trace that a work item was put in, as the last field of the queue message; the first must be the one that tells its kind.</summary>
internal static class TraceEnvelope
{
    private const string Field = ",\"traceparent\":\"";
    private const string End = "\"}";

    /// <param name="body">A JSON object that is not empty.</param>
    public static string Write(string body) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? $"{body.AsSpan(0, body.Length - 1)}{Field}{id}{End}" : body;

    /// <returns>Nothing if the message has none.</returns>
    public static ActivityContext Read(string? body)
    {
        // Inside a text the quotation marks would be escaped, so this cannot be something that a customer wrote.
        int at = body?.LastIndexOf(Field, StringComparison.Ordinal) ?? -1;
        if (at < 0 || !body!.EndsWith(End, StringComparison.Ordinal)) return default;
        int from = at + Field.Length;
        return ActivityContext.TryParse(body[from..^End.Length], null, isRemote: true, out ActivityContext context) ? context : default;
    }
}
