using System.Net;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Requests about teams, rules, contacts and the like that would be good but for one field, as POST and as PATCH.</summary>
internal static class HostileResources
{
    private static readonly string[] NotText = ["true", "5", "1e999", "[]", "{}", "\"\\ud83d\""];
    private static readonly string[] NotName = [.. NotText, "null", "\"\"", "\"   \"", "\"a\\u0000b\"", $"\"{new string('x', 20_000)}\""];
    private static readonly string[] NotFlag = ["\"true\"", "1", "0", "[]", "{}", "null"];
    private static readonly string[] NotWhole = ["true", "\"5\"", "1.5", "1e999", "-1", "99999999999999999999", "[]", "{}"];
    private static readonly string[] NotDuration = ["5", "true", "\"\"", "\"P\"", "\"1h\"", "\"P1M\"", "\"-PT1S\"", "\"PT0S\"", "\"P99999999999D\"", "{}"];
    private static readonly string[] NotList = ["null", "5", "{}", "\"x\"", "[5]", "[{}]"];
    private static readonly string[] NotTags = [.. NotList, "[null]", "[\"\"]", "[\" \"]", "[\"a\",\"A\"]", "[\"a\\u0000\"]", $"[\"{new string('t', 101)}\"]"];
    private static readonly string[] NotObject = ["true", "5", "\"x\"", "[]", "[null]", "null"];
    private static readonly string[] NotChoice = ["true", "0", "\"x\"", "\"\"", "[]", "{}"];

    private static readonly string[] NotUrl =
    [
        .. NotText, "\"\"", "\"x\"", "\"http://example.com/\"", "\"https://\"", "\"ftp://example.com/\"", "\"https://u:p@example.com/\"", "\"https://169.254.169.254/\"",
        "\"https://[::1]/\"", "\"javascript:x\"", "\"//example.com\"", $"\"https://example.com/{new string('x', 3_000)}\"",
    ];

