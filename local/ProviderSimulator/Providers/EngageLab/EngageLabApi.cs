using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary><c>/v1/messages</c> and <c>/v1/templates</c>, behind Basic credentials.</summary>
internal sealed class EngageLabApi(SimulatorCore core, EngageLabState state, EngageLabCallbacks callbacks)
{
    private readonly EngageLabRules _rules = new(state);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/v1/messages", CreateAsync);
        api.MapGet("/v1/templates", (HttpRequest request) => Owned(request) is null ? EngageLabError.Of(401, null) : Templates(request.Query));
        api.MapGet("/files/{**path}", (string path) => state.Files.Find(path) is var (bytes, type) ? Results.Bytes(bytes, type) : Results.NotFound());
    }

    /// <summary>The numbers of the key; null if it is wrong. As long as no number is registered, any key is taken.</summary>
    private List<EngageLabNumber>? Owned(HttpRequest request)
    {
        if (request.BasicCredentials() is not var (key, secret) || secret.Length == 0) return null;
        IReadOnlyList<EngageLabNumber> numbers = state.Numbers();
        List<EngageLabNumber> owned = [.. numbers.Where(number => number.DevKey == key && number.DevSecret == secret)];
        return owned.Count == 0 && numbers.Count > 0 ? null : owned;
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        if (Owned(request) is not { } owned) return EngageLabError.Of(401, null);
        if (await request.ObjectAsync() is not { } body) return new EngageLabError(400, 3001, "the body is not JSON");
        if (_rules.Check(body, owned) is { } refusal) return refusal;

        JsonObject content = body["body"]!.AsObject();
        string type = content.Text("type")!;
        JsonObject part = content[type]!.AsObject();
        OutgoingMessage message = new()
        {
            Id = Guid.NewGuid().ToString("N")[..20],
            From = EngageLabRules.Normal(body.Text("from")) ?? owned.Select(number => number.PhoneNumber).FirstOrDefault() ?? string.Empty,
            To = EngageLabRules.Normal(body["to"]![0]!.GetValue<string>())!,
            Text = type == "template" ? Rendered(part) : part.Text("body") ?? part.Text("caption") ?? string.Empty,
            MediaUrls = part.Text("link") is { } link ? [link] : [],
            AcceptedAt = core.Time.GetUtcNow(),
            Request = body,
        };
        state.Messages.Add(message);
        await callbacks.StartAsync(message, isTemplate: type == "template", core.Background.Stopping);
        JsonObject answer = new() { ["message_id"] = message.Id };
        if (body.Text("request_id") is { } id) answer["request_id"] = id;
        return Results.Json(answer);
    }

    private string Rendered(JsonObject part)
    {
        string text = state.Template(part.Text("name")!, part.Text("language")!)!.Body;
        string[] values = [.. ((part["components"] as JsonArray) ?? []).OfType<JsonObject>().Where(c => c.Text("type") == "body")
            .SelectMany(c => (c["parameters"] as JsonArray) ?? []).Select(p => (p as JsonObject).Text("text") ?? string.Empty)];
        for (int i = 0; i < values.Length; i++) text = text.Replace("{{" + (i + 1) + "}}", values[i], StringComparison.Ordinal);
        return text;
    }

    private IResult Templates(IQueryCollection query)
    {
        bool Fits(string name, string value) => string.IsNullOrEmpty(query[name]) || query[name] == value;
        return Results.Json(new JsonArray([.. state.Templates()
            .Where(t => Fits("name", t.Name) && Fits("language_code", t.Language) && Fits("category", t.Category) && Fits("status", t.Status))
            .Select(t => new JsonObject
            {
                ["id"] = t.Id,
                ["name"] = t.Name,
                ["language"] = t.Language,
                ["status"] = t.Status,
                ["category"] = t.Category,
                ["components"] = new JsonArray(new JsonObject { ["type"] = "BODY", ["text"] = t.Body }),
            })]));
    }
}
