using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Rightly signed, and far beyond what the provider documents: the desk keeps what it can, and never loses the rest of the batch.</summary>
public sealed class When_a_webhook_is_larger_than_life
{
    private const string Secret = "livedesk_test_secret_0001";

    [Fact]
    public async Task Keeps_what_came_and_everything_beside_it()
    {
        await using Desk desk = await Desk.StartAsync();
        string webhook = (string)(await desk.Api.PostAsync("channels", new
        {
            type = "whatsapp",
            provider = "whatsapp-cloud",
            name = "Ventas",
            phoneNumber = "+15550783881",
            credentials = new
            {
                phoneNumberId = "106540352242922", businessAccountId = "102290129340398", accessToken = "EAAtest", appSecret = Secret, verifyToken = "v",
            },
            verify = false,
            settings = new { assignment = new { auto = false } },
        }, HttpStatusCode.Created))["webhookUrl"]!;

        await PostAsync(webhook, Message("1", "long text", $$""" "type":"text","text":{"body":"{{new string('a', 400_000)}}"} """)
            + "," + Message("2", "beside", """ "type":"text","text":{"body":"beside it"} """));
        await PostAsync(webhook, Message("3", "flow", $$"""
            "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{{new string('b', 400_000)}}"} }
            """));
        await PostAsync(webhook, Message("4", new string('n', 20_000), """ "type":"text","text":{"body":"long name"} """));
        string cards = string.Join(',', Enumerable.Repeat("""{"name":{"formatted_name":"Somebody with a name"},"phones":[{"phone":"+15550001111"}]}""", 5_000));
        await PostAsync(webhook, Message("5", "cards", $""" "type":"contacts","contacts":[{cards}] """));
        await PostAsync(webhook, Message(new string('i', 5_000), "long id", """ "type":"text","text":{"body":"long id"} """));
        await PostAsync(webhook, string.Join(
            ',', Enumerable.Range(0, 60).Select(i => Message($"m{i}", "many", $$""" "type":"text","text":{"body":"{{i}}"} """))));

        string[] names = ["beside", "cards", "flow", "long id", "long text"];
        IReadOnlyList<JsonNode> conversations = await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations?limit=200"), c => c.Count == 7, "seven customers", TimeSpan.FromSeconds(60));
        Assert.All(names, name => Assert.Contains(conversations, c => (string?)c["contactName"] == name));
        JsonNode many = conversations.Single(c => (string?)c["contactName"] == "many");
        await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync($"conversations/{many["id"]}/messages?limit=200"), m => m.Count(n => (string?)n["direction"] == "in") == 60, "many messages", TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await RawWebhooks.MetaAsync(webhook, new byte[5 * 1024 * 1024], Secret));
    }

    /// <summary>Each name is a customer of its own.</summary>
    private static string Message(string id, string name, string members)
    {
        string number = $"1650{Math.Abs(name.Sum(c => c)) % 10_000_000:D7}";
        return $$$"""{"from":"{{{number}}}","profile":"{{{name}}}","id":"wamid.{{{id}}}","timestamp":"1454119029",{{{members}}}}""";
    }

    private static async Task PostAsync(string webhook, string messages)
    {
        JsonArray list = JsonNode.Parse($"[{messages}]")!.AsArray();
        var contacts = new JsonArray([.. list.Select(
            m => new JsonObject { ["wa_id"] = (string)m!["from"]!, ["profile"] = new JsonObject { ["name"] = (string)m["profile"]! } })]);
        byte[] body = Encoding.UTF8.GetBytes($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{
            "metadata":{"phone_number_id":"106540352242922"},"contacts":{{{contacts.ToJsonString()}}},"messages":{{{list.ToJsonString()}}}}}]}]}
            """);
        Assert.Equal(HttpStatusCode.OK, await RawWebhooks.MetaAsync(webhook, body, Secret));
    }
}
