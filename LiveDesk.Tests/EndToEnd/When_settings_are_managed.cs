using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Teams, AI agents, rules, workflows, snippets, categories: the mechanics they share, and what is each one's own.</summary>
public sealed class When_settings_are_managed
{
    [Fact]
    public async Task Creates_lists_changes_and_deletes_under_versions()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        Answered created = await desk.Api.CallAsync(HttpMethod.Post, "teams", new { name = " Sales ", agentIds = new[] { ana, ana } });
        string path = $"teams/{created.Id}";

        Assert.Equal((201, $"/api/v1/workspaces/main/{path}"), (created.Status, created.Location));
        Assert.Equal("Sales", (string?)created.Body!["name"]);
        Assert.Equal([ana], created.Body["agentIds"]!.AsArray().Select(a => (string?)a));
        Answered read = await desk.Api.CallAsync(HttpMethod.Get, path);
        Assert.Equal((200, created.ETag), (read.Status, read.ETag));
        Assert.True(JsonNode.DeepEquals(created.Body, read.Body));

        // Two people edit one team: one of them is told.
        Answered first = await desk.Api.CallAsync(HttpMethod.Patch, path, new { name = "Sales ES" }, ifMatch: read.ETag);
        Answered second = await desk.Api.CallAsync(HttpMethod.Patch, path, new { agentIds = Array.Empty<string>() }, ifMatch: read.ETag);
        Assert.Equal((200, 412), (first.Status, second.Status));
        Assert.NotEqual(read.ETag, first.ETag);
        Assert.Equal(first.ETag, second.ETag);
        Answered now = await desk.Api.CallAsync(HttpMethod.Get, path);
        Assert.Equal(("Sales ES", 1), ((string?)now.Body!["name"], now.Body["agentIds"]!.AsArray().Count));
        Answered nothing = await desk.Api.CallAsync(HttpMethod.Patch, path, new { name = "Sales ES" });
        Assert.Equal((200, now.ETag), (nothing.Status, nothing.ETag));

