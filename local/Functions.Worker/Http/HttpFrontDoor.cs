using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDesk.Local;

/// <summary>What Kestrel runs for every request: route, key, limits, body, function, response.</summary>
/// <param name="dropsChunked">As the official host does, which hands on no body without a Content-Length.</param>
internal sealed class HttpFrontDoor(
    HttpRouter router, FunctionInvoker invoker, FunctionKey key, HttpThrottle throttle, IOptions<WorkerOptions> worker, ILogger<HttpFrontDoor> logger,
    bool dropsChunked, CancellationToken cutOff)
    : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        if (router.Find(context) is not var (route, values))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (route.AuthLevel != AuthorizationLevel.Anonymous && !key.Admits(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        try
        {
            if (!await throttle.TryRunAsync(() => ServeAsync(context, route, values), context.RequestAborted))
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            logger.ClientGone();
        }
    }

    private async Task ServeAsync(HttpContext context, HttpRoute route, RouteValueDictionary values)
    {
        var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
            return;
        }
        if (dropsChunked && context.Request.ContentLength is null) body.SetLength(0);
        body.Position = 0;
        await InvokeAsync(context, route, values, body);
    }

    private async Task InvokeAsync(HttpContext context, HttpRoute route, RouteValueDictionary values, MemoryStream body)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cutOff);
        var request = new InvocationRequest(route.Function, null, BindingData(context.Request, values))
        {
            Parent = Parent(context.Request),
            Prepare = function =>
            {
                var data = new LocalHttpRequestData(context.Request, body, function);
                function.Features.Set<IHttpRequestDataFeature>(data);
                return data;
            },
            Complete = bindings => RespondAsync(context, route, bindings),
        };
        try
        {
            await invoker.RunAsync(request, linked.Token);
        }
        catch (Exception)
        {
            // The invoker has logged it. Nothing of it may reach the caller.
            Fail(context);
        }
    }

    private async Task RespondAsync(HttpContext context, HttpRoute route, InvocationBindings bindings)
    {
        OutputBinding? http = route.Function.Outputs.FirstOrDefault(output => output.Type == "http");
        object? result = http is null ? bindings.Result as HttpResponseData : bindings.Output(http);
        try
        {
            await HttpResponseWriter.WriteAsync(context.Response, result ?? bindings.Result as HttpResponseData, worker.Value.Serializer!, context.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            logger.ClientGone();
        }
    }

    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static Dictionary<string, object?> BindingData(HttpRequest request, RouteValueDictionary values)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, var value) in request.Query)
            data[name] = value.ToString();
        foreach ((string name, object? value) in values)
            data[name] = value;
        return data;
    }

    private static ActivityContext Parent(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out ActivityContext parent) ? parent : default;
}
