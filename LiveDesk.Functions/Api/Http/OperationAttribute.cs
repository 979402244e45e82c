using LiveDesk.Domain.Assignment;

namespace LiveDesk.Functions.Api.Http;

/// <summary>Marks a function as part of the API: the middleware authenticates, checks the role and turns failures into problems.</summary>
/// <param name="minimumRole">The lowest role that may call it.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationAttribute(Role minimumRole) : Attribute
{
    public Role MinimumRole { get; } = minimumRole;
}

/// <summary>The operation stores an <c>Idempotency-Key</c> with its effect by itself; the middleware leaves it alone.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KeepsOwnKeysAttribute : Attribute;
