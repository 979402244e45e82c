using System.Collections.Frozen;
using System.Reflection;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Api.Http;

/// <summary>
/// The one place where the API authenticates, checks workspace and role, and turns what fails into a problem. Functions without
/// <see cref="OperationAttribute"/> pass untouched.
/// </summary>
internal sealed partial class ApiMiddleware(Authenticator authenticator, RepeatedRequests repeated, ILogger<ApiMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private static readonly FrozenDictionary<string, OperationAttribute> Operations = (
        from type in typeof(ApiMiddleware).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        let operation = method.GetCustomAttribute<OperationAttribute>()
        where function is not null && operation is not null
        select (function.Name, operation)).ToFrozenDictionary(o => o.Name, o => o.operation);

    private static readonly FrozenSet<string> OwnKeys = (
        from type in typeof(ApiMiddleware).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where method.GetCustomAttribute<KeepsOwnKeysAttribute>() is not null
        select method.GetCustomAttribute<FunctionAttribute>()!.Name).ToFrozenSet();

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!Operations.TryGetValue(context.FunctionDefinition.Name, out OperationAttribute? operation)
            || await context.GetHttpRequestDataAsync() is not { } request)
        {
            await next(context);
            return;
        }
        Refusal? refusal;
        try
        {
            refusal = await AdmitAsync(context, operation, request) ?? request.LostBody();
            if (refusal is null && OwnKeys.Contains(context.FunctionDefinition.Name)) await next(context);
            else if (refusal is null) refusal = await repeated.RunAsync(context, request, next);
        }
        catch (Exception e) when (e is QueueUnavailableException or ContactBusyException || StorageFailures.IsOutage(e))
        {
            LogUnavailable(e, context.FunctionDefinition.Name);
            refusal = new Refusal(RefusalKind.Unavailable, "unavailable", "The desk cannot do this right now. Try again.");
        }
        if (refusal is not null) context.GetInvocationResult().Value = await request.ProblemAsync(refusal);
    }

    private async Task<Refusal?> AdmitAsync(FunctionContext context, OperationAttribute operation, HttpRequestData request)
    {
        if (!WorkspaceId.TryParse(context.BindingContext.BindingData.TryGetValue("ws", out object? ws) ? ws?.ToString() : null, out WorkspaceId workspace))
            return Refusal.NotFound("workspace");
        Result<Caller> caller = await authenticator.AuthenticateAsync(workspace, request, context.CancellationToken);
        if (caller.Refusal is { } unknown) return unknown;
        if (caller.Value.Role < operation.MinimumRole)
            return new Refusal(RefusalKind.Forbidden, "role_too_low", $"This needs the role {operation.MinimumRole.ToString().ToLowerInvariant()}.");
        caller.Value.AttachTo(context);
        return null;
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Function} answered 503: a dependency is unavailable.")]
    private partial void LogUnavailable(Exception e, string function);
}