        Assert.Equal(412, (await desk.Api.CallAsync(HttpMethod.Delete, path, ifMatch: read.ETag)).Status);
        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, path, ifMatch: now.ETag)).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Patch, path, new { name = "x" })).Status);
    }

    [Fact]
    public async Task Lists_rules_in_the_order_in_which_they_are_tried()
    {
        await using Desk desk = await Desk.StartAsync();
        string team = await desk.Api.CreateAsync("teams", new { name = "Sales" });
        foreach (int position in (int[])[30, 7, 100])
            await desk.Api.CreateAsync("routing-rules", new { name = $"Rule {position}", position, target = new { kind = "team", id = team } });

        var seen = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            JsonNode page = await desk.Api.GetAsync($"routing-rules?limit=1&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(r => (int)r!["position"]!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal([7, 30, 100], seen);
    }

    [Fact]
    public async Task Answers_the_steps_of_a_workflow_as_they_were_sent()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        JsonNode steps = JsonNode.Parse($$"""
            [{"do":"assign","agentId":"{{ana}}"},{"do":"send","text":"Hello"},{"do":"send","template":{"name":"ready","language":"en","variables":{"1":"x"} } },
            {"do":"send","template":{"name":"ready"} },{"do":"addTag","tag":"new"},{"do":"wait","for":"PT1H"},{"do":"close","category":"Sales"},{"do":"unassign"}]
            """)!;

        Answered made = await desk.Api.CallAsync(HttpMethod.Post, "workflows", new { name = "All", trigger = new { @event = "manual" }, steps });
        Answered changed = await desk.Api.CallAsync(HttpMethod.Patch, $"workflows/{made.Id}", new { name = "All of them" });

        Assert.Equal((201, 200), (made.Status, changed.Status));
        Assert.Equal(steps.ToJsonString(), made.Body!["steps"]!.ToJsonString());
        Assert.Equal(steps.ToJsonString(), changed.Body!["steps"]!.ToJsonString());
    }

    [Theory]
    [InlineData("agents")]
    [InlineData("teams")]
    [InlineData("channels")]
    [InlineData("webhooks")]
    [InlineData("api-keys")]
    [InlineData("snippets?q=hello")]
    [InlineData("templates")]
    [InlineData("contacts")]
    [InlineData("conversations")]
    [InlineData("audit")]
    [InlineData("operations/poison")]
    public async Task Refuses_a_cursor_that_is_none_of_the_list(string list)
    {
        await using Desk desk = await Desk.StartAsync();
        await desk.Api.CreateAsync("closing-note-categories", new { name = "One" });
        await desk.Api.CreateAsync("closing-note-categories", new { name = "Two" });
        string foreign = (string)(await desk.Api.GetAsync("closing-note-categories?limit=1"))["nextCursor"]!;

        foreach (string cursor in (string[])["zzz", foreign])
        {
            Answered refused = await desk.Api.CallAsync(HttpMethod.Get, $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}");
            Assert.Equal((400, "cursor"), (refused.Status, refused.Field));
        }
    }

    [Fact]
    public async Task Keeps_names_apart_and_pages_without_skipping()
    {
        await using Desk desk = await Desk.StartAsync();
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(i => desk.Api.CreateAsync("closing-note-categories", new { name = $"Category {i}" })))];

        Answered twice = await desk.Api.CallAsync(HttpMethod.Post, "closing-note-categories", new { name = "category 3" });
        Assert.Equal((409, "name_taken", "name"), (twice.Status, twice.Code, twice.Field));
        Answered renamed = await desk.Api.CallAsync(HttpMethod.Patch, $"closing-note-categories/{ids[0]}", new { name = "CATEGORY 1" });
        Assert.Equal((409, "name_taken"), (renamed.Status, renamed.Code));
        Assert.Equal(200, (await desk.Api.CallAsync(HttpMethod.Patch, $"closing-note-categories/{ids[0]}", new { name = "category 0" })).Status);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            JsonNode page = await desk.Api.GetAsync($"closing-note-categories?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            seen.AddRange(page["items"]!.AsArray().Select(c => (string)c!["id"]!));
            // What was given goes, something new comes: nothing else is skipped or repeated.
            if (cursor is null) await desk.Api.CallAsync(HttpMethod.Delete, $"closing-note-categories/{seen[0]}");
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Names_the_field_that_is_wrong_and_saves_nothing()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        object queue = new { kind = "queue", id = "Sales" };
        object[] step = [new { @do = "unassign" }];
        object opened = new { @event = "conversation.opened" };
        (string Path, object Body, int Status, string Field)[] wrong =
        [
            ("teams", new { name = "" }, 400, "name"),
            ("teams", new { name = "x", agentIds = new[] { "ag_0000000000000000" } }, 422, "agentIds[0]"),
            ("teams", new { name = "x", colour = "red" }, 400, "colour"),
            ("routing-rules", new { position = 1 }, 400, "target"),
            ("routing-rules", new { target = new { kind = "agent", id = "ag_0000000000000000" } }, 422, "target.id"),
            ("routing-rules", new { target = new { kind = "team", id = "tm_x" } }, 422, "target.id"),
            ("routing-rules", new { target = new { kind = "aiAgent", id = ana } }, 422, "target.id"),
            ("routing-rules", new { target = new { kind = "queue", id = new string('q', 65) } }, 400, "target.id"),
            ("routing-rules", new { target = queue, position = -1 }, 400, "position"),
            ("routing-rules", new { target = queue, waitTimeout = "P8D" }, 400, "waitTimeout"),
            ("routing-rules", new { target = queue, waitTimeout = "PT0S" }, 400, "waitTimeout"),
            ("routing-rules", new { target = queue, addTags = new[] { "vip", "VIP" } }, 400, "addTags[1]"),
            ("routing-rules", new { target = queue, channelIds = new[] { "ch_0000000000000000" } }, 422, "channelIds[0]"),
            ("routing-rules", new { target = queue, match = new { all = new[] { new { field = "message.text", op = "matches", value = "(" } } } }, 400, "match.all[0].value"),
            ("routing-rules", new { target = queue, match = new { any = new[] { new { field = "message.text", op = "like", value = "x" } } } }, 400, "match.any[0].op"),
            ("workflows", new { name = "x", trigger = opened, steps = Array.Empty<object>() }, 400, "steps"),
            ("workflows", new { name = "x", trigger = new { @event = "conversation.lost" }, steps = step }, 400, "trigger.event"),
            ("workflows", new { name = "x", trigger = new { @event = "conversation.opened", source = "merge" }, steps = step }, 400, "trigger.source"),
            ("workflows", new { name = "x", trigger = new { @event = "manual", source = "user" }, steps = step }, 400, "trigger.source"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { step[0], step[0], new { @do = "wait" } } }, 400, "steps[2].for"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "wait", @for = "P30D" } } }, 400, "steps[0].for"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "addTag", tag = "vip", text = "x" } } }, 400, "steps[0].text"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "assign", agentId = ana, teamId = "tm_x" } } }, 400, "steps[0].teamId"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "askAi", aiAgentId = "ai_x" } } }, 422, "steps[0].aiAgentId"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "webhook", url = "http://example.com/" } } }, 400, "steps[0].url"),
            ("workflows", new { name = "x", trigger = opened, steps = new object[] { new { @do = "webhook", url = "https://10.0.0.1/" } } }, 400, "steps[0].url"),
            ("workflows", new { name = "x", trigger = opened, steps = Enumerable.Repeat(step[0], 101) }, 400, "steps"),
            ("ai-agents", new { name = "x", kind = "gpt" }, 400, "model"),
            ("ai-agents", new { name = "x", kind = "dialogflow" }, 400, "projectId"),
            ("ai-agents", new { name = "x", kind = "gpt", model = "m", projectId = "p" }, 400, "projectId"),
            ("ai-agents", new { name = "x", kind = "gpt", model = "m", maxTurns = 0 }, 400, "maxTurns"),
            ("ai-agents", new { name = "x", kind = "gpt", model = "m", timeout = "PT3M" }, 400, "timeout"),
            ("ai-agents", new { name = "x", kind = "gpt", model = "m", baseUrl = "http://example.com/v1" }, 400, "baseUrl"),
            ("snippets", new { shortcut = "two words", text = "x" }, 400, "shortcut"),
            ("snippets", new { shortcut = "x", text = "" }, 400, "text"),
            ("snippets", new { shortcut = "x", text = "x", attachmentIds = new[] { "at_0000000000000000" } }, 422, "attachmentIds[0]"),
            ("closing-note-categories", new { name = new string('n', 101) }, 400, "name"),
            ("api-keys", new { name = "x" }, 400, "role"),
            ("api-keys", new { name = "x", role = "owner" }, 400, "role"),
            ("api-keys", new { name = "x", role = "agent", agentId = "ag_0000000000000000" }, 422, "agentId"),
        ];
        var faults = new List<string>();
        foreach ((string path, object body, int status, string field) in wrong)
        {
            Answered answer = await desk.Api.CallAsync(HttpMethod.Post, path, body);
            if (answer.Status != status || answer.Field != field) faults.Add($"{path}, {field}: {answer.Status} {answer.Body}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        foreach (string path in wrong.Select(w => w.Path).Distinct()) Assert.Empty(await desk.Api.ItemsAsync(path));
    }

    [Fact]
    public async Task Keeps_secrets_to_itself_and_refuses_to_delete_what_is_named()
    {
        await using Desk desk = await Desk.StartAsync();
        Answered ai = await desk.Api.CallAsync(HttpMethod.Post, "ai-agents", new { name = "Bot", kind = "gpt", model = "small", apiKey = "sk-very-secret" });
        Assert.Equal((201, "********", "PT30S"), (ai.Status, (string?)ai.Body!["apiKey"], (string?)ai.Body["timeout"]));
        IReadOnlyList<string> before = await TableDump.OfAsync(desk);
        Assert.DoesNotContain(before, line => line.Contains("sk-very-secret", StringComparison.Ordinal));
        string sealedKey = Sealed(before);
        Assert.Equal(200, (await desk.Api.CallAsync(HttpMethod.Patch, $"ai-agents/{ai.Id}", new { name = "Robot", apiKey = "********" })).Status);
        Assert.Equal(sealedKey, Sealed(await TableDump.OfAsync(desk)));
        Assert.Equal("immutable", (await desk.Api.CallAsync(HttpMethod.Patch, $"ai-agents/{ai.Id}", new { kind = "dialogflow", projectId = "p", model = (string?)null, apiKey = (string?)null })).Code);

        string team = await desk.Api.CreateAsync("teams", new { name = "Sales" });
        string rule = await desk.Api.CreateAsync("routing-rules", new { name = "To sales", target = new { kind = "team", id = team } });
        string workflow = await desk.Api.CreateAsync("workflows", new
        {
            name = "Ask", trigger = new { @event = "conversation.opened" }, steps = new object[] { new { @do = "askAi", aiAgentId = ai.Id } },
        });
        Answered used = await desk.Api.CallAsync(HttpMethod.Delete, $"teams/{team}");
        Assert.Equal((409, "in_use"), (used.Status, used.Code));
        Assert.Contains("To sales", (string?)used.Body!["detail"], StringComparison.Ordinal);
        Assert.Equal("in_use", (await desk.Api.CallAsync(HttpMethod.Delete, $"ai-agents/{ai.Id}")).Code);
        await desk.Api.CallAsync(HttpMethod.Delete, $"routing-rules/{rule}");
        await desk.Api.CallAsync(HttpMethod.Delete, $"workflows/{workflow}");
        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"teams/{team}")).Status);
        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"ai-agents/{ai.Id}")).Status);
    }

    [Fact]
    public async Task Takes_everything_that_a_rule_a_workflow_and_a_snippet_may_say()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string file = (string)(await desk.Api.UploadAsync("attachments?fileName=a.pdf", Files.Pdf, "application/pdf"))["id"]!;

        Answered rule = await desk.Api.CallAsync(HttpMethod.Post, "routing-rules", new
        {
            name = "VIP", active = false, position = 7, channelIds = new[] { channel.Id }, waitTimeout = "PT5M", addTags = new[] { "vip" },
            match = new { all = new object[] { new { field = "contact.country", op = "in", value = new[] { "ES", "PT" } } }, any = new[] { new { field = "contact.tag", op = "exists" } } },
            target = new { kind = "agent", id = ana },
        });
        Assert.Equal(201, rule.Status);
        Answered merged = await desk.Api.CallAsync(HttpMethod.Patch, $"routing-rules/{rule.Id}", new { active = true, match = new { any = Array.Empty<object>() }, waitTimeout = (string?)null });
        Assert.Equal((true, 1, 0, 7), ((bool)merged.Body!["active"]!, merged.Body["match"]!["all"]!.AsArray().Count, merged.Body["match"]!["any"]!.AsArray().Count, (int)merged.Body["position"]!));
        Assert.Null(merged.Body["waitTimeout"]);
        Answered last = await desk.Api.CallAsync(HttpMethod.Post, "routing-rules", new { target = new { kind = "queue", id = "Sales" } });
        Assert.Equal(8, (int)last.Body!["position"]!);

        object[] steps =
        [
            new { @do = "assign", agentId = ana }, new { @do = "unassign" }, new { @do = "open", channelId = channel.Id },
            new { @do = "send", text = "Hola" }, new { @do = "send", template = new { name = "order_ready", variables = new Dictionary<string, string> { ["1"] = "x" } } },
            new { @do = "addTag", tag = "vip" }, new { @do = "removeTag", tag = "new" }, new { @do = "wait", @for = "PT1H" },
            new { @do = "webhook", url = "https://example.com/hook" }, new { @do = "close", category = "Done" },
        ];
        Answered workflow = await desk.Api.CallAsync(HttpMethod.Post, "workflows", new
        {
            name = "All", trigger = new { @event = "conversation.closed", source = "user", oncePerContact = true }, steps,
        });
        Assert.True(workflow.Status == 201, $"{workflow.Body}");
        Assert.Equal("PT1H", (string?)workflow.Body!["steps"]![7]!["for"]);
        Assert.Equal(409, (await desk.Api.CallAsync(HttpMethod.Delete, $"channels/{channel.Id}")).Status);

        Answered snippet = await desk.Api.CallAsync(HttpMethod.Post, "snippets", new { shortcut = "/bill", text = "Here it is, {{contact.name}}.", attachmentIds = new[] { file } });
        await desk.Api.CreateAsync("snippets", new { shortcut = "paybill", text = "Pay" });
        await desk.Api.CreateAsync("snippets", new { shortcut = "hi", text = "Your bill" });
        await desk.Api.CreateAsync("snippets", new { shortcut = "bye", text = "Bye" });
        Assert.Equal((201, "bill"), (snippet.Status, (string?)snippet.Body!["shortcut"]));
        Assert.Equal(["bill", "paybill", "hi"], (await desk.Api.ItemsAsync("snippets?q=bill")).Select(s => (string?)s["shortcut"]));
        JsonNode first = await desk.Api.GetAsync("snippets?q=bill&limit=2");
        JsonNode second = await desk.Api.GetAsync($"snippets?q=bill&limit=2&cursor={first["nextCursor"]}");
        Assert.Equal("hi", (string?)Assert.Single(second["items"]!.AsArray())!["shortcut"]);
        // The snippet's file is no draft any more, which a sweep would delete.
        Assert.DoesNotContain(await TableDump.OfAsync(desk), line => line.StartsWith("Drafts", StringComparison.Ordinal));
    }

    /// <summary>The encrypted key as it is stored: encrypting anew would change it.</summary>
    private static string Sealed(IReadOnlyList<string> rows) =>
        rows.Single(line => line.StartsWith("Desk main | ai-agent:", StringComparison.Ordinal)).Split("protectedSecret\":\"")[1].Split('"')[0];
}
