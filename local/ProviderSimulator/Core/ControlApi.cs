using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>The control API, for a person and for tests: everything under <c>/simulator</c>.</summary>
internal sealed class ControlApi(SimulatorCore core, IReadOnlyDictionary<string, IProvider> providers)
{
    /// <summary>How a simulator that already runs is recognised.</summary>
    public const string Marker = "LiveDesk.ProviderSimulator";

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder control = routes.MapGroup("/simulator");
        control.MapGet("/", () => Json(new { simulator = Marker, baseUri = core.BaseAddress, providers = providers.Keys.Order(), failures = core.Background.Failures }));
        control.MapDelete("/", Reset);
        control.MapPost("/faults", AddFaults);
        control.MapGet("/faults", () => Json(core.Faults.List()));
        control.MapDelete("/faults", () =>
        {
            core.Faults.Clear();
            return Results.NoContent();
        });
        control.MapGet("/requests", (string? provider) => Json(core.Requests.List().Where(r => provider is null || r.Provider == provider)));
        control.MapGet("/webhooks", (string? provider, string? kind, string? messageId) => Json(core.Webhooks.List().Where(delivery =>
            (provider ?? delivery.Webhook.Provider) == delivery.Webhook.Provider
            && (kind ?? delivery.Webhook.Kind) == delivery.Webhook.Kind
            && (messageId ?? delivery.Webhook.MessageId) == delivery.Webhook.MessageId)));
        foreach (IProvider provider in providers.Values) Map(control.MapGroup("/" + provider.Name), provider);
    }

    private static void Map(RouteGroupBuilder control, IProvider provider)
    {
        provider.MapControl(control);
        if (provider is not IMessagingProvider messaging) return;
        control.MapPost("/numbers", async (HttpRequest request) => Json(messaging.RegisterNumber(await BodyAsync(request)), 201));
        control.MapGet("/numbers", () => Json(messaging.Numbers()));
        control.MapPost("/inbound", async (HttpRequest request, CancellationToken token) =>
            Json(await messaging.SendInboundAsync(await BodyAsync(request), token)));
        control.MapGet("/messages", () => Json(messaging.Messages()));
        control.MapPost("/messages/{id}/status", async (string id, HttpRequest request, CancellationToken token) =>
            Json(await messaging.PushStatusAsync(id, await BodyAsync(request), token)));
        control.MapGet("/settings", () => Json(messaging.Settings));
        control.MapPut("/settings", async (HttpRequest request) => Json(messaging.Settings = Merged(messaging.Settings, await BodyAsync(request))));
    }

    /// <summary>Answers a refusal of the control API with its text.</summary>
    public static async Task ExplainRefusalsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ControlException refusal)
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsJsonAsync(new { status = refusal.Status, detail = refusal.Message }, SimulatorJson.Options);
        }
    }

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="ControlException">The body is none.</exception>
    public static async Task<JsonObject> BodyAsync(HttpRequest request) => await NodeAsync(request) as JsonObject
        ?? throw new ControlException(400, "The body must be a JSON object.");

    public static IResult Json(object value, int status = 200) => Results.Json(value, SimulatorJson.Options, statusCode: status);

    private IResult Reset()
    {
        core.Reset();
        foreach (IProvider provider in providers.Values) provider.Reset();
        return Results.NoContent();
    }

    private async Task<IResult> AddFaults(HttpRequest request)
    {
        List<Fault> faults = await NodeAsync(request) switch
        {
            JsonObject one => [one.Read<Fault>()],
            JsonArray { Count: > 0 } several => [.. several.Select(node => (node as JsonObject ?? []).Read<Fault>())],
            _ => throw new ControlException(400, "The body must be a fault or a list of faults."),
        };
        return Json(faults.ConvertAll(core.Faults.Add), 201);
    }

    private static async Task<JsonNode?> NodeAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body);
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new ControlException(400, exception.Message);
        }
    }

    private static MessagingSettings Merged(MessagingSettings settings, JsonObject changes)
    {
        JsonObject merged = SimulatorJson.ToNode(settings).AsObject();
        foreach ((string name, JsonNode? value) in changes) merged[name] = value?.DeepClone();
        return merged.Read<MessagingSettings>();
    }
}
