using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function by an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
{
    /// <summary>Any method, with a function key.</summary>
    public HttpTriggerAttribute() : this(AuthorizationLevel.Function, []) { }

    /// <summary>These methods, with a function key.</summary>
    public HttpTriggerAttribute(params string[] methods) : this(AuthorizationLevel.Function, methods) { }

    /// <summary>Any method.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) : this(authLevel, []) { }

    /// <summary>Below the route prefix, with constraints and optional or catch-all parameters; the function's name if null.</summary>
    public string? Route { get; set; }

    /// <summary>Accepted methods, without regard to case; empty for all.</summary>
    public string[]? Methods { get; } = methods;

    /// <summary>Which key a caller must show.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;
}

/// <summary>Which key a caller must show.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>A signed-in user's; not supported by this host.</summary>
    User,

    /// <summary>The function's.</summary>
    Function,

    /// <summary>An extension's; not supported by this host.</summary>
    System,

    /// <summary>The master key; not supported by this host.</summary>
    Admin,
}

/// <summary>Marks the property of a result that is the HTTP response.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpResultAttribute : OutputBindingAttribute;
