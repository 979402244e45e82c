using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_conversations_are_routed
{
    [Fact]
    public async Task Follows_the_first_matching_rule_waits_for_its_team_and_goes_on_when_its_time_is_over()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        string luis = await desk.Api.CreateAgentAsync("Luis", limit: 1);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis]);
        string team = (string)(await desk.Api.PostAsync("teams", new { name = "VIP", agentIds = new[] { luis } }, HttpStatusCode.Created))["id"]!;
        JsonNode rule = await desk.Api.PostAsync("routing-rules", new
        {
            name = "VIP",
            position = 1,
            match = new { all = new[] { new { field = "message.text", op = "contains", value = "urgent" } } },
            target = new { kind = "team", id = team },
            waitTimeout = "PT4S",
            addTags = new[] { "vip" },
        }, HttpStatusCode.Created);

        JsonNode first = await WritesAsync(desk, channel, "+15550001001", "This is urgent", luis);
        Assert.Equal($"rule:{rule["id"]}", (string?)first["assignmentReason"]);
        Assert.Equal((team, "vip"), ((string?)first["teamId"], (string?)first["tags"]![0]));

        await channel.CustomerWritesAsync("+15550001002", "Also urgent");
        JsonNode waiting = await Eventually.SeesAsync(
            async () => (await desk.Api.ItemsAsync("conversations")).Single(c => (string?)c["phoneNumber"] == "+15550001002"),
            c => (string?)c["owner"]!["kind"] == "agent", "the second customer to go on to people");
        Assert.Equal((ana, "load"), ((string?)waiting["owner"]!["id"], (string?)waiting["assignmentReason"]));
        Assert.Equal("load", (string?)(await WritesAsync(desk, channel, "+15550001003", "No hurry", ana))["assignmentReason"]);
    }

    [Fact]
    public async Task Shows_who_would_get_it_and_why_without_changing_anything()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        JsonNode rule = await desk.Api.PostAsync("routing-rules", new
        {
            name = "Spanish",
            position = 1,
            match = new { all = new[] { new { field = "contact.language", op = "equals", value = "es" } } },
            target = new { kind = "queue", id = "spanish" },
        }, HttpStatusCode.Created);

        JsonNode spanish = await desk.Api.PostAsync("routing-rules/simulate", new { channelId = channel.Id, contact = new { language = "es" }, text = "Hola" });
        JsonNode other = await desk.Api.PostAsync("routing-rules/simulate", new { channelId = channel.Id, text = "Hello" });
        JsonNode inForce = await desk.Api.GetAsync($"channels/{channel.Id}/assignment");

        Assert.Equal((string?)rule["id"], (string?)spanish["matchedRuleId"]);
        Assert.Equal(["queue", "people"], spanish["steps"]!.AsArray().Select(s => (string?)s!["kind"]));
        Assert.Null(other["matchedRuleId"]);
        Assert.Equal(ana, (string?)other["steps"]![0]!["chosen"]);
        Assert.False((bool)other["rules"]![0]!["conditions"]![0]!["met"]!);
        Assert.Equal(("load", (string?)rule["id"], ana),
            ((string?)inForce["strategy"], (string?)inForce["rules"]![0]!["id"], (string?)inForce["agents"]![0]!["id"]));
        Assert.Empty(await desk.Api.ItemsAsync("conversations"));
    }

    [Fact]
    public async Task Shows_who_would_get_a_contact_as_the_api_shows_one()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await desk.Api.PostAsync("routing-rules", new
        {
            name = "French",
            position = 1,
            match = new { all = new[] { new { field = "contact.language", op = "equals", value = "fr" }, new { field = "contact.tag", op = "equals", value = "vip" } } },
            target = new { kind = "queue", id = "french" },
        }, HttpStatusCode.Created);
        JsonNode contact = await desk.Api.PostAsync(
            "contacts", new { name = "Zoë", phoneNumber = "+33612345678", language = "fr", tags = new[] { "vip" } }, HttpStatusCode.Created);
        string id = (string)contact["id"]!;
        async Task<bool> MatchesAsync(JsonNode? asked) => (await desk.Api.PostAsync(
            "routing-rules/simulate", new JsonObject { ["channelId"] = channel.Id, ["contact"] = asked, ["text"] = "Bonjour" }))["matchedRuleId"] is not null;

        Assert.True(await MatchesAsync(contact.DeepClone()));
        Assert.True(await MatchesAsync(id));
        Assert.True(await MatchesAsync(new JsonObject { ["id"] = id }));
        Assert.False(await MatchesAsync(new JsonObject { ["id"] = id, ["language"] = "es" }));
        Assert.False(await MatchesAsync(new JsonObject { ["id"] = id, ["tags"] = new JsonArray() }));
        Assert.False(await MatchesAsync(null));
        Assert.True(await MatchesAsync(new JsonObject
        {
            ["name"] = "Anybody", ["phoneNumber"] = null, ["language"] = "fr", ["tags"] = new JsonArray("vip"), ["blocked"] = false, ["mergedInto"] = null,
            ["identities"] = new JsonArray(new JsonObject { ["channelType"] = "whatsapp", ["address"] = "+33612345678" }),
        }));
    }

    [Theory]
    [InlineData("""{"channelId":"$","contact":{"mood":"good"}}""", HttpStatusCode.BadRequest, "contact.mood")]
    [InlineData("""{"channelId":"$","contact":{"phoneNumber":"12"}}""", HttpStatusCode.BadRequest, "contact.phoneNumber")]
    [InlineData("""{"channelId":"$","contact":"nobody"}""", HttpStatusCode.BadRequest, "contact")]
    [InlineData("""{"channelId":"$","contact":17}""", HttpStatusCode.BadRequest, "contact")]
    [InlineData("""{"channelId":"$","contact":"ct_000000000000000000000000"}""", HttpStatusCode.UnprocessableEntity, "contact.id")]
    public async Task Names_what_is_wrong_with_the_contact_that_is_asked_about(string body, HttpStatusCode status, string field)
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        JsonNode problem = await desk.Api.RefusedAsync(
            HttpMethod.Post, "routing-rules/simulate", JsonNode.Parse(body.Replace("$", channel.Id, StringComparison.Ordinal)), status);

        Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task Takes_turns_where_the_channel_is_served_in_turn()
    {
        await using Desk desk = await Desk.StartAsync();
        string[] people = [await desk.Api.CreateAgentAsync("A", limit: 1), await desk.Api.CreateAgentAsync("B", limit: 1), await desk.Api.CreateAgentAsync("C", limit: 1)];
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, people, new { assignment = new { strategy = "sequential" } });
        var owners = new List<string>();

        for (int i = 0; i < 6; i++)
            owners.Add((string)(await WritesAsync(desk, channel, $"+1555000200{i}", "Hello", null))["owner"]!["id"]!);

        Assert.Equal(3, owners.Take(3).Distinct().Count());
        Assert.Equal(owners.Take(3), owners.Skip(3));
    }

    [Fact]
    public async Task Runs_a_workflow_once_for_each_event_and_logs_it()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana], new { assignment = new { auto = false } });
        JsonNode workflow = await desk.Api.PostAsync("workflows", new
        {
            name = "Welcome",
            trigger = new { @event = "conversation.opened", source = "contact" },
            steps = new object[]
            {
                new { @do = "addTag", tag = "new" },
                new { @do = "send", text = "Hello {{contact.name}}!" },
                new { @do = "wait", @for = "PT1S" },
                new { @do = "assign", agentId = ana },
            },
        }, HttpStatusCode.Created);
        JsonNode second = await desk.Api.PostAsync("workflows", new
        {
            name = "Unassign after close",
            trigger = new { @event = "conversation.closed", source = "user" },
            steps = new object[] { new { @do = "assign", agentId = ana }, new { @do = "unassign" } },
        }, HttpStatusCode.Created);

        JsonNode conversation = await WritesAsync(desk, channel, "+15550001001", "Hi", ana);
        string id = (string)conversation["id"]!;
        Assert.Equal($"workflow:{workflow["id"]}", (string?)conversation["assignmentReason"]);
        await channel.CustomerWritesAsync("+15550001001", "Still me");
        await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(id), all => all.Any(m => (string?)m["text"] == "Still me"), "the second message");
        await desk.Api.PostAsync($"conversations/{id}/close", new { });
        IReadOnlyList<JsonNode> after = await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync($"workflows/{second["id"]}/runs"), r => r.Count == 1 && (string?)r[0]["status"] == "completed", "the run after the close");
        Assert.Equal(["conversation_closed", null], after[0]["steps"]!.AsArray().Select(s => (string?)s!["code"]));
        Assert.Equal("none", (string?)(await desk.Api.ConversationAsync(id))["owner"]!["kind"]);

        IReadOnlyList<JsonNode> messages = await desk.Api.MessagesAsync(id);
        Assert.Single(messages, m => (string?)m["text"] == "Hello Customer 1001!");
        Assert.Equal("workflow", (string?)messages.Single(m => (string?)m["text"] == "Hello Customer 1001!")["author"]!["kind"]);
        JsonNode run = Assert.Single(await desk.Api.ItemsAsync($"workflows/{workflow["id"]}/runs"));
        Assert.Equal("completed", (string?)run["status"]);
        Assert.Equal(["addTag", "send", "wait", "assign"], run["steps"]!.AsArray().Select(s => (string?)s!["do"]));
        Assert.All(run["steps"]!.AsArray(), s => Assert.Null(s!["code"]));
        await desk.Api.PostAsync($"workflows/{workflow["id"]}/run", new { conversationId = id }, HttpStatusCode.Accepted);
        await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync($"workflows/{workflow["id"]}/runs"), r => r.Count == 2 && (string?)r[0]["status"] == "completed", "the run by hand");
    }

    [Fact]
    public async Task Leaves_to_the_members_what_comes_to_a_team_that_takes_by_hand_and_warns_who_gives_too_much()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        string luis = await desk.Api.CreateAgentAsync("Luis", limit: 0, online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis]);
        JsonNode team = await desk.Api.PostAsync("teams", new { name = "VIP", agentIds = new[] { ana }, autoAssign = false }, HttpStatusCode.Created);
        await desk.Api.PostAsync("routing-rules", new { name = "All", target = new { kind = "team", id = (string)team["id"]! } }, HttpStatusCode.Created);

        await channel.CustomerWritesAsync("+15550001001", "Hello");
        string id = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation")).Single()["id"]!;
        await Eventually.SeesAsync(() => desk.Api.ConversationAsync(id), c => c["waiting"] is not null, "a place in the team's line");
        await desk.QuietAsync();
        JsonNode waiting = await desk.Api.ConversationAsync(id);
        Assert.Equal(("none", $"team:{team["id"]}"), ((string?)waiting["owner"]!["kind"], (string?)waiting["waiting"]!["queue"]));

        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        await speaking.SendAsync(id, "Here I am.");
        await Eventually.SeesAsync(() => desk.Api.ConversationAsync(id), c => c["waiting"] is null, "nobody to wait");
        Assert.Equal((ana, "first_reply"), await OwnerAsync(desk, id));
        JsonNode given = await desk.Api.PostAsync($"conversations/{id}/assign", new { agentId = luis });
        Assert.Equal(["agent_offline", "over_limit"], given["warnings"]!.AsArray().Select(w => (string?)w));
        Assert.Equal((luis, "manual"), await OwnerAsync(desk, id));
        Assert.Null((await desk.Api.PostAsync($"conversations/{id}/assign", new { agentId = ana }))["warnings"]);
    }

    [Fact]
    public async Task Ends_workflows_that_set_each_other_off_and_runs_once_for_each_contact_where_asked()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        async Task<string> WorkflowAsync(string name, object trigger, params object[] steps) => (string)(await desk.Api.PostAsync(
            "workflows", new { name, trigger, steps }, HttpStatusCode.Created))["id"]!;
        string ping = await WorkflowAsync("Ping", new { @event = "tag.added", source = "ping" },
            new { @do = "removeTag", tag = "pong" }, new { @do = "addTag", tag = "pong" });
        string pong = await WorkflowAsync("Pong", new { @event = "tag.added", source = "pong" },
            new { @do = "removeTag", tag = "ping" }, new { @do = "addTag", tag = "ping" });
        string once = await WorkflowAsync("Once", new { @event = "conversation.opened", oncePerContact = true }, new { @do = "addTag", tag = "welcomed" });

        for (int visit = 1; visit <= 2; visit++)
        {
            await channel.CustomerWritesAsync("+15550001001", $"Visit {visit}");
            string id = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
            await desk.QuietAsync();
            if (visit == 1) await desk.Api.PostAsync($"conversations/{id}/tags", new { add = new[] { "ping" } });
            await desk.QuietAsync();
            await desk.Api.PostAsync($"conversations/{id}/close", new { });
        }

        Assert.Single(await desk.Api.ItemsAsync($"workflows/{once}/runs"));
        // Person, ping, pong, ping, pong, ping.
        Assert.Equal((3, 2), ((await desk.Api.ItemsAsync($"workflows/{ping}/runs")).Count, (await desk.Api.ItemsAsync($"workflows/{pong}/runs")).Count));
    }

    [Fact]
    public async Task Holds_a_conversation_in_which_workflows_run_too_often()
    {
        // All within one minute, however slow the machine is.
        await using ClockedDesk clocked = await ClockedDesk.StartAsync(DateTimeOffset.UtcNow);
        Desk desk = clocked.Desk;
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        await channel.CustomerWritesAsync("+15550001001", "Hello");
        string id = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        string workflow = (string)(await desk.Api.PostAsync(
            "workflows", new { name = "By hand", trigger = new { @event = "manual" }, steps = new[] { new { @do = "removeTag", tag = "x" } } }, HttpStatusCode.Created))["id"]!;

        Assert.True(ConversationId.TryParse(id, out ConversationId conversation));
        var log = desk.Services.GetRequiredService<IWorkflowRunLog>();
        for (int i = 1; i < RunWorkflow.RunsAMinute; i++)
            await log.CountAsync(WorkspaceId.Parse("main"), conversation, clocked.Now, CancellationToken.None);

        await RunsAsync("completed");
        await RunsAsync("skipped");

        JsonNode held = (await desk.Api.ItemsAsync($"workflows/{workflow}/runs")).Single(r => (string?)r["status"] == "skipped");
        Assert.Equal("loop_guard", (string?)held["reason"]);

        async Task RunsAsync(string status)
        {
            await desk.Api.PostAsync($"workflows/{workflow}/run", new { conversationId = id }, HttpStatusCode.Accepted);
            await Eventually.SeesAsync(
                () => desk.Api.ItemsAsync($"workflows/{workflow}/runs"), r => r.Count(run => (string?)run["status"] == status) == 1, $"a run that is {status}");
        }
    }

    [Fact]
    public async Task Gives_to_others_what_a_removed_member_held()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        string luis = await desk.Api.CreateAgentAsync("Luis");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string id = (string)(await WritesAsync(desk, channel, "+15550001001", "Hello", ana))["id"]!;
        await desk.Api.PutAsync($"channels/{channel.Id}/agents/{luis}", new { });

        await desk.Api.Http.DeleteAsync($"channels/{channel.Id}/agents/{ana}");

        await Eventually.SeesAsync(() => desk.Api.ConversationAsync(id), c => (string?)c["owner"]!["id"] == luis, "Luis to have it");
        Assert.Contains(await desk.Api.MessagesAsync(id), m => (string?)m["text"] == "Unassigned from Ana (agent_removed)");
        await Eventually.SeesAsync(async () => (int)(await desk.Api.GetAsync($"agents/{ana}"))["held"]!, held => held == 0, "Ana to hold nothing");
    }

    [Fact]
    public async Task Does_not_mistake_the_slot_of_a_former_owner_for_a_claim()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        string luis = await desk.Api.CreateAgentAsync("Luis", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis]);
        await channel.CustomerWritesAsync("+15550001001", "Hello");
        await desk.QuietAsync();
        string id = (string)(await desk.Api.ItemsAsync("conversations")).Single()["id"]!;
        Assert.True(ConversationId.TryParse(id, out ConversationId conversation));
        Assert.True(AgentId.TryParse(ana, out AgentId former));
        await desk.Services.GetRequiredService<IDeskStore>().MoveAsync(
            WorkspaceId.Parse("main"), conversation, null, new AgentSlot(conversation, former, 0), CancellationToken.None);

        await desk.Api.PutAsync($"agents/{luis}/presence", new { status = "online" });

        await Eventually.SeesAsync(() => desk.Api.ConversationAsync(id), c => (string?)c["owner"]!["id"] == luis, "Luis to have it");
        Assert.Equal([0, 1], (await desk.Api.ItemsAsync("agents")).OrderBy(a => (string?)a["name"], StringComparer.Ordinal).Select(a => (int)a["held"]!));
    }

    private static async Task<(string?, string?)> OwnerAsync(Desk desk, string conversation)
    {
        JsonNode held = await desk.Api.ConversationAsync(conversation);
        return ((string?)held["owner"]!["id"], (string?)held["assignmentReason"]);
    }

    private static async Task<JsonNode> WritesAsync(Desk desk, TwilioChannel channel, string customer, string text, string? owner)
    {
        await channel.CustomerWritesAsync(customer, text);
        return (await Eventually.SeesAsync<JsonNode?>(
            new Func<Task<JsonNode?>>(async () => (await desk.Api.ItemsAsync("conversations")).FirstOrDefault(c => (string?)c["phoneNumber"] == customer)),
            c => c is not null && (string?)c["owner"]!["kind"] == "agent" && (owner is null || (string?)c["owner"]!["id"] == owner), "an owner"))!;
    }
}
