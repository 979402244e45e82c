using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_snippet_is_sent
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Fills_its_variables_and_warns_of_those_without_a_value()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string conversation, DeskApi ana) = await SceneAsync(desk);
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;
        await desk.Api.PatchAsync($"contacts/{contact}", new { name = "Zoë {{agent.name}}", attributes = new { plan = "gold" } });
        await desk.Api.CreateAsync(
            "snippets", new { shortcut = "bill", text = "Hi {{contact.name}} ({{ contact.attributes.plan }}), bill {{number}} of {{month}}. {{agent.name}}" });

        JsonNode message = await ana.PostAsync(
            $"conversations/{conversation}/messages", new { snippet = new { shortcut = "/BILL", variables = new { number = "42" } } }, HttpStatusCode.Accepted);
        await desk.Api.MessageIsAsync(conversation, (string)message["id"]!, "delivered");

        // A customer's name smuggles in no variable of its own.
        const string text = "Hi Zoë {{agent.name}} (gold), bill 42 of . Ana";
        Assert.Equal(text, (string?)message["text"]);
        Assert.Equal("variable_missing", (string?)Assert.Single(message["warnings"]!.AsArray())!["code"]);
        Assert.Contains("{{month}}", (string?)message["warnings"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal(text, (string?)(await channel.SentAsync()).Single()["text"]);
    }

    [Fact]
    public async Task Brings_its_files_which_every_later_message_has_too()
    {
        await using Desk desk = await Desk.StartAsync();
        (_, string conversation, DeskApi ana) = await SceneAsync(desk);
        string png = (string)(await desk.Api.UploadAsync("attachments?fileName=map.png", Files.Png, "image/png"))["id"]!;
        await desk.Api.CreateAsync("snippets", new { shortcut = "map", text = "Here we are", attachmentIds = new[] { png } });

        foreach (int _ in Enumerable.Range(0, 2))
        {
            JsonNode message = await ana.PostAsync($"conversations/{conversation}/messages", new { snippet = new { shortcut = "map" } }, HttpStatusCode.Accepted);
            Assert.Equal(("image", "Here we are"), ((string?)message["kind"], (string?)message["text"]));
            Assert.Equal("map.png", (string?)Assert.Single(message["attachments"]!.AsArray())!["fileName"]);
            Assert.Empty(message["warnings"]!.AsArray());
            await desk.Api.MessageIsAsync(conversation, (string)message["id"]!, "delivered");
        }
    }

    [Fact]
    public async Task Sends_the_text_as_it_has_become()
    {
        await using Desk desk = await Desk.StartAsync();
        (_, string conversation, DeskApi ana) = await SceneAsync(desk);
        string id = await desk.Api.CreateAsync("snippets", new { shortcut = "price", text = "10 euros" });
        var use = new { snippet = new { shortcut = "price" } };
        Assert.Equal("10 euros", (string?)(await ana.PostAsync($"conversations/{conversation}/messages", use, HttpStatusCode.Accepted))["text"]);

        await desk.Api.PatchAsync($"snippets/{id}", new { text = "12 euros" });

        Assert.Equal("12 euros", (string?)(await ana.PostAsync($"conversations/{conversation}/messages", use, HttpStatusCode.Accepted))["text"]);
    }

    [Theory]
    [InlineData("""{"snippet":{"shortcut":"nobody"}}""", 422, "snippet_unknown", "snippet.shortcut")]
    [InlineData("""{"snippet":{"shortcut":"hello"},"text":"And more"}""", 400, "malformed", "snippet")]
    [InlineData("""{"snippet":{"shortcut":"hello"},"template":{"name":"order_ready"}}""", 400, "malformed", "snippet")]
    [InlineData("""{"snippet":{"shortcut":"hello"},"attachmentIds":["at_0000000000000000"]}""", 422, "attachment_unknown", "attachmentIds[0]")]
    [InlineData("""{"snippet":{"shortcut":"hello","variable":{}}}""", 400, "malformed", "snippet.variable")]
    [InlineData("""{"snippet":{}}""", 400, "malformed", "snippet.shortcut")]
    public async Task Refuses_what_makes_no_message(string body, int status, string code, string field)
    {
        await using Desk desk = await Desk.StartAsync();
        (_, string conversation, _) = await SceneAsync(desk);
        await desk.Api.CreateAsync("snippets", new { shortcut = "hello", text = "Hello" });

        Answered refused = await desk.Api.CallAsync(HttpMethod.Post, $"conversations/{conversation}/messages", JsonNode.Parse(body));

        Assert.Equal((status, code, field), (refused.Status, refused.Code, refused.Field));
        Assert.DoesNotContain(await desk.Api.MessagesAsync(conversation), m => (string?)m["direction"] == "out");
    }

    private static async Task<(TwilioChannel Channel, string Conversation, DeskApi Ana)> SceneAsync(Desk desk)
    {
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        return (channel, await channel.OpenConversationAsync(desk.Api, Customer), await desk.Api.SpeakingForAsync(ana));
    }
}
