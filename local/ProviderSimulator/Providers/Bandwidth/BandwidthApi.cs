using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary><c>/api/v2/users/{accountId}</c>: messages and media, behind Basic credentials.</summary>
internal sealed class BandwidthApi(SimulatorCore core, BandwidthState state, BandwidthCallbacks callbacks)
{
    private const int LargestFile = 3_750_000;

    public void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder account = api.MapGroup("/api/v2/users/{account}");
        account.MapPost("/messages", CreateAsync);
        account.MapGet("/messages", (string account, HttpRequest request) => (IResult?)Refused(account, request) ?? BandwidthList.Of(account, request, state));
        account.MapGet("/media", (string account, HttpRequest request) => (IResult?)Refused(account, request) ?? ListFiles(account));
        account.MapPut("/media/{**name}", PutFileAsync);
        account.MapGet("/media/{**name}", (string account, string name, HttpRequest request) => (IResult?)Refused(account, request)
            ?? (state.Files.Find($"{account}/{name}") is var (bytes, type) ? Results.Bytes(bytes, type) : BandwidthError.Of(404)));
    }

    /// <summary>The credentials of a registered account must be right; an account of which nothing is known is taken with any.</summary>
    private BandwidthError? Refused(string account, HttpRequest request)
    {
        if (request.BasicCredentials() is not var (user, password) || password.Length == 0) return BandwidthError.Unauthorized();
        IReadOnlyList<BandwidthNumber> numbers = state.Numbers();
        if (numbers.Count == 0) return null;
        List<BandwidthNumber> owned = [.. numbers.Where(number => number.ApiKey == user && number.ApiSecret == password)];
        if (owned.Count == 0) return BandwidthError.Unauthorized();
        return owned.Any(number => number.AccountId == account) ? null : BandwidthError.Of(403);
    }

    private async Task<IResult> CreateAsync(string account, HttpRequest request)
    {
        if (Refused(account, request) is { } refused) return refused;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return new BandwidthError(415, "unsupported-content-type", $"Content type '{request.ContentType}' not supported");
        if (await request.ObjectAsync() is not { } body) return new BandwidthError(400, "malformed-json", "The body is not a JSON object");
        if (BandwidthRules.Check(body, [.. state.Numbers().Where(number => number.AccountId == account)]) is { } invalid) return invalid;

        IReadOnlyList<string> recipients = BandwidthRules.Strings(body["to"]);
        OutgoingMessage message = new()
        {
            Id = BandwidthCallbacks.NewId(core.Time.GetUtcNow()),
            From = body.Text("from")!,
            To = string.Join(",", recipients),
            Text = body.Text("text") ?? string.Empty,
            MediaUrls = BandwidthRules.Strings(body["media"]),
            AcceptedAt = core.Time.GetUtcNow(),
            Request = body,
        };
        state.Messages.Add(message);
        JsonObject answer = BandwidthCallbacks.Document(message, "out");
        await callbacks.StartAsync(message, core.Background.Stopping);
        return Results.Json(answer, statusCode: 202);
    }

    private async Task<IResult> PutFileAsync(string account, string name, HttpRequest request)
    {
        if (Refused(account, request) is { } refused) return refused;
        using MemoryStream bytes = new();
        await request.Body.CopyToAsync(bytes);
        if (bytes.Length > LargestFile) return new BandwidthError(413, "payload-too-large", "The file is larger than 3.75 MB");
        state.Files.Put($"{account}/{name}", bytes.ToArray(), request.ContentType ?? "application/octet-stream");
        return Results.NoContent();
    }

    private IResult ListFiles(string account) => Results.Json(new JsonArray([.. state.Files.List()
        .Where(file => file.Path.StartsWith(account + "/", StringComparison.Ordinal))
        .Select(file => new JsonObject
        {
            ["content"] = $"https://messaging.bandwidth.com/api/v2/users/{account}/media/{file.Path[(account.Length + 1)..]}",
            ["contentLength"] = file.Length,
            ["mediaName"] = file.Path[(account.Length + 1)..],
        })]));
}
