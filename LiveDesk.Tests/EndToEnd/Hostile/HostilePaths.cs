using System.Net;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Ids, queries, headers and methods that are none.</summary>
internal static class HostilePaths
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    private static readonly string[] Ids =
    [
        "x", "null", "0", "-1", "%20", "%27", "%27%20or%201%20eq%201", "%22", "%5C", "a%2Fb", "..%2F..%2Fagents", "%E2%85%B0", "%F0%9F%98%80", "%C0%AF", "%25",
        "%252e%252e", "a;b", "a|b", "cv_", "ch_", "ct_", "ag_ABCDEFGHJKMNPQRS", "*", "$batch", "contact",
    ];

    // What the server itself takes apart: it may reach no function, or another.
    private static readonly string[] Tricks = ["%2e%2e", "..", "%00", "%0d%0aX:y", "", ".", "%2e%2e%2f%2e%2e", "%ff", "%", "%zz"];

    private static readonly string[] Limits = ["0", "-1", "201", "abc", "1.5", "", "%205", "99999999999999999999", "1&limit=2", "%D9%A5", "0x10", "1e2", "null"];

    private static readonly string[] Cursors =
        ["x", "!!!!", "AAAA", "%00", "%F0%9F%98%80", "..%2F", "b3Blbnx4", "MDAwMDAwMDAwMDAwMDAwfGN2X3g", "%27%20or%20RowKey%20gt%20%27"];

    private static readonly string[] HostileTexts =
        ["%27", "%27%20or%20%27a%27%20eq%20%27a", "%5C", "%2F", "%23", "%3F", "%00", "%01", "%7F", "%7C", "%F0%9F%98%80", "%C3%28", new string('t', 3_000)];

    public static IEnumerable<HostileCase> Of(Scene scene)
    {
        foreach (ApiOperation operation in ApiOperation.All)
        {
            foreach (string parameter in operation.Parameters.Where(p => p != "ws"))
            {
                HostileCase With(string id, AnsweredBy by, params HttpStatusCode[] statuses) => new(
                    $"{operation.Function}, {parameter}", operation.Method,
                    operation.Path(new Dictionary<string, string>(scene.Ids) { [parameter] = id }), by, statuses)
                {
                    Authorization = scene.Admin,
                    Body = operation.Method == HttpMethod.Get ? null : Nothing,
                };
                // A body that lacks something may be told first.
                HttpStatusCode[] refused = operation.Method == HttpMethod.Get || operation.Method == HttpMethod.Delete
                    ? [HttpStatusCode.NotFound]
                    : [HttpStatusCode.NotFound, HttpStatusCode.BadRequest];
                foreach (string id in Ids) yield return With(id, AnsweredBy.Api, refused);
                yield return With(new string('i', 3_000), AnsweredBy.Api, refused);
                yield return With(scene.Ids.GetValueOrDefault(parameter, "x") + "0", AnsweredBy.Api, refused);
                yield return With(scene.Ids.GetValueOrDefault(parameter, "x").ToUpperInvariant(), AnsweredBy.Api, refused);
                // Whoever is no member any more may be taken out again.
                if (Scene.Unknown.TryGetValue(parameter, out string? unknown) && operation.Function != "RemoveChannelMember") yield return With(unknown, AnsweredBy.Api, refused);
                if (operation.Method == HttpMethod.Get)
                    foreach (string trick in Tricks) yield return With(trick, AnsweredBy.Anybody);
            }
            foreach (HttpMethod other in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Trace })
                if (!ApiOperation.All.Any(o => o.Route == operation.Route && o.Method == other))
                    yield return new HostileCase($"{operation.Function}, {other}", other, operation.Path(scene.Ids), AnsweredBy.Anybody, HttpStatusCode.NotFound)
                    {
                        Authorization = scene.Admin,
                    };
        }
    }

    public static IEnumerable<HostileCase> OfQueries(Scene scene)
    {
        string messages = $"conversations/{scene.Ids["conversationId"]}/messages";
        HostileCase Get(string path, params HttpStatusCode[] statuses) =>
            new("query", HttpMethod.Get, scene.PathOf(path), AnsweredBy.Api, statuses) { Authorization = scene.Admin };
        foreach (string list in new[]
        {
            "agents", "channels", "conversations", "teams", "ai-agents", "routing-rules", "workflows", "snippets", "snippets?q=h", "closing-note-categories", "api-keys",
            "views", "audit", "contacts", $"contacts/{scene.Ids["contactId"]}/conversations", messages,
        })
        {
            char sign = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            foreach (string limit in Limits) yield return Get($"{list}{sign}limit={limit}", HttpStatusCode.BadRequest);
            foreach (string cursor in Cursors)
                yield return list is "conversations" or "contacts" or "audit" || list == messages || list.EndsWith("/conversations", StringComparison.Ordinal)
                    ? Get($"{list}{sign}cursor={cursor}", HttpStatusCode.BadRequest)
                    : Get($"{list}{sign}cursor={cursor}");
        }
        foreach (string text in HostileTexts)
            foreach (string query in new[] { "contacts?q=", "contacts?tag=", "snippets?q=", "conversations?view=", $"contacts/{scene.Ids["contactId"]}/messages?q=", "audit?actor=", "audit?action=" }) yield return Get(query + text);
        foreach (string instant in new[] { "x", "0", "2026-13-01", "2026-01-01T00:00:00", "99999-01-01T00:00:00Z", "%00", new string('9', 3_000) })
            foreach (string query in new[] { "audit?from=", "audit?to=" }) yield return Get(query + instant, HttpStatusCode.BadRequest);
        foreach (string before in Cursors.Append("").Append("ms_000000000000000000000000_1_1_1")) yield return Get($"{messages}?before={before}", HttpStatusCode.BadRequest);
        foreach (string status in new[] { "", "OPEN", "open,closed", "open&status=closed", "%00", "1" })
            yield return Get($"conversations?status={status}", HttpStatusCode.BadRequest);
        foreach (string assignee in new[] { "me", "x", "NONE", "%27", "ag_", "none,ai" }) yield return Get($"conversations?assignee={assignee}", HttpStatusCode.BadRequest);
        foreach (string channel in new[] { "x", "ch_", "%27", scene.Channel.Id + "," + scene.Channel.Id }) yield return Get($"conversations?channelId={channel}", HttpStatusCode.BadRequest);
        // Any text may be a tag's or a team's name; it must neither break the query nor find another list.
        foreach (string text in HostileTexts)
        {
            yield return Get($"conversations?teamId={text}");
            yield return Get($"conversations?tag={text}");
        }
    }

    public static IEnumerable<HostileCase> OfHeaders(Scene scene)
    {
        string agent = $"agents/{scene.Ids["agentId"]}", channel = $"channels/{scene.Ids["channelId"]}", conversation = $"conversations/{scene.Ids["conversationId"]}";
        (HttpMethod Method, string Path, string Body)[] conditional =
        [
            (HttpMethod.Patch, agent, "{\"name\":\"Mallory\"}"), (HttpMethod.Put, agent + "/presence", "{\"status\":\"busy\"}"),
            (HttpMethod.Patch, channel, "{\"name\":\"Mallory\"}"), (HttpMethod.Delete, channel, "{}"), (HttpMethod.Post, channel + "/rotate-token", "{}"),
            (HttpMethod.Post, channel + "/verify", "{}"), (HttpMethod.Delete, $"{channel}/{agent}", "{}"), (HttpMethod.Put, $"{channel}/{agent}", "{}"),
            (HttpMethod.Post, conversation + "/close", "{}"), (HttpMethod.Post, conversation + "/unassign", "{}"),
            (HttpMethod.Post, conversation + "/assign", $"{{\"agentId\":\"{scene.Ids["agentId"]}\"}}"),
            .. new[]
            {
                $"teams/{scene.Ids["teamId"]}", $"ai-agents/{scene.Ids["aiAgentId"]}", $"routing-rules/{scene.Ids["ruleId"]}", $"workflows/{scene.Ids["workflowId"]}",
                $"snippets/{scene.Ids["snippetId"]}", $"closing-note-categories/{scene.Ids["categoryId"]}", $"views/{scene.Ids["viewId"]}", $"api-keys/{scene.Ids["keyId"]}",
            }.SelectMany(path => new[] { (HttpMethod.Patch, path, "{\"name\":\"Mallory\"}"), (HttpMethod.Delete, path, "{}") }),
        ];
        foreach ((HttpMethod method, string path, string body) in conditional)
            foreach (string match in new[] { "\"0000000000000000\"", "0", "W/\"x\"", "\"\"", "\"a\", \"b\"", new string('e', 5_000) })
                yield return new HostileCase($"If-Match {match[..Math.Min(20, match.Length)]}", method, scene.PathOf(path), AnsweredBy.Api, HttpStatusCode.PreconditionFailed)
                {
                    Authorization = scene.Admin,
                    Body = System.Text.Encoding.ASCII.GetBytes(body),
                    Headers = [("If-Match", match)],
                };
        foreach (string key in new[] { "", new string('k', 256), "a\tb" })
            foreach ((string path, string body) in new[] { (conversation + "/messages", "{\"text\":\"Hola\"}"), ("teams", "{\"name\":\"Mallory\"}") })
                yield return new HostileCase("Idempotency-Key", HttpMethod.Post, scene.PathOf(path), AnsweredBy.Api, HttpStatusCode.BadRequest)
                {
                    Authorization = scene.Admin,
                    Body = System.Text.Encoding.ASCII.GetBytes(body),
                    Headers = [("Idempotency-Key", key)],
                };
    }
}
