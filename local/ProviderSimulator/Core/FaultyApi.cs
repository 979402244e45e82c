using System.Text;
using LiveDesk.Local;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>Stands before a provider's API: logs each request and makes it fail as scripted.</summary>
internal sealed class FaultyApi(SimulatorCore core, IReadOnlyDictionary<string, IProvider> providers)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string[] parts = (context.Request.Path.Value ?? "/").Split('/', 3);
        if (!providers.TryGetValue(parts[1], out IProvider? provider))
        {
            await next(context);
            return;
        }

        DateTimeOffset at = core.Time.GetUtcNow();
        string path = "/" + (parts.Length > 2 ? parts[2] : string.Empty) + context.Request.QueryString;
        string body = await BodyAsync(context.Request);
        Fault? fault = core.Faults.TakeForRequest(provider.Name, context.Request.Method, path, body);
        int? status = null;
        try
        {
            status = await AnswerAsync(context, next, provider, fault);
        }
        finally
        {
            core.Requests.Add(new LoggedRequest(at, provider.Name, context.Request.Method, path, body, fault?.Kind, status));
        }
    }

    private async Task<int?> AnswerAsync(HttpContext context, RequestDelegate next, IProvider provider, Fault? fault)
    {
        if (fault?.Kind == FaultKind.Slow) await WaitAsync(context, fault.Delay ?? TimeSpan.FromSeconds(2));
        if (fault is null or { Kind: FaultKind.Slow })
        {
            await next(context);
            return context.Response.StatusCode;
        }

        int? accepted = fault.Accept ? await WorkUnansweredAsync(context, next) : null;
        switch (fault.Kind)
        {
            case FaultKind.Status:
                await RefuseAsync(context, provider, fault);
                break;
            case FaultKind.Hang:
                await HoldAsync(context);
                context.Abort();
                break;
            default:
                context.Abort();
                break;
        }

        return accepted;
    }

    private static async Task<int> WorkUnansweredAsync(HttpContext context, RequestDelegate next)
    {
        Stream answer = context.Response.Body;
        context.Response.Body = new MemoryStream();
        await next(context);
        int status = context.Response.StatusCode;
        context.Response.Body = answer;
        context.Response.Clear();
        return status;
    }

    private static async Task RefuseAsync(HttpContext context, IProvider provider, Fault fault)
    {
        if (fault.RetryAfter is not null) context.Response.Headers.RetryAfter = fault.RetryAfter;
        if (fault.Body is null)
        {
            await provider.RefuseAsync(context, fault.Status, fault.Code);
            return;
        }

        context.Response.StatusCode = fault.Status;
        await context.Response.WriteAsync(fault.Body);
    }

    private async Task HoldAsync(HttpContext context)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, core.Background.Stopping, core.Faults.Cleared);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = end.Token.UnsafeRegister(_ => ended.TrySetResult(), null);
        await ended.Task;
    }

    private async Task WaitAsync(HttpContext context, TimeSpan delay)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, core.Background.Stopping);
        await core.Time.WaitAsync(delay, end.Token);
    }

    // Files are left alone: neither faults nor the log look into them.
    private static async Task<string> BodyAsync(HttpRequest request)
    {
        string type = request.ContentType ?? string.Empty;
        if (!type.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return string.Empty;
        request.EnableBuffering();
        using StreamReader reader = new(request.Body, Encoding.UTF8, leaveOpen: true);
        string body = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return body;
    }
}
