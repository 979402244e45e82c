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
        if (answer.StatusCode != HttpStatusCode.BadRequest) return null;
        JsonArray errors = problem["errors"]!.AsArray();
        return errors.Count > 0 && errors.All(e => (string?)e!["field"] is { Length: > 0 }) ? null : "no field";
    }
}
