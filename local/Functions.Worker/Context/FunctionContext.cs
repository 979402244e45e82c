namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function: its id, inputs, services and what the pipeline's steps share.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique per invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The function's id, the same for all its invocations.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The W3C trace that the invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>Data of the trigger beside its value, such as route values or a queue message's dequeue count.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Retries by attribute; here always the first try.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The invocation's own service scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that runs.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Whatever the pipeline's steps want to hand on.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Typed features of the invocation.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled on the function's time-out, when an HTTP caller goes away, and at the end of the host's drain.</summary>
    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>Data of the trigger beside its value.</summary>
public abstract class BindingContext
{
    /// <summary>By name, without regard to case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>Which try of an invocation this is.</summary>
public abstract class RetryContext
{
    /// <summary>0 on the first try.</summary>
    public abstract int RetryCount { get; }

    /// <summary>0 if the function is not retried.</summary>
    public abstract int MaxRetryCount { get; }
}

/// <summary>The W3C trace that an invocation belongs to.</summary>
public abstract class TraceContext
{
    /// <summary>The traceparent of the invocation's own activity.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The tracestate, empty if none came in.</summary>
    public abstract string TraceState { get; }

    /// <summary>Attributes that the host adds.</summary>
    public virtual IReadOnlyDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();

    /// <summary>Baggage that came in.</summary>
    public virtual IReadOnlyDictionary<string, string> Baggage { get; } = new Dictionary<string, string>();
}

/// <summary>Typed features of an invocation.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Adds or replaces a feature.</summary>
    void Set<T>(T instance);

    /// <summary>The feature, or null.</summary>
    T? Get<T>();
}
