using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LiveDesk.Tests.Local.DurableTask;

/// <summary>A moment in the life of a process: before or after the n-th write of a kind.</summary>
/// <param name="Kind">What is written, in words.</param>
/// <param name="Occurrence">From 1.</param>
/// <param name="Before">Whether storage has not seen the write yet.</param>
public sealed record CrashPoint(string Kind, int Occurrence, bool Before)
{
    /// <summary>Every write that the engine does, in both moments; the frequent ones several times, since each time another step is at stake.</summary>
    public static IEnumerable<CrashPoint> All =>
        from kind in new (string Kind, int[] Occurrences)[]
        {
            ("insert row", [1]), ("put Start", [1, 3]), ("put RaiseEvent", [1]), ("put RunActivity", [1, 3]), ("put ActivityCompleted", [1, 3]),
            ("put TimerDue", [1]), ("put SubOrchestrationCompleted", [1]), ("commit", [1, 2, 4, 7]), ("delete control", [1, 3]), ("delete work item", [1]),
        }
        from occurrence in kind.Occurrences
        from before in new[] { true, false }
        select new CrashPoint(kind.Kind, occurrence, before);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}|{Occurrence}|{(Before ? "before" : "after")}");

    public static CrashPoint Parse(string text)
    {
        string[] parts = text.Split('|');
        return new CrashPoint(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "before");
    }
}

/// <summary>Kills the process, as kill -9 does, at its crash point. It sits in the pipeline of every storage client, so it sees every write.</summary>
public sealed class CrashingPolicy(CrashPoint point) : HttpPipelinePolicy
{
    private int _seen;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine writes asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool here = KindOf(message.Request) == point.Kind && Interlocked.Increment(ref _seen) == point.Occurrence;
        if (here && point.Before) Die();
        await ProcessNextAsync(message, pipeline);
        if (here) Die();
    }

    private static void Die()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        using var never = new ManualResetEvent(false);
        never.WaitOne();
    }

    private static string KindOf(Request request)
    {
        string kind = Transactions.Describe(request);
        return kind is "put control" or "put work item" ? "put " + MessageKindOf(request) : kind;
    }

    private static string MessageKindOf(Request request)
    {
        using var body = new MemoryStream();
        request.Content!.WriteTo(body, CancellationToken.None);
        body.Position = 0;
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(XDocument.Load(body).Root!.Element("MessageText")!.Value));
        using var message = System.Text.Json.JsonDocument.Parse(text);
        // The first kind, Start, is the default value and is not written.
        return message.RootElement.TryGetProperty("Kind", out var kind) ? kind.GetString()! : "Start";
    }
}
