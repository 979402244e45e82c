using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Local;

/// <summary>A [Function] method that the host found.</summary>
/// <param name="Name">As in its FunctionAttribute.</param>
/// <param name="Method">The method itself, static or of an instance.</param>
/// <param name="Trigger">The parameter that carries the trigger attribute.</param>
public sealed record FunctionMethod(string Name, MethodInfo Method, ParameterInfo? Trigger);

/// <summary>Runs a function through middleware and binding, as the host does for its own triggers.</summary>
public interface IFunctionInvoker
{
    /// <summary>
    /// Invokes the function in a scope of its own. A failure is logged here, once, and thrown as it is;
    /// a cancellation through <paramref name="cancellationToken"/> is thrown without being logged.
    /// </summary>
    /// <param name="function">One of those handed to <see cref="IHostExtension.StartAsync"/>.</param>
    /// <param name="triggerValue">Given to the trigger's parameter as it is if the type fits, else converted (text and bytes as JSON).</param>
    /// <param name="bindingData">What FunctionContext.BindingContext.BindingData shows.</param>
    /// <param name="cancellationToken">Cancels the invocation's own token.</param>
    /// <returns>What the method returned (the awaited result; null for void/Task).</returns>
    Task<object?> InvokeAsync(
        FunctionMethod function, object? triggerValue, IReadOnlyDictionary<string, object?>? bindingData, CancellationToken cancellationToken);

    /// <summary>
    /// Invokes a function that waits for days and is replayed: without time limit, log lines and trace. Nothing of the host leaves
    /// the caller's thread before the method does; so the method runs under the caller's SynchronizationContext.
    /// </summary>
    Task<object?> InvokeReplayedAsync(FunctionMethod function, object? triggerValue, IReadOnlyDictionary<string, object?>? bindingData);
}

/// <summary>A project beside the host that adds trigger kinds and input bindings.</summary>
public interface IHostExtension
{
    /// <summary>Shown in the start-up list, e.g. "orchestrationTrigger"; null if the attribute is not this extension's.</summary>
    string? TriggerType(Attribute triggerAttribute);

    /// <summary>Whether the extension gives this parameter its value. Asked once for each parameter, at start-up; never for the trigger's own.</summary>
    bool CanBind(ParameterInfo parameter);

    /// <summary>The parameter's value for one invocation.</summary>
    object? Bind(ParameterInfo parameter, FunctionContext context);

    /// <summary>Starts taking work. Called after storage answers and the app's hosted services have started, before HTTP is served.</summary>
    /// <param name="functions">The functions whose trigger is this extension's.</param>
    /// <param name="invoker">Runs them.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    Task StartAsync(IReadOnlyList<FunctionMethod> functions, IFunctionInvoker invoker, CancellationToken cancellationToken);

    /// <summary>Stops taking work and waits for what is running. Called after HTTP, queues and timers have drained.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
