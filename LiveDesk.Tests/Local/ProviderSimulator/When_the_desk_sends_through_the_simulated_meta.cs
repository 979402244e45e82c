using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_the_desk_sends_through_the_simulated_meta
{
    private const string WhatsApp = "whatsapp-cloud/v23.0/106540352242922/messages";
    private const string Page = "messenger/v25.0/117172741761305/messages";

    [Theory]
    [InlineData("""{"to":"16505551234","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"text","text":{"body":""}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"sms","sms":{}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550783881","type":"text","text":{"body":"x"}}""", 131021)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"audio","audio":{"link":"https://e.example/a","caption":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"image","image":{"id":"unknown"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"reaction","reaction":{"message_id":"wamid.unknown","emoji":"x"}}""", 131009)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"template","template":{"name":"nowhere","language":{"code":"en_US"}}}""", 132001)]
    [InlineData("""{"messaging_product":"whatsapp","to":"16505551234","type":"template","template":{"name":"order_ready","language":{"code":"en_US"}}}""", 132000)]
    public async Task Refuses_what_whatsapp_refuses(string body, int code)
    {
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync();

        Assert.Equal(code, (int)(await meta.SendAsync(WhatsApp, body))["error"]!["code"]!);
        Assert.Empty(await meta.ListAsync("whatsapp-cloud/messages"));
    }

    [Fact]
    public async Task Delivers_nothing_free_outside_the_window_and_templates_always()
    {
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync();

        await meta.SendAsync(WhatsApp, """{"messaging_product":"whatsapp","to":"16505551234","type":"text","text":{"body":"x"},"biz_opaque_callback_data":"ours"}""");
        JsonNode failed = (await meta.StatusAsync(1))[0];
        await meta.SendAsync(WhatsApp, """
            {"messaging_product":"whatsapp","to":"16505551234","type":"template","template":{"name":"order_ready","language":{"code":"en_US"},
             "components":[{"type":"body","parameters":[{"type":"text","text":"Ann"},{"type":"text","text":"7"}]}]}}
            """);

        Assert.Equal(("failed", 131047, "ours"), ((string?)failed["status"], (int)failed["errors"]![0]!["code"]!, (string?)failed["biz_opaque_callback_data"]));
        Assert.Equal(["failed", "sent", "delivered"], (await meta.StatusAsync(3)).Select(s => (string?)s["status"]));
        Assert.Equal("Hello Ann, your order 7 is ready.", (string?)(await meta.ListAsync("whatsapp-cloud/messages"))[1]!["text"]);
    }

    [Theory]
    [InlineData("""{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"x"}}""", 100, 2018001)]
    [InlineData("""{"recipient":{"id":"77"},"messaging_type":"RESPONSE","message":{}}""", 100, 2018034)]
    [InlineData("""{"recipient":{"id":"77"},"messaging_type":"RESPONSE","message":{"text":"x","attachment":{"type":"image","payload":{"url":"https://e.example/x"}}}}""", 100, 2018032)]
    [InlineData("""{"recipient":{"id":"77"},"message":{"text":"x"}}""", 100, null)]
    public async Task Refuses_what_messenger_refuses(string body, int code, int? subcode)
    {
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync();
        await meta.ControlAsync("messenger/inbound", new { from = "77", text = "Hi" });

        JsonNode error = (await meta.SendAsync(Page, body))["error"]!;

        Assert.Equal((code, subcode), ((int)error["code"]!, (int?)error["error_subcode"]));
    }

    [Fact]
    public async Task Closes_messengers_window_after_a_day()
    {
        FakeClock clock = new();
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync(clock);
        await meta.ControlAsync("messenger/inbound", new { from = "77", text = "Hi" });
        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        JsonNode error = (await meta.SendAsync(Page, """{"recipient":{"id":"77"},"messaging_type":"RESPONSE","message":{"text":"x"}}"""))["error"]!;

        Assert.Equal((10, 2018278), ((int)error["code"]!, (int)error["error_subcode"]!));
    }

    [Theory]
    [InlineData(WhatsApp, "wrong", null, 190)]
    [InlineData(WhatsApp, "EAAtesttoken", "wrong", 100)]
    [InlineData(Page, "wrong", null, 190)]
    [InlineData(Page, "EAAtesttoken", "wrong", 100)]
    public async Task Wants_the_token_and_its_proof(string path, string token, string? proof, int code)
    {
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync();

        Assert.Equal(code, (int)(await meta.SendAsync(proof is null ? path : $"{path}?appsecret_proof={proof}", "{}", token))["error"]!["code"]!);
    }

    [Fact]
    public async Task Signs_the_escaped_form_of_what_customers_write()
    {
        await using SimulatedMeta meta = await SimulatedMeta.StartAsync();

        await meta.ControlAsync("whatsapp-cloud/inbound", new { from = "+16505551234", text = "café / 👍" });

        Received webhook = Assert.Single(meta.Desk.Requests);
        Assert.Contains("""caf\u00e9 \/ \ud83d\udc4d""", webhook.Body, StringComparison.Ordinal);
        Assert.Equal("sha256=" + LiveDesk.Tests.Functions.Providers.Meta.MetaChannels.Sign(webhook.Body), webhook.Headers["X-Hub-Signature-256"]);
    }

    /// <summary>A simulator with one number and one page, and a receiver in place of the desk.</summary>
    private sealed class SimulatedMeta(Simulator simulator, Receiver desk) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = simulator.BaseUri };

        public Receiver Desk => desk;

        public static async Task<SimulatedMeta> StartAsync(TimeProvider? time = null)
        {
            SimulatedMeta meta = new(await Simulator.StartAsync(0, time), await Receiver.StartAsync());
            var common = new { accessToken = "EAAtesttoken", appSecret = "livedesk_test_app_secret", webhookUrl = new Uri(meta.Desk.BaseUri, "/hook").AbsoluteUri };
            await meta.ControlAsync(
                "whatsapp-cloud/numbers", new { phoneNumberId = "106540352242922", phoneNumber = "+15550783881", common.accessToken, common.appSecret, common.webhookUrl }, HttpStatusCode.Created);
            await meta.ControlAsync(
                "messenger/numbers", new { pageId = "117172741761305", pageAccessToken = common.accessToken, common.appSecret, common.webhookUrl }, HttpStatusCode.Created);
            return meta;
        }

        public async Task<JsonNode> SendAsync(string path, string body, string token = "EAAtesttoken")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage answer = await _http.SendAsync(request);
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        }

        public async Task ControlAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
        {
            using HttpResponseMessage answer = await _http.PostAsJsonAsync("/simulator/" + path, body);
            Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        }

        public async Task<JsonArray> ListAsync(string path) => (await _http.GetFromJsonAsync<JsonArray>("/simulator/" + path))!;

        public async Task<IReadOnlyList<JsonNode>> StatusAsync(int count) =>
            [.. (await desk.GotAsync(count)).Select(r => JsonNode.Parse(r.Body)!["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!)];

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await simulator.DisposeAsync();
            await desk.DisposeAsync();
        }
    }
}
