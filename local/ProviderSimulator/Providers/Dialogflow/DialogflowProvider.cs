using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Ai;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>
/// Dialogflow ES (v2) and CX (v3): detectIntent, and Google's token endpoint under <c>/token</c>. Without a script every text matches an intent that
/// answers politely.
/// </summary>
public sealed class DialogflowProvider : IProvider
{
    private readonly SimulatorCore _core;
    private readonly TokenDesk _tokens;
    private readonly AnswerScript<DialogflowAnswer> _script;

    public DialogflowProvider(SimulatorCore core) =>
        (_core, _tokens, _script) = (core, new TokenDesk(core), new AnswerScript<DialogflowAnswer>(core));

    public string Name => "dialogflow";

    public void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost("/token", _tokens.GiveAsync);
        api.MapPost("/v2/projects/{project}/agent/sessions/{session}:detectIntent", EsAsync);
        api.MapPost("/v2/projects/{project}/locations/{location}/agent/sessions/{session}:detectIntent", EsAsync);
        api.MapPost("/v3/projects/{project}/locations/{location}/agents/{agent}/sessions/{session}:detectIntent", CxAsync);
    }

    public void MapControl(IEndpointRouteBuilder control)
    {
        _script.Map(control);
        control.MapDelete("/tokens", () =>
        {
            _tokens.Expire();
            return Results.NoContent();
        });
        control.MapPost("/accounts", async (HttpRequest request) =>
        {
            JsonObject account = await ControlApi.BodyAsync(request);
            _tokens.Know(
                account.Text("clientEmail") ?? throw new ControlException(400, "'clientEmail' is missing."),
                account.Text("publicKey") ?? throw new ControlException(400, "'publicKey' is missing."));
            return Results.NoContent();
        });
    }

    public Task RefuseAsync(HttpContext context, int status, int? code) => GoogleError.Of(status).ExecuteAsync(context);

    public void Reset()
    {
        _script.Clear();
        _tokens.Clear();
    }

    private Task<IResult> EsAsync(HttpRequest request, string project, string session, CancellationToken cancellationToken) => DetectAsync(
        request, session, cx: false, (said, language, answer) => DetectedIntent.Es(project, said, language, answer), cancellationToken);

    private Task<IResult> CxAsync(
        HttpRequest request, string project, string location, string agent, string session, CancellationToken cancellationToken) => DetectAsync(
        request, session, cx: true,
        (said, language, answer) => DetectedIntent.Cx($"projects/{project}/locations/{location}/agents/{agent}", said, language, answer), cancellationToken);

    private async Task<IResult> DetectAsync(
        HttpRequest request, string session, bool cx, Func<string, string, DialogflowAnswer, JsonObject> answered, CancellationToken cancellationToken)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header) || header.Scheme != "Bearer"
            || !_tokens.Accepts(header.Parameter ?? "")) return GoogleError.Unauthenticated();
        if (await request.ObjectAsync() is not { } body) return GoogleError.Argument("Invalid JSON payload received.");
        if (DetectIntentRules.Check(session, body, cx) is { } wrong) return wrong;
        _script.Keep(request.Path, body);
        JsonObject input = body["queryInput"]!.AsObject();
        JsonObject text = input["text"]!.AsObject();
        string said = text.Text("text")!;
        DialogflowAnswer answer = _script.Next() ?? new DialogflowAnswer { Texts = [$"Thank you for your message: “{said}”. (A simulated Dialogflow wrote this.)"] };
        await _script.ThinkAsync(answer.Delay, cancellationToken);
        return Results.Json(answered(said, (cx ? input : text).Text("languageCode")!, answer));
    }
}
