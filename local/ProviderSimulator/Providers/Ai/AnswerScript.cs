using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Ai;

/// <summary>What a simulated model shall say next, and what it was asked: <c>/answers</c> and <c>/requests</c> of its control API. With
/// <c>/hold</c> it thinks until <c>/release</c>.</summary>
/// <typeparam name="T">One answer.</typeparam>
internal sealed class AnswerScript<T>(SimulatorCore core) where T : class
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _answers = new();
    private readonly List<JsonObject> _asked = [];
    private TaskCompletionSource? _held;

    public void Map(IEndpointRouteBuilder control)
    {
        control.MapPost("/answers", AddAsync);
        control.MapGet("/answers", () => ControlApi.Json(Waiting()));
        control.MapDelete("/answers", () =>
        {
            lock (_gate) _answers.Clear();
            return Results.NoContent();
        });
        control.MapGet("/requests", () => ControlApi.Json(Asked()));
        control.MapPost("/hold", () =>
        {
            lock (_gate) _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Results.NoContent();
        });
        control.MapPost("/release", () =>
        {
            Release();
            return Results.NoContent();
        });
    }

    /// <summary>Thinks as long as an answer says, and as long as it is held.</summary>
    public async Task ThinkAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay > TimeSpan.Zero) await core.Time.WaitAsync(delay, cancellationToken);
        Task held;
        lock (_gate) held = _held?.Task ?? Task.CompletedTask;
        await held.WaitAsync(cancellationToken);
    }

    /// <summary>The next answer; null: the usual one.</summary>
    public T? Next()
    {
        lock (_gate) return _answers.TryDequeue(out T? answer) ? answer : null;
    }

    /// <param name="path">Below the provider's.</param>
    /// <param name="body">The question.</param>
    public void Keep(string path, JsonObject body)
    {
        lock (_gate) _asked.Add(new JsonObject { ["at"] = SimulatorJson.ToNode(core.Time.GetUtcNow()), ["path"] = path, ["body"] = body.DeepClone() });
    }

    public void Clear()
    {
        Release();
        lock (_gate)
        {
            _answers.Clear();
            _asked.Clear();
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _held?.SetResult();
            _held = null;
        }
    }

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        JsonNode? body = await JsonNode.ParseAsync(request.Body);
        T[] answers = body switch
        {
            JsonObject one => [one.Read<T>()],
            JsonArray several => [.. several.Select(node => (node as JsonObject ?? []).Read<T>())],
            _ => throw new ControlException(400, "The body must be an answer or a list of answers."),
        };
        lock (_gate)
            foreach (T answer in answers) _answers.Enqueue(answer);
        return ControlApi.Json(answers, 201);
    }

    private T[] Waiting()
    {
        lock (_gate) return [.. _answers];
    }

    private JsonArray Asked()
    {
        lock (_gate) return new JsonArray([.. _asked.Select(a => a.DeepClone())]);
    }
}
