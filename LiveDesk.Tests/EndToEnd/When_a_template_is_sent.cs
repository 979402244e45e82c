using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_template_is_sent
{
    private const string Customer = "+15550001111";

    private static readonly Dictionary<string, string> Values = new() { ["1"] = "Ana", ["2"] = "A-9" };

    [Fact]
    public async Task Reads_the_providers_templates_and_sends_one_beyond_the_window()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        JsonNode opened = await desk.Api.PostAsync("conversations", new { phoneNumber = Customer, channelId = channel.Id }, HttpStatusCode.Created);
        string conversation = (string)opened["id"]!;

        JsonNode synced = await desk.Api.PostAsync($"templates/sync?channelId={channel.Id}", new { });
        JsonNode listed = (await desk.Api.ItemsAsync($"templates?channelId={channel.Id}")).Single();
        string free = await CodeAsync(desk.Api, conversation, new { text = "Hola" });
        JsonNode message = await SendAsync(desk.Api, conversation, new { name = "order_ready", variables = Values });
        await desk.Api.MessageIsAsync(conversation, (string)message["id"]!, "delivered");

        Assert.Equal("window_closed", free);
        Assert.Equal("order_ready", (string?)synced["items"]!.AsArray().Single()!["name"]);
        Assert.Equal(("en", "approved", "utility"), ((string?)listed["language"], (string?)listed["status"], (string?)listed["category"]));
        Assert.Equal(["1", "2"], listed["variables"]!.AsArray().Select(v => (string?)v));
        Assert.Equal(("template", "Hello Ana, your order A-9 is ready."), ((string?)message["kind"], (string?)message["text"]));
        Assert.Equal("order_ready", (string?)message["template"]!["name"]);
        JsonNode sent = (await channel.SentAsync()).Single();
        Assert.False(listed.AsObject().ContainsKey("place"));
        Assert.Contains((string)listed["providerId"]!, sent.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Syncs_by_itself_the_first_time_and_names_what_is_wrong()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.ControlAsync("twilio/contents", new
        {
            sid = "HX11111111111111111111111111111111", accountSid = TwilioChannel.AccountSid, friendlyName = "sale", body = "Sale!", approvalStatus = "rejected",
        }, HttpStatusCode.Created);
        JsonNode opened = await desk.Api.PostAsync("conversations", new { phoneNumber = Customer, channelId = channel.Id }, HttpStatusCode.Created);
        string conversation = (string)opened["id"]!;

        Assert.Equal("template_unknown", await CodeAsync(desk.Api, conversation, new { template = new { name = "nothing" } }));
        Assert.Equal("template_not_approved", await CodeAsync(desk.Api, conversation, new { template = new { name = "sale" } }));
        JsonNode missing = await RefusedAsync(
            desk.Api, conversation, new { template = new { name = "order_ready", variables = new Dictionary<string, string> { ["1"] = "Ana" } } });
        Assert.Equal("template_variables", (string?)missing["code"]);
        Assert.Equal("template.variables.2", (string?)missing["errors"]![0]!["field"]);
        // By its SID a template is found too.
        await SendAsync(desk.Api, conversation, new
        {
            name = "HX00000000000000000000000000000000", variables = Values,
        });
    }

    private static Task<JsonNode> SendAsync(DeskApi api, string conversation, object template) =>
        api.PostAsync($"conversations/{conversation}/messages", new { template }, HttpStatusCode.Accepted);

    private static Task<JsonNode> RefusedAsync(DeskApi api, string conversation, object body) =>
        api.RefusedAsync(HttpMethod.Post, $"conversations/{conversation}/messages", body, HttpStatusCode.UnprocessableEntity);

    private static async Task<string> CodeAsync(DeskApi api, string conversation, object body) => (string)(await RefusedAsync(api, conversation, body))["code"]!;
}
