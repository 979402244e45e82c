using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Callers who may not do what they ask for.</summary>
internal static class HostileCallers
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    private static readonly string?[] NoTokens =
    [
        null, "", "Bearer", "Bearer ", "Basic bGRrX3Rlc3RfYWRtaW46", DeskSettings.AdminKey, $"Bearer {DeskSettings.AdminKey}x",
        $"Bearer {DeskSettings.AdminKey[..^1]}", $"Bearer {DeskSettings.AdminKey.ToUpperInvariant()}", "Bearer ldk_' or 1 eq 1", "Bearer ldk_/../#?%00",
        $"Bearer {new string('k', 9_000)}", "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.", $"Bearer {DeskSettings.AdminKey}, Bearer x",
    ];

    public static IEnumerable<HostileCase> Of(Scene scene)
    {
        foreach (ApiOperation operation in ApiOperation.All)
        {
            HostileCase At(string name, string workspace, string? authorization, params HttpStatusCode[] statuses)
            {
                var ids = new Dictionary<string, string>(scene.Ids) { ["ws"] = workspace };
                return new HostileCase($"{operation.Function}, {name}", operation.Method, operation.Path(ids), AnsweredBy.Api, statuses)
                {
                    Body = operation.Method == HttpMethod.Get ? null : Nothing,
                    Authorization = authorization,
                };
            }
            foreach (string? token in NoTokens) yield return At($"token '{token?[..Math.Min(30, token.Length)]}'", "main", token, HttpStatusCode.Unauthorized);
            foreach (string workspace in new[] { "other", "MAIN", "main.", "-", new string('w', 33), "%C3%A9", "a%20b" })
                yield return At($"workspace {workspace}", workspace, scene.Admin, HttpStatusCode.NotFound);
            yield return At("a member's key in another workspace", "other", scene.Member, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound);
            if (operation.MinimumRole > Role.Agent) yield return At("role too low", "main", scene.Member, HttpStatusCode.Forbidden);
            if (operation.Parameters.Intersect(["channelId", "conversationId"]).Any())
                yield return At(
                    "no member of the channel", "main", scene.Stranger,
                    operation.MinimumRole > Role.Agent ? HttpStatusCode.Forbidden : operation.Method == HttpMethod.Get ? HttpStatusCode.NotFound : default);
        }
        yield return new HostileCase(
            "somebody else's presence", HttpMethod.Put, scene.PathOf($"agents/{scene.Ids["agentId"]}/presence"), AnsweredBy.Api, HttpStatusCode.Forbidden)
        {
            Authorization = scene.Stranger,
            Body = "{\"status\":\"busy\"}"u8.ToArray(),
        };
    }
}
