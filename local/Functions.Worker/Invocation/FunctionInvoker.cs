using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>One invocation as its trigger asks for it.</summary>
internal sealed record InvocationRequest(FunctionEntry Function, object? TriggerValue, IReadOnlyDictionary<string, object?> BindingData)
{
    /// <summary>The trace that the trigger came with.</summary>
    public ActivityContext Parent { get; init; }

    /// <summary>Puts features into the context before the pipeline runs, and may replace the trigger's value by one that needs the context.</summary>
    public Func<FunctionContext, object?>? Prepare { get; init; }

    /// <summary>Runs after the pipeline and the output bindings, while the invocation's services are still alive.</summary>
    public Func<InvocationBindings, Task>? Complete { get; init; }
}

/// <summary>Runs functions: scope, trace, time-out, middleware, method, outputs; a failure is logged once.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, Lazy<FunctionCatalog> catalog, InvocationPipeline pipeline, QueueOutputs queueOutputs, HostJson hostJson, ILoggerFactory loggers)
    : IFunctionInvoker
{
    private static readonly ActivitySource Source = new("Microsoft.Azure.Functions.Worker");
    private static readonly Dictionary<string, object?> NoData = [];

    /// <summary>How long a function may go on after it was told that its time is up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private FunctionExecutionDelegate? _pipeline;

    public Task<object?> InvokeAsync(
        FunctionMethod function, object? triggerValue, IReadOnlyDictionary<string, object?>? bindingData, CancellationToken cancellationToken) =>
        RunAsync(new InvocationRequest(catalog.Value.Find(function.Name), triggerValue, bindingData ?? NoData), cancellationToken);

    public async Task<object?> InvokeReplayedAsync(
        FunctionMethod function, object? triggerValue, IReadOnlyDictionary<string, object?>? bindingData)
    {
        using var unstarted = new Activity(function.Name);
        var request = new InvocationRequest(catalog.Value.Find(function.Name), triggerValue, bindingData ?? NoData);
        return await RunInScopeAsync(request, Guid.NewGuid().ToString(), unstarted, CancellationToken.None);
    }

    public async Task<object?> RunAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        using Activity activity = StartActivity(request);
        using var timeLimit = new CancellationTokenSource(hostJson.FunctionTimeout);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
        ILogger logger = loggers.CreateLogger($"Function.{request.Function.Name}");
        long started = Stopwatch.GetTimestamp();
        string invocation = Guid.NewGuid().ToString();
        logger.Executing(request.Function.Name, invocation);
        try
        {
            object? result = await LimitAsync(request.Function.Name, RunInScopeAsync(request, invocation, activity, linked.Token), timeLimit.Token);
            logger.Executed(request.Function.Name, invocation, Milliseconds(started));
            return result;
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            activity.SetStatus(ActivityStatusCode.Error, e.Message);
            logger.Failed(e, request.Function.Name, invocation, Milliseconds(started));
            throw;
        }
    }

    private static long Milliseconds(long started) => (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    private static Activity StartActivity(InvocationRequest request)
    {
        string name = $"function {request.Function.Name}";
        // Without a listener there still is a trace id to hand on.
        if (Source.StartActivity(name, ActivityKind.Server, request.Parent) is { } heard)
            return heard.SetTag("faas.name", request.Function.Name);
        var unheard = new Activity(name);
        if (request.Parent != default)
        {
            unheard.SetParentId(request.Parent.TraceId, request.Parent.SpanId, request.Parent.TraceFlags);
            unheard.TraceStateString = request.Parent.TraceState;
        }
        return unheard.Start();
    }

    /// <summary>As the official host: the function's token is cancelled when its time is up; a moment later it is left behind as failed.</summary>
    private async Task<object?> LimitAsync(string function, Task<object?> run, CancellationToken timeUp)
    {
        if (hostJson.FunctionTimeout == Timeout.InfiniteTimeSpan)
            return await run;
        try
        {
            return await run.WaitAsync(hostJson.FunctionTimeout + Grace, CancellationToken.None);
        }
        catch (Exception e) when (timeUp.IsCancellationRequested && e is OperationCanceledException or TimeoutException)
        {
            throw new TimeoutException($"Timeout value of {hostJson.FunctionTimeout} was exceeded by function: {function}", e);
        }
    }

    private async Task<object?> RunInScopeAsync(InvocationRequest request, string invocation, Activity activity, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(request.Function, invocation, request.BindingData, scope.ServiceProvider, activity, cancellationToken);
        object? triggerValue = request.Prepare is null ? request.TriggerValue : request.Prepare(context);
        var bindings = new InvocationBindings(request.Function, triggerValue);
        context.Features.Set(bindings);
        await (_pipeline ??= pipeline.Build(ExecuteAsync))(context);
        object? result = bindings.Result;
        foreach (OutputBinding output in request.Function.Outputs.Where(output => output.Queue is not null))
            await queueOutputs.SendAsync(output.Queue!, bindings.Output(output), context.Serializer(), cancellationToken);
        if (request.Complete is not null)
            await request.Complete(bindings);
        return result;
    }

    /// <summary>The innermost step: binds the parameters and calls the method.</summary>
    private async Task ExecuteAsync(FunctionContext context)
    {
        InvocationBindings bindings = context.Features.Get<InvocationBindings>()!;
        FunctionEntry function = catalog.Value.Find(context.FunctionDefinition.Name);
        var arguments = new object?[function.Parameters.Count];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = await bindings.InputAsync(function.Parameters[i].Name, context);
        object? instance = function.Method.Method.IsStatic
            ? null
            : ActivatorUtilities.CreateInstance(context.InstanceServices, function.Method.Method.ReflectedType!);
        try
        {
            bindings.Result = await MethodCall.InvokeAsync(function.Method.Method, instance, arguments);
        }
        finally
        {
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
        bindings.SplitResult();
    }
}
