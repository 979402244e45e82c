using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_customers_write_over_meta
{
    private const string AppSecret = "livedesk_test_app_secret";

    [Fact]
    public async Task Carries_a_whatsapp_conversation_both_ways_whichever_address_the_customer_shows()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.WhatsAppAsync(desk);
        Assert.True((bool)(await meta.PostAsync("handshake", new { }))["verified"]!);

        await meta.PostAsync("inbound", new
        {
            batch = "entries",
            messages = new object[]
            {
                new { from = "+16505551234", fromUserId = "US.13491208655302741918", text = "Hola", name = "Ann" },
                new { fromUserId = "US.13491208655302741918", text = "It is me, without my number" },
            },
        });
        (string conversation, IReadOnlyList<JsonNode> inbound) = await meta.ConversationAsync(2);
        string reply = (string)(await desk.Api.SendAsync(conversation, "Buenas"))["id"]!;
        await desk.Api.MessageIsAsync(conversation, reply, "delivered");
        await meta.PushLastAsync("read");
        await desk.Api.MessageIsAsync(conversation, reply, "read");

        Assert.Equal(["Hola", "It is me, without my number"], inbound.Select(m => (string?)m["text"]));
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
        Assert.Equal("US.13491208655302741918", (string?)(await meta.SentAsync()).Single()["body"]!["recipient"]);
    }

    [Fact]
    public async Task Finds_a_customer_who_shows_the_number_later()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.WhatsAppAsync(desk);

        await meta.PostAsync("inbound", new { fromUserId = "IN.2081978709342942", text = "hidden" });
        await meta.ConversationAsync(1);
        await meta.PostAsync("inbound", new { from = "+16505551234", fromUserId = "IN.2081978709342942", text = "shown" });
        await meta.ConversationAsync(2);
        await meta.PostAsync("inbound", new { from = "+16505551234", text = "number only" });
        (_, IReadOnlyList<JsonNode> inbound) = await meta.ConversationAsync(3);

        Assert.Equal(["hidden", "shown", "number only"], inbound.Select(m => (string?)m["text"]));
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
    }

    [Fact]
    public async Task Makes_no_one_contact_of_two_that_exist_though_a_message_names_both()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.WhatsAppAsync(desk);
        await meta.PostAsync("inbound", new { from = "+971501234567", text = "by number" });
        await meta.PostAsync("inbound", new { fromUserId = "AE.QACONFLICT", text = "by id" });
        await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 2, "two conversations");

        await meta.PostAsync("inbound", new { from = "+971501234567", fromUserId = "AE.QACONFLICT", text = "by both" });
        await meta.PostAsync("inbound", new { fromUserId = "AE.QACONFLICT", text = "by id again" });

        IReadOnlyList<string> contacts = await Eventually.SeesAsync(() => SaidByAsync(desk), s => s.Sum(c => c.Split(", ").Length) == 4, "four messages");
        Assert.Equal(["+971501234567: by both, by number", "AE.QACONFLICT: by id, by id again"], contacts);
    }

    private static async Task<IReadOnlyList<string>> SaidByAsync(Desk desk)
    {
        var said = new List<string>();
        foreach (JsonNode conversation in await desk.Api.ItemsAsync("conversations"))
        {
            JsonNode contact = await desk.Api.GetAsync($"contacts/{(string)conversation["contactId"]!}");
            IEnumerable<string?> texts = (await desk.Api.MessagesAsync((string)conversation["id"]!)).Where(m => (string?)m["direction"] == "in").Select(m => (string?)m["text"]);
            said.Add($"{string.Join('+', contact["identities"]!.AsArray().Select(i => (string?)i!["address"]))}: {string.Join(", ", texts.Order(StringComparer.Ordinal))}");
        }
        return [.. said.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Welcomes_a_visitor_of_a_page_and_follows_replies_by_echo_and_watermark()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.PageAsync(desk);

        await meta.PostAsync("inbound", new { from = "3383290475046708", getStarted = true, messageId = "m_start" });
        await meta.PostAsync("inbound", new { from = "3383290475046708", getStarted = true, messageId = "m_start" });
        (string conversation, _) = await meta.ConversationAsync(0);
        string reply = (string)(await desk.Api.SendAsync(conversation, "Welcome!"))["id"]!;
        await desk.Api.MessageIsAsync(conversation, reply, "delivered");
        await meta.PushLastAsync("read");
        await desk.Api.MessageIsAsync(conversation, reply, "read");
        await meta.PostAsync("inbound", new
        {
            from = "3383290475046708",
            item = new
            {
                sender = new { id = MetaSimulator.PageId },
                recipient = new { id = "3383290475046708" },
                message = new { mid = "m_colleague", is_echo = true, text = "From the page's inbox" },
            },
        });

        IReadOnlyList<JsonNode> messages = await Eventually.SeesAsync(
            async () => (await desk.Api.MessagesAsync(conversation)).Where(m => (string?)m["direction"] == "out").ToList(), m => m.Count == 2, "the echo");
        Assert.Equal(["Welcome!", "From the page's inbox"], messages.Select(m => (string?)m["text"]));
        Assert.Equal("welcome", (string?)(await desk.Api.ConversationAsync(conversation))["openedBy"]!["source"]);
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
        Assert.Single(await meta.SentAsync());
    }

    [Fact]
    public async Task Drops_what_is_signed_with_another_secret()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.WhatsAppAsync(desk);

        JsonNode forged = await meta.PostAsync("inbound", new { from = "+16505551234", text = "forged", appSecret = "another" });
        await meta.PostAsync("inbound", new { from = "+16505551234", text = "genuine" });
        (_, IReadOnlyList<JsonNode> inbound) = await meta.ConversationAsync(1);

        Assert.Equal(403, (int)forged["webhook"]!["attempts"]![0]!["status"]!);
        Assert.Equal(["genuine"], inbound.Select(m => (string?)m["text"]));
    }

    [Fact]
    public async Task Names_the_secret_that_is_wrong_before_a_channel_is_saved()
    {
        await using Desk desk = await Desk.StartAsync();
        using MetaSimulator meta = await MetaSimulator.PageAsync(desk);

        JsonNode problem = await desk.Api.RefusedAsync(HttpMethod.Post, "channels", MetaSimulator.PageChannel("another secret"), HttpStatusCode.UnprocessableEntity);

        Assert.Equal("credentials_refused", (string?)problem["code"]);
        Assert.Contains("credentials.appSecret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>One provider of the simulator with a channel of the desk.</summary>
    private sealed class MetaSimulator : IDisposable
    {
        public const string PageId = "117172741761305";
        private readonly Desk _desk;
        private readonly HttpClient _http;

        private MetaSimulator(Desk desk, string provider) =>
            (_desk, _http) = (desk, new HttpClient { BaseAddress = new Uri(desk.Simulator.BaseUri, $"/simulator/{provider}/") });

        public static async Task<MetaSimulator> WhatsAppAsync(Desk desk)
        {
            JsonNode channel = await desk.Api.PostAsync("channels", new
            {
                type = "whatsapp",
                provider = "whatsapp-cloud",
                name = "Ventas",
                phoneNumber = "+15550783881",
                credentials = new
                {
                    phoneNumberId = "106540352242922",
                    businessAccountId = "102290129340398",
                    accessToken = "EAAtesttoken",
                    appSecret = AppSecret,
                    verifyToken = "livedesk_verify",
                },
            }, HttpStatusCode.Created);
            var simulator = new MetaSimulator(desk, "whatsapp-cloud");
            await simulator.PostAsync("numbers", new
            {
                phoneNumberId = "106540352242922",
                phoneNumber = "+15550783881",
                accessToken = "EAAtesttoken",
                appSecret = AppSecret,
                verifyToken = "livedesk_verify",
                webhookUrl = (string?)channel["webhookUrl"],
            }, HttpStatusCode.Created);
            return simulator;
        }

        public static async Task<MetaSimulator> PageAsync(Desk desk)
        {
            var simulator = new MetaSimulator(desk, "messenger");
            await simulator.RegisterPageAsync(null);
            JsonNode channel = await desk.Api.PostAsync("channels", PageChannel(AppSecret), HttpStatusCode.Created);
            await simulator.RegisterPageAsync((string?)channel["webhookUrl"]);
            return simulator;
        }

        public static object PageChannel(string appSecret) => new
        {
            type = "messenger",
            provider = "messenger",
            name = "Page",
            credentials = new { pageId = PageId, pageAccessToken = "EAAtesttoken", appSecret, verifyToken = "livedesk_verify" },
        };

        public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
        {
            using HttpResponseMessage answer = await _http.PostAsJsonAsync(path, body);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == expected, $"{path}: {(int)answer.StatusCode} {text}");
            return JsonNode.Parse(text)!;
        }

        /// <summary>The one conversation, once the customer has written so many messages.</summary>
        public async Task<(string Id, IReadOnlyList<JsonNode> Inbound)> ConversationAsync(int messages)
        {
            string id = (string)(await Eventually.SeesAsync(() => _desk.Api.ItemsAsync("conversations"), c => c.Count > 0, "a conversation"))[0]["id"]!;
            List<JsonNode> inbound = await Eventually.SeesAsync(
                async () => (await _desk.Api.MessagesAsync(id)).Where(m => (string?)m["direction"] == "in").ToList(), m => m.Count == messages, $"{messages} messages");
            return (id, inbound);
        }

        public async Task<IReadOnlyList<JsonNode>> SentAsync() => [.. (await _http.GetFromJsonAsync<JsonArray>("messages"))!.Select(m => m!)];

        public async Task PushLastAsync(string status) =>
            await PostAsync($"messages/{Uri.EscapeDataString((string)(await SentAsync())[^1]["id"]!)}/status", new { status });

        public void Dispose() => _http.Dispose();

        private Task<JsonNode> RegisterPageAsync(string? webhookUrl) => PostAsync("numbers", new
        {
            pageId = PageId,
            pageAccessToken = "EAAtesttoken",
            appSecret = AppSecret,
            verifyToken = "livedesk_verify",
            webhookUrl,
        }, HttpStatusCode.Created);
    }
}
