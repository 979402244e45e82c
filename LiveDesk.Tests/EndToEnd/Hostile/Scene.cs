using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>A desk at rest with one of everything, which the attacks are aimed at.</summary>
internal sealed class Scene
{
    private Scene(TwilioChannel channel) => Channel = channel;

    public TwilioChannel Channel { get; }

    /// <summary>Real ids by route parameter.</summary>
    public required IReadOnlyDictionary<string, string> Ids { get; init; }

    public string Admin { get; } = $"Bearer {DeskSettings.AdminKey}";

    /// <summary>A person who is a member of the channel.</summary>
    public required string Member { get; init; }

    /// <summary>A person who is a member of no channel.</summary>
    public required string Stranger { get; init; }

    public static async Task<Scene> SetAsync(Desk desk)
    {
        string ana = await desk.Api.CreateAgentAsync("Ana");
        string eve = await desk.Api.CreateAgentAsync("Eve", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        await channel.CustomerWritesAsync("+15550001111", "Hola");
        JsonNode conversation = (await Eventually.SeesAsync(
            async () => await desk.Api.ItemsAsync("conversations") is [var newest, ..] ? newest : null,
            c => (string?)c?["owner"]!["id"] == ana, "an assigned conversation"))!;
        string message = (string)(await desk.Api.SendAsync((string)conversation["id"]!, "Buenas"))["id"]!;
        await desk.Api.MessageIsAsync((string)conversation["id"]!, message, "delivered");
        string member = await KeyAsync(desk, ana), stranger = await KeyAsync(desk, eve);
        string team = await desk.Api.CreateAsync("teams", new { name = "Sales", agentIds = new[] { ana } });
        string ai = await desk.Api.CreateAsync("ai-agents", new { name = "Bot", kind = "gpt", model = "small", apiKey = "sk-1" });
        string rule = await desk.Api.CreateAsync("routing-rules", new { active = false, target = new { kind = "team", id = team } });
        string workflow = await desk.Api.CreateAsync("workflows", new
        {
            name = "Ask", active = false, trigger = new { @event = "manual" }, steps = new object[] { new { @do = "askAi", aiAgentId = ai } },
        });
        string snippet = await desk.Api.CreateAsync("snippets", new { shortcut = "hi", text = "Hello" });
        string category = await desk.Api.CreateAsync("closing-note-categories", new { name = "Done" });
        string view = await desk.Api.CreateAsync("views", new { name = "Mine", assignee = "me" });
        string key = await desk.Api.CreateAsync("api-keys", new { name = "Shop", role = "agent" });
        string webhook = (string)(await desk.Api.PostAsync(
            "webhooks", new { url = "https://hooks.example.com/livedesk", events = new[] { "*" }, active = false }, System.Net.HttpStatusCode.Created))["id"]!;
        await desk.QuietAsync();
        return new Scene(channel)
        {
            Member = member,
            Stranger = stranger,
            Ids = new Dictionary<string, string>
            {
                ["ws"] = "main",
                ["channelId"] = channel.Id,
                ["agentId"] = ana,
                ["contactId"] = (string)conversation["contactId"]!,
                ["conversationId"] = (string)conversation["id"]!,
                ["messageId"] = message,
                ["teamId"] = team,
                ["aiAgentId"] = ai,
                ["ruleId"] = rule,
                ["workflowId"] = workflow,
                ["snippetId"] = snippet,
                ["categoryId"] = category,
                ["viewId"] = view,
                ["keyId"] = key,
                ["webhookId"] = webhook,
            },
        };
    }

    public string PathOf(string rest) => $"/api/v1/workspaces/{Ids["ws"]}/{rest}";

    /// <summary>Ids of the right form that belong to nothing.</summary>
    public static IReadOnlyDictionary<string, string> Unknown { get; } = new Dictionary<string, string>
    {
        ["channelId"] = "ch_0000000000000000",
        ["agentId"] = "ag_0000000000000000",
        ["contactId"] = "ct_000000000000000000000000",
        ["conversationId"] = "cv_000000000000000000000000_1",
        ["messageId"] = "ms_000000000000000000000000_1_1_1",
        ["teamId"] = "tm_0000000000000000",
        ["aiAgentId"] = "ai_0000000000000000",
        ["ruleId"] = "rr_0000000000000000",
        ["workflowId"] = "wf_0000000000000000",
        ["snippetId"] = "sn_0000000000000000",
        ["categoryId"] = "cat_0000000000000000",
        ["viewId"] = "vw_0000000000000000",
        ["keyId"] = "key_0000000000000000",
        ["webhookId"] = "wh_0000000000000000",
        ["deliveryId"] = "wd_1_000000000000000000000000",
    };

    private static async Task<string> KeyAsync(Desk desk, string agent)
    {
        string key = (string)(await desk.Api.PostAsync($"agents/{agent}/keys", new { }, System.Net.HttpStatusCode.Created))["key"]!;
        // That a key is in use is noted once in a while; here it has been.
        using var speaking = new DeskApi(desk.Settings.BaseUrl, key);
        await speaking.GetAsync("me");
        return $"Bearer {key}";
    }
}
