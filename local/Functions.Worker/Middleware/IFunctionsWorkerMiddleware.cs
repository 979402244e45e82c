namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of the pipeline, the function itself at its end.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>A step around every invocation. Created once and shared by all invocations, as in the official worker.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs the step; calling <paramref name="next"/> runs the rest.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