    private static readonly string[] NotMatch =
    [
        .. NotObject, "{\"all\":null}", "{\"all\":[null]}", "{\"all\":[{}]}", "{\"all\":{}}", "{\"zz\":[]}",
        "{\"all\":[{\"field\":\"zz\",\"op\":\"equals\",\"value\":\"x\"}]}", "{\"any\":[{\"field\":\"channel\",\"op\":\"zz\",\"value\":\"x\"}]}",
        "{\"any\":[{\"field\":\"channel\",\"op\":\"equals\",\"value\":{}}]}", "{\"any\":[{\"field\":\"message.text\",\"op\":\"matches\",\"value\":\"(a\"}]}",
        "{\"any\":[{\"field\":\"channel\",\"op\":\"in\",\"value\":[]}]}", $"{{\"all\":[{string.Join(',', Enumerable.Repeat("{\"field\":\"contact.tag\",\"op\":\"exists\"}", 51))}]}}",
    ];

    private static readonly string[] NotTrigger =
    [
        .. NotObject, "{\"event\":null}", "{\"event\":5}", "{\"event\":\"x\"}", "{\"event\":\"manual\",\"source\":\"x\"}",
        "{\"event\":\"conversation.opened\",\"source\":\"zz\"}", "{\"event\":\"manual\",\"oncePerContact\":1}", "{\"event\":\"manual\",\"zz\":1}",
    ];

    private static readonly string[] NotSteps =
    [
        "null", "5", "{}", "[]", "[null]", "[5]", "[{}]", "[{\"do\":\"x\"}]", "[{\"do\":\"wait\"}]", "[{\"do\":\"wait\",\"for\":\"x\"}]", "[{\"do\":\"send\",\"text\":\"\"}]",
        "[{\"do\":\"send\",\"template\":{}}]", "[{\"do\":\"send\",\"template\":{\"name\":\"x\",\"variables\":{\"1\":null}}}]", "[{\"do\":\"unassign\",\"tag\":\"x\"}]",
        "[{\"do\":\"webhook\",\"url\":\"file:///etc/passwd\"}]", "[{\"do\":\"addTag\",\"tag\":5}]", "[{\"do\":\"assign\"}]", "[{\"do\":\"open\",\"channelId\":\"x\"}]",
    ];

    public static IEnumerable<HostileCase> Of(Scene scene)
    {
        var queue = new { kind = "queue", id = "Sales" };
        object[] steps = [new { @do = "unassign" }];
        (string Path, string? Id, object Good, (string Field, string[] Bad)[] Fields)[] kinds =
        [
            ("teams", "teamId", new { name = "Mallory" }, [("name", NotName), ("agentIds", [.. NotList, "[null]", "[\"x\"]"]), ("id", ["\"tm_x\""])]),
            ("closing-note-categories", "categoryId", new { name = "Mallory" }, [("name", NotName), ("createdAt", ["\"2026-01-01T00:00:00Z\""])]),
            ("views", "viewId", new { name = "Mallory" },
                [("name", NotName), ("status", [.. NotChoice, "null"]), ("assignee", ["\"x\"", "5", "\"ME\""]), ("teamId", ["5", "{}"]), ("channelId", ["\"x\"", "5"])]),
            ("snippets", "snippetId", new { shortcut = "mallory", text = "x" },
                [("shortcut", [.. NotName, "\"a b\"", "\"/\""]), ("text", [.. NotText, "null", "\"\"", $"\"{new string('x', 20_000)}\""]), ("attachmentIds", NotList)]),
            ("ai-agents", "aiAgentId", new { name = "Mallory", kind = "gpt", model = "m" },
            [
                ("name", NotName), ("kind", [.. NotChoice, "null"]), ("model", NotName), ("baseUrl", NotUrl), ("apiKey", [.. NotText, "\"\"", "\"a b\"", "\"a\\r\\nb\""]),
                ("maxTurns", [.. NotWhole, "0", "101", "null"]), ("timeout", [.. NotDuration, "\"PT3M\"", "null"]), ("instructions", [.. NotText, $"\"{new string('x', 30_000)}\""]),
                ("projectId", ["\"p\""]), ("credentials", ["{}", "\"x\"", "5"]), ("protectedSecret", ["\"x\""]),
            ]),
            ("routing-rules", "ruleId", new { target = queue },
            [
                ("name", NotName), ("active", NotFlag), ("position", NotWhole), ("match", NotMatch), ("waitTimeout", [.. NotDuration, "\"P8D\""]), ("addTags", NotTags),
                ("channelIds", [.. NotList, "[null]", "[\"x\"]"]),
                ("target", [.. NotObject, "{\"kind\":\"queue\",\"id\":\"\"}", "{\"kind\":\"queue\",\"id\":null}", "{\"kind\":\"x\",\"id\":\"y\"}", "{\"kind\":\"queue\",\"id\":\"y\",\"zz\":1}"]),
            ]),
            ("workflows", "workflowId", new { name = "Mallory", trigger = new { @event = "manual" }, steps },
                [("name", NotName), ("active", NotFlag), ("trigger", NotTrigger), ("match", NotMatch), ("steps", NotSteps)]),
            ("api-keys", "keyId", new { name = "Mallory", role = "agent" },
                [("name", NotName), ("role", NotChoice), ("agentId", ["true", "5", "[]", "{}", "\"\"", "\"x\"", "\"' or 1 eq 1\""]), ("hash", ["\"x\""]), ("prefix", ["\"x\""])]),
            ("contacts", "contactId", new { name = "Mallory" },
            [
                ("name", [.. NotText, "\"\"", $"\"{new string('x', 300)}\""]), ("phoneNumber", [.. NotText, "\"\"", "\"x\"", "\"+1\"", "\"+1 555\""]),
                ("language", [.. NotText, "\"\"", "\"e\"", "\"es_ES\"", $"\"{new string('x', 99)}\""]), ("tags", NotTags),
                ("attributes", ["null", "5", "[]", "\"x\"", "{\"a\":5}", "{\"a\":{}}", "{\"\":\"x\"}", $"{{\"a\":\"{new string('x', 401)}\"}}"]), ("blocked", ["true"]),
            ]),
        ];
        foreach ((string path, string? id, object good, (string Field, string[] Bad)[] fields) in kinds)
            foreach ((string field, string[] bad) in fields)
                foreach (string value in bad)
                {
                    yield return HostileFields.Field(scene, HttpMethod.Post, path, good, field, value);
                    yield return HostileFields.Field(
                        scene, HttpMethod.Patch, $"{path}/{scene.Ids[id!]}", new { }, field, value, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
                }
        foreach (string bad in new[] { "null", "5", "{}", "[null]", "[5]", "[{}]", "[{\"channelType\":\"sms\"}]", "[{\"channelType\":\"x\",\"address\":\"y\"}]", "[{\"channelType\":\"viber\",\"address\":\"y\"}]" })
            yield return HostileFields.Field(scene, HttpMethod.Post, "contacts", new { name = "Mallory" }, "identities", bad);
        foreach (string bad in new[] { "[null]", "[\"x\"]", "[\"at_0000000000000000\"]" })
            yield return HostileFields.Field(
                scene, HttpMethod.Post, "snippets", new { shortcut = "m", text = "x" }, "attachmentIds", bad, HttpStatusCode.UnprocessableEntity);
        foreach (string bad in new[] { "{\"kind\":\"agent\",\"id\":\"' or 1 eq 1\"}", "{\"kind\":\"team\",\"id\":\"../agents\"}", "{\"kind\":\"aiAgent\",\"id\":\"\"}" })
            yield return HostileFields.Field(scene, HttpMethod.Post, "routing-rules", new { }, "target", bad, HttpStatusCode.UnprocessableEntity);
    }
}
