using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Status callbacks in each provider's own words, out of order and repeated, for messages that the desk has really sent.</summary>
public sealed class When_receipts_come_as_the_provider_writes_them
{
    private const string Secret = "livedesk_test_secret_0001";
    private const string ViberToken = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";

    [Fact]
    public async Task Ends_in_the_right_state_over_bandwidth()
    {
        await using Desk desk = await Desk.StartAsync();
        await SetAsync(desk, "bandwidth", new { phoneNumber = "+12345678902" });
        string webhook = await ChannelAsync(desk, "sms", "bandwidth", "+12345678902", new
        {
            accountId = "9900000", applicationId = "93de2206-9669-4e07-948d-329f4b722ee2", apiKey = "bandwidth-user", apiSecret = "bandwidth-secret",
        });
        Task PostAsync(string json) => OkAsync(RawWebhooks.JsonAsync(webhook, Encoding.UTF8.GetBytes(json)));
        await PostAsync(Bandwidth(
            "message-received", "in-1", """ "direction":"in","to":["+12345678902"],"from":"+12345678901","text":"Hello" """, "+12345678902"));
        (string conversation, (string Id, string Provider)[] sent) = await SendAsync(desk, 5);

        string Status(string type, int i, string to = "+12345678901", string more = "") =>
            Bandwidth(type, sent[i].Provider, """ "direction":"out","to":["+12345678901"],"from":"+12345678902","text":"","media":[] """, to, more);
        await PostAsync(Status("message-delivered", 0));
        await PostAsync(Status("message-sending", 0));
        await PostAsync(Status("message-failed", 1, more: ""","errorCode":4432"""));
        await PostAsync(Status("message-failed", 2, more: ""","errorCode":9902"""));
        string[] batch = [Status("message-sending", 3), Status("message-read", 3), Status("message-failed", 3, more: ""","errorCode":"4720" """)];
        await PostAsync($"[{string.Join(',', batch.Select(one => one[1..^1]))}]");
        await PostAsync(Status("message-delivered", 4, to: "+12345678902")); // as one suite has it: our own number, where the customer's should be

        await desk.Api.MessageIsAsync(conversation, sent[0].Id, "delivered");
        Assert.Equal("4432", (string?)(await desk.Api.MessageIsAsync(conversation, sent[1].Id, "failed"))["failure"]!["providerCode"]);
        await desk.Api.MessageIsAsync(conversation, sent[3].Id, "read");
        await desk.Api.MessageIsAsync(conversation, sent[4].Id, "delivered");
        await desk.Api.MessageIsAsync(conversation, sent[2].Id, "sent");
    }

