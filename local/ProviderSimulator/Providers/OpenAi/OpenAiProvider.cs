using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Ai;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>
/// Chat completions. Without a script it answers politely that it heard, and hands over when the customer speaks of a person, so that a first try
/// needs no model. Keys: any, until one is made known (<c>POST /simulator/openai/keys</c>).
/// </summary>
public sealed class OpenAiProvider : IProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = [];
    private readonly SimulatorCore _core;
    private readonly AnswerScript<OpenAiAnswer> _script;

    public OpenAiProvider(SimulatorCore core) => (_core, _script) = (core, new AnswerScript<OpenAiAnswer>(core));

    public string Name => "openai";

    public void MapApi(IEndpointRouteBuilder api)
    {
        foreach (string version in (string[])["", "/v1"])
        {
            api.MapPost(version + "/chat/completions", CompleteAsync);
            api.MapGet(version + "/models", (HttpRequest request) => Unauthorized(request) is { } refusal ? refusal : Models());
        }
    }

    public void MapControl(IEndpointRouteBuilder control)
    {
        _script.Map(control);
        control.MapPost("/keys", async (HttpRequest request) =>
        {
            string key = (await ControlApi.BodyAsync(request)).Text("key") ?? throw new ControlException(400, "'key' is missing.");
            lock (_gate) _keys.Add(key);
            return Results.NoContent();
        });
    }

    public Task RefuseAsync(HttpContext context, int status, int? code) => OpenAiError.Of(code ?? status).ExecuteAsync(context);

    public void Reset()
    {
        _script.Clear();
        lock (_gate) _keys.Clear();
    }

    private async Task<IResult> CompleteAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (Unauthorized(request) is { } refusal) return refusal;
        if (await request.ObjectAsync() is not { } body) return new OpenAiError(400, "We could not parse the JSON body of your request.");
        if (CompletionRules.Check(body) is { } wrong) return wrong;
        _script.Keep(request.Path, body);
        OpenAiAnswer answer = _script.Next() ?? UsualAnswer.To(body);
        await _script.ThinkAsync(answer.Delay, cancellationToken);
        request.HttpContext.Response.Headers["x-request-id"] = "req_" + Guid.NewGuid().ToString("N");
        return Results.Json(answer.Raw ?? Completion.Of(body, answer, _core.Time.GetUtcNow()));
    }

    private OpenAiError? Unauthorized(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header) || header.Scheme != "Bearer"
            || string.IsNullOrEmpty(header.Parameter)) return OpenAiError.NoKey();
        lock (_gate) return _keys.Count > 0 && !_keys.Contains(header.Parameter) ? OpenAiError.WrongKey() : null;
    }

    private static IResult Models() => Results.Json(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject { ["id"] = "gpt-4o-mini", ["object"] = "model", ["created"] = 1_721_172_741, ["owned_by"] = "system" }),
    });
}
