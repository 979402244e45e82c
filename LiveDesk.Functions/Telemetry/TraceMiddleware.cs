using System.Diagnostics;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace LiveDesk.Functions.Telemetry;

/// <summary>Puts every invocation into its trace: a request's goes on, a queue message's is the one that its work item was put in.</summary>
internal sealed class TraceMiddleware(DeskTelemetry telemetry, TimeProvider time) : IFunctionsWorkerMiddleware
{
    private const string Orchestration = "orchestrationTrigger";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == Orchestration))
        {
            // It runs again from its beginning whenever it wakes; the engine has traces of its own.
            await next(context);
            return;
        }
        IReadOnlyDictionary<string, object?> data = context.BindingContext.BindingData;
        bool queued = data.TryGetValue("QueueTrigger", out object? body);
        string name = context.FunctionDefinition.Name;
        ActivityContext parent = queued ? TraceEnvelope.Read(body?.ToString()) : default;
        if (parent == default) ActivityContext.TryParse(context.TraceContext.TraceParent, context.TraceContext.TraceState, isRemote: true, out parent);
        if (queued && data.TryGetValue("InsertionTime", out object? inserted) && Instant(inserted) is { } at) telemetry.Age(name, time.GetUtcNow() - at);

        using Activity? activity = telemetry.Begin(name, queued ? ActivityKind.Consumer : ActivityKind.Server, parent);
        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            // The type alone: a message may hold what a customer wrote.
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }

    private static DateTimeOffset? Instant(object? value) => value switch
    {
        DateTimeOffset at => at,
        string text when DateTimeOffset.TryParse(text.Trim('"'), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset at) => at,
        _ => null,
    };
}