    [Fact]
    public async Task Ends_in_the_right_state_over_the_cloud_api()
    {
        await using Desk desk = await Desk.StartAsync();
        await SetAsync(desk, "whatsapp-cloud", new
        {
            phoneNumberId = "106540352242922", phoneNumber = "+15550783881", accessToken = "EAAtest", appSecret = Secret, verifyToken = "v",
        });
        string webhook = await ChannelAsync(desk, "whatsapp", "whatsapp-cloud", "+15550783881", new
        {
            phoneNumberId = "106540352242922", businessAccountId = "102290129340398", accessToken = "EAAtest", appSecret = Secret, verifyToken = "v",
        });
        Task PostAsync(string members) => OkAsync(RawWebhooks.MetaAsync(webhook, Encoding.UTF8.GetBytes($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
            "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},{{{members}}}}}]}]}
            """), Secret));
        await PostAsync($$""" "messages":[{"from":"972987654321","id":"wamid.in","timestamp":"{{Now()}}","type":"text","text":{"body":"Hi"} }] """);
        (string conversation, (string Id, string Provider)[] sent) = await SendAsync(desk, 4);

        string Status(string word, int i, string more = "") =>
            $$"""{"id":"{{sent[i].Provider}}","status":"{{word}}","timestamp":"{{Now()}}","recipient_id":"972987654321"{{more}} }""";
        await PostAsync($""" "statuses":[{Status("read", 0)},{Status("sent", 0)},{Status("delivered", 0)},{Status("failed", 0)}] """);
        await PostAsync($""" "statuses":[{Status("failed", 1, ""","errors":[{"code":131047,"title":"Re-engagement message"}]""")}] """);
        await PostAsync($""" "statuses":[{Status("deleted", 2)},{Status("warning", 2)},{Status("in_orbit", 2)}] """);
        const string Pricing = ""","conversation":{"id":"7270","origin":{"type":"service"}},"pricing":{"billable":true,"pricing_model":"CBP","category":"service"}""";
        await PostAsync($""" "statuses":[{Status("played", 3, Pricing)}] """);

        await desk.Api.MessageIsAsync(conversation, sent[0].Id, "read");
        JsonNode failed = await desk.Api.MessageIsAsync(conversation, sent[1].Id, "failed");
        Assert.Equal(("window_closed", "131047"), ((string?)failed["failure"]!["code"], (string?)failed["failure"]!["providerCode"]));
        await desk.Api.MessageIsAsync(conversation, sent[3].Id, "read");
        await desk.Api.MessageIsAsync(conversation, sent[2].Id, "sent");
    }

    [Fact]
    public async Task Ends_in_the_right_state_over_engagelab()
    {
        await using Desk desk = await Desk.StartAsync();
        await SetAsync(desk, "engagelab", new { phoneNumber = "+447911123456", devKey = "devKey01", devSecret = "devSecret01", businessAccountId = "123321" });
        string webhook = await ChannelAsync(
            desk, "whatsapp", "engagelab", "+447911123456", new { businessAccountId = "123321", devKey = "devKey01", devSecret = "devSecret01" });
        Task PostAsync(params string[] rows) => OkAsync(RawWebhooks.JsonAsync(
            webhook, Encoding.UTF8.GetBytes($$"""{"total":{{rows.Length}},"rows":[{{string.Join(',', rows)}}]}""")));
        await PostAsync($$"""
            {"message_id":"1","from":"+8613800138000","to":"+447911123456","server":"whatsapp","itime":{{Now()}},"response":{"event":"received","response_data":
             {"channel_message_id":"wamid.in","whatsapp_business_account_id":"123321","contact":{"wa_id":"8613800138000"},
              "message":{"type":"text","text":{"body":"Hi"} } } } }
            """);
        (string conversation, (string Id, string Provider)[] sent) = await SendAsync(desk, 4);

        string Row(string word, int i, string more = "", bool swapped = false) => $$"""
            {"message_id":"{{sent[i].Provider}}",{{(swapped ? """ "from":"+8613800138000","to":"+447911123456" """ : """ "from":"+447911123456","to":"+8613800138000" """)}},
             "server":"whatsapp","channel":"whatsapp","itime":{{Now()}},
             "status":{"message_status":"{{word}}","status_data":{"msg_time":{{Now()}},"whatsapp_business_account_id":"123321"},"error_code":0{{more}} } }
            """;
        await PostAsync(Row("plan", 0), Row("target_valid", 0), Row("delivered", 0), Row("sent", 0));
        await PostAsync(Row("delivered_timeout", 1), Row("read", 1, swapped: true));
        await PostAsync(Row("sent_failed", 2, ""","error_code":131026,"error_detail":{"message":"undeliverable"},"loss":{"loss_step":2,"loss_source":"meta"}"""));
        await PostAsync(Row("delivered_timeout", 3));

        await desk.Api.MessageIsAsync(conversation, sent[0].Id, "delivered");
        await desk.Api.MessageIsAsync(conversation, sent[1].Id, "read");
        Assert.Equal("invalid_recipient", (string?)(await desk.Api.MessageIsAsync(conversation, sent[2].Id, "failed"))["failure"]!["code"]);
        await desk.Api.MessageIsAsync(conversation, sent[3].Id, "sent");
    }

    [Fact]
    public async Task Ends_in_the_right_state_over_messenger_and_viber()
    {
        await using Desk desk = await Desk.StartAsync();
        string page = await ChannelAsync(
            desk, "messenger", "messenger", null, new { pageId = "117172741761305", pageAccessToken = "EAAtest", appSecret = Secret, verifyToken = "v" });
        Task PageAsync(string members) => OkAsync(RawWebhooks.MetaAsync(page, Encoding.UTF8.GetBytes($$$"""
            {"object":"page","entry":[{"id":"117172741761305","time":1,"messaging":[
            {"sender":{"id":"5678"},"recipient":{"id":"117172741761305"},"timestamp":{{{Now()}}}000,{{{members}}}}]}]}
            """), Secret));
        await SetAsync(desk, "messenger", new { pageId = "117172741761305", pageAccessToken = "EAAtest", appSecret = Secret, verifyToken = "v", webhookUrl = page });
        await WriteAsync(desk, "messenger", "5678");
        (string first, (string Id, string Provider)[] sent) = await SendAsync(desk, 3);
        await PageAsync($$""" "delivery":{"mids":["{{sent[0].Provider}}"],"watermark":1458668856253,"seq":37} """);
        await desk.Api.MessageIsAsync(first, sent[0].Id, "delivered");
        await PageAsync($$""" "delivery":{"watermark":"{{Now() + 1}}000"} """);
        foreach ((string id, _) in sent) await desk.Api.MessageIsAsync(first, id, "delivered");
        await PageAsync($$""" "read":{"watermark":{{Now() + 1}}000,"seq":38} """);
        foreach ((string id, _) in sent) await desk.Api.MessageIsAsync(first, id, "read");
        await desk.Api.PostAsync($"conversations/{first}/close", new { });

        string bot = await ChannelAsync(desk, "viber", "viber", null, new { authToken = ViberToken });
        Task ViberAsync(string members) => OkAsync(RawWebhooks.ViberAsync(
            bot, Encoding.UTF8.GetBytes($$"""{"timestamp":{{Now()}}000,"chat_hostname":"SN-CHAT-01_",{{members}} }"""), ViberToken));
        await SetAsync(desk, "viber", new { authToken = ViberToken, webhookUrl = bot });
        await WriteAsync(desk, "viber", "xy5/5y6O81+/kbWHpLhBoA==");
        (string second, sent) = await SendAsync(desk, 3);
        await ViberAsync($$""" "event":"delivered","message_token":{{sent[0].Provider}},"user_id":"xy5/5y6O81+/kbWHpLhBoA==" """);
        await desk.Api.MessageIsAsync(second, sent[0].Id, "delivered");
        await ViberAsync($$""" "event":"failed","message_token":"{{sent[2].Provider}}","user_id":"xy5/5y6O81+/kbWHpLhBoA==","desc":"failure description" """);
        Assert.Equal("failure description", (string?)(await desk.Api.MessageIsAsync(second, sent[2].Id, "failed"))["failure"]!["message"]);
        await ViberAsync($$""" "event":"seen","message_token":{{sent[1].Provider}},"user_id":"xy5/5y6O81+/kbWHpLhBoA==" """);
        await desk.Api.MessageIsAsync(second, sent[1].Id, "read");
        await desk.Api.MessageIsAsync(second, sent[0].Id, "read");
        await desk.Api.MessageIsAsync(second, sent[2].Id, "failed");
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static string Bandwidth(string type, string id, string members, string to, string more = "") => $$$"""
        [{"time":"2026-06-25T18:42:36.979Z","type":"{{{type}}}","to":"{{{to}}}","description":"ok"{{{more}}},"message":{"id":"{{{id}}}","owner":"+12345678902",
          "applicationId":"93de2206-9669-4e07-948d-329f4b722ee2","time":"2026-06-25T18:42:35.876Z","segmentCount":1,{{{members}}}}}]
        """.Trim();

    /// <summary>Registers the number with the simulator, which then says nothing by itself.</summary>
    private static async Task SetAsync(Desk desk, string provider, object number)
    {
        using var simulator = new HttpClient { BaseAddress = new Uri(desk.Simulator.BaseUri, $"/simulator/{provider}/") };
        (await simulator.PostAsJsonAsync("numbers", number)).EnsureSuccessStatusCode();
        (await simulator.PutAsJsonAsync("settings", new { autoStatus = Array.Empty<string>() })).EnsureSuccessStatusCode();
    }

    /// <summary>These providers take messages only for somebody who has written to them.</summary>
    private static async Task WriteAsync(Desk desk, string provider, string from)
    {
        using var simulator = new HttpClient { BaseAddress = new Uri(desk.Simulator.BaseUri, $"/simulator/{provider}/") };
        (await simulator.PostAsJsonAsync("inbound", new { from, text = "Hi" })).EnsureSuccessStatusCode();
    }

    private static async Task<string> ChannelAsync(Desk desk, string type, string provider, string? phoneNumber, object credentials) =>
        (string)(await desk.Api.PostAsync("channels", new
        {
            type, provider, name = "Ventas", phoneNumber, credentials, verify = false, settings = new { assignment = new { auto = false } },
        }, HttpStatusCode.Created))["webhookUrl"]!;

    private static async Task<(string Conversation, (string Id, string Provider)[] Sent)> SendAsync(Desk desk, int count)
    {
        string conversation = (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;
        var sent = new List<(string, string)>();
        for (int i = 0; i < count; i++)
        {
            string id = (string)(await desk.Api.SendAsync(conversation, $"Message {i}"))["id"]!;
            sent.Add((id, (string)(await desk.Api.MessageIsAsync(conversation, id, "sent"))["providerId"]!));
        }
        return (conversation, [.. sent]);
    }

    private static async Task OkAsync(Task<HttpStatusCode> answer) => Assert.Equal(HttpStatusCode.OK, await answer);
}
