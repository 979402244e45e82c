using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Hostile;
using LiveDesk.Tests.EndToEnd.Support;
using Xunit.Abstractions;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Bad input never gives a 500, never changes anything, and names the field.</summary>
public sealed class When_requests_are_malformed(ITestOutputHelper output)
{
    private const int Parallel = 6;

    [Fact]
    public async Task Refuses_each_with_a_reason_and_changes_nothing()
    {
        await using Desk desk = await Desk.StartAsync();
        Scene scene = await Scene.SetAsync(desk);
        var random = new Random(20260302);
        HostileCase[] cases =
        [
            .. HostileBodies.Of(scene, random), .. HostileCallers.Of(scene), .. HostilePaths.Of(scene), .. HostilePaths.OfQueries(scene),
            .. HostilePaths.OfHeaders(scene), .. HostileFields.Of(scene), .. HostileResources.Of(scene), .. ForgedWebhooks.Of(scene, random),
        ];
        IReadOnlyList<string> before = await TableDump.OfAsync(desk);

        var faults = new ConcurrentQueue<string>();
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        await System.Threading.Tasks.Parallel.ForEachAsync(
            cases, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (hostile, _) =>
            {
                if (await FaultAsync(http, desk, hostile) is { } fault) faults.Enqueue(fault);
            });
        await desk.QuietAsync();
        IReadOnlyList<string> after = await TableDump.OfAsync(desk);

        output.WriteLine($"{cases.Length} requests");
        Assert.True(cases.Length >= 20_000);
        Assert.True(faults.IsEmpty, $"{faults.Count} of {cases.Length}:\n" + string.Join('\n', faults.Take(200)));
        Assert.Equal(before, after);
        Assert.DoesNotContain(desk.Log.Errors, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    /// <summary>Each field of each body as null and as what it is not: what the desk says of it is for who calls, not for who wrote the desk.</summary>
    [Fact]
    public async Task Names_the_field_and_no_type_of_its_own()
    {
        await using Desk desk = await Desk.StartAsync();
        Scene scene = await Scene.SetAsync(desk);
        JsonNode document = await desk.Api.GetAsync("/api/openapi.json");
        var asked = new List<(HttpMethod Method, string Path, string Body)>();
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            string url = "/api" + string.Join('/', path.Split('/').Select(p => p.StartsWith('{') ? scene.Ids.GetValueOrDefault(p.Trim('{', '}'), "x") : p));
            foreach ((string verb, JsonNode? operation) in item!.AsObject())
                foreach (string field in Fields(document, operation!))
                    asked.AddRange(WrongValues.Select(value => (HttpMethod.Parse(verb), url, $"{{\"{field}\":{value}}}")));
        }

        var faults = new ConcurrentQueue<string>();
        await System.Threading.Tasks.Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (one, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(one.Method, one.Path) { Content = new StringContent(one.Body, System.Text.Encoding.UTF8, "application/json") };
            using HttpResponseMessage answer = await desk.Api.Http.SendAsync(request, cancellationToken);
            string said = await answer.Content.ReadAsStringAsync(cancellationToken);
            if ((int)answer.StatusCode >= 500 || (!answer.IsSuccessStatusCode && SpeaksOfTypes(said))) faults.Enqueue($"{one}: {(int)answer.StatusCode} {said}");
        });
        JsonNode nulled = await desk.Api.RefusedAsync(HttpMethod.Post, "agents", new { name = (string?)null }, HttpStatusCode.BadRequest);
        JsonNode parameter = await desk.Api.RefusedAsync(
            HttpMethod.Post, $"contacts/{scene.Ids["contactId"]}/merge", new { secondaryId = (string?)null }, HttpStatusCode.BadRequest);

        Assert.True(asked.Count >= 1_000, $"{asked.Count} requests");
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(50)));
        Assert.Equal(("name", "Must not be null."), ((string?)nulled["errors"]![0]!["field"], (string?)nulled["errors"]![0]!["message"]));
        Assert.Equal(("secondaryId", "Must not be null."), ((string?)parameter["errors"]![0]!["field"], (string?)parameter["errors"]![0]!["message"]));
    }

    private static readonly string[] WrongValues =
        ["null", "[]", "{}", "true", "12345678901234567890", "1.5", "\"\u0001\"", "[null]", "[[]]", "[{}]", "{\"a\":null}", "{\"all\":[null]}", "[{\"do\":null}]"];

    private static IEnumerable<string> Fields(JsonNode document, JsonNode operation)
    {
        JsonNode? schema = operation["requestBody"]?["content"]?.AsObject().First().Value!["schema"];
        if ((string?)schema?["$ref"] is { } reference) schema = document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]];
        return schema?["properties"]?.AsObject().Select(p => p.Key) ?? [];
    }

    private static bool SpeaksOfTypes(string answer) =>
        answer.Contains("System.", StringComparison.Ordinal) || answer.Contains("LiveDesk.", StringComparison.Ordinal)
        || new[] { ".NET", "annotation", "reader options", "deserialization" }.Any(word => answer.Contains(word, StringComparison.Ordinal));

    /// <returns>What is wrong with the answer, or null.</returns>
    private static async Task<string?> FaultAsync(HttpClient http, Desk desk, HostileCase hostile)
    {
        using HttpRequestMessage request = hostile.Request(desk.Settings.BaseUrl);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request);
        }
        catch (HttpRequestException e)
        {
            return $"{hostile}: {e.Message} {e.InnerException?.Message}";
        }
        using (answer)
        {
            string body = await answer.Content.ReadAsStringAsync();
            string Fault(string what) => $"{hostile}: {what}; {(int)answer.StatusCode} {(body.Length > 300 ? body[..300] : body)}";
            HttpStatusCode[] wanted = [.. hostile.Statuses.Where(s => s != default)];
            if ((int)answer.StatusCode >= 500) return Fault("an error of the server");
            if (wanted.Length > 0 && !wanted.Contains(answer.StatusCode)) return Fault($"not {string.Join(" or ", wanted.Select(s => (int)s))}");
            return hostile.By == AnsweredBy.Api && !answer.IsSuccessStatusCode && Problem(answer, body) is { } problem ? Fault(problem) : null;
        }
    }

    private static string? Problem(HttpResponseMessage answer, string body)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return "no problem document";
        JsonNode problem = JsonNode.Parse(body)!;
        if ((string?)problem["code"] is not { Length: > 0 } code || code.Any(c => c is not ((>= 'a' and <= 'z') or '_'))) return "no code";
        if ((int?)problem["status"] != (int)answer.StatusCode) return "another status inside";
        if (SpeaksOfTypes((string)problem["detail"]!)) return "types of its own";
        if (answer.StatusCode != HttpStatusCode.BadRequest) return null;
        JsonArray errors = problem["errors"]!.AsArray();
        return errors.Count > 0 && errors.All(e => (string?)e!["field"] is { Length: > 0 }) ? null : "no field";
    }
}
