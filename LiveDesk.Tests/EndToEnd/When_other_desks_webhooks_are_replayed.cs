using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>
/// Requests in the shapes of the providers' documentation and of other desks' test suites (Fixtures/replay), with what the running desk shows of
/// each: who wrote, what, with which files; or the answer where it refuses.
/// </summary>
public sealed class When_other_desks_webhooks_are_replayed
{
    private const string Secret = "livedesk_test_secret_0001";
    private const string ViberToken = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";

    [Theory]
    [InlineData("twilio-whatsapp", "whatsapp", "twilio", "+15550002222", """{"accountSid":"AC00000000000000000000000000000001","authToken":"livedesk_test_secret_0001"}""")]
    [InlineData("twilio-sms", "sms", "twilio", "+15550002222", """{"accountSid":"AC00000000000000000000000000000001","authToken":"livedesk_test_secret_0001"}""")]
    [InlineData("whatsapp-cloud", "whatsapp", "whatsapp-cloud", "+15550783881", """{"phoneNumberId":"106540352242922","businessAccountId":"102290129340398","accessToken":"EAAtest","appSecret":"livedesk_test_secret_0001","verifyToken":"v"}""")]
    [InlineData("bandwidth", "sms", "bandwidth", "+12345678902", """{"accountId":"9900000","applicationId":"93de2206-9669-4e07-948d-329f4b722ee2","apiKey":"user","apiSecret":"secret"}""")]
    [InlineData("engagelab", "whatsapp", "engagelab", "+447911123456", """{"businessAccountId":"123321","devKey":"devKey01","devSecret":"devSecret01"}""")]
    [InlineData("messenger", "messenger", "messenger", null, """{"pageId":"117172741761305","pageAccessToken":"EAAtest","appSecret":"livedesk_test_secret_0001","verifyToken":"v"}""")]
    [InlineData("viber", "viber", "viber", null, """{"authToken":"44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3"}""")]
    public async Task Shows_or_refuses_each_as_it_should(string fixture, string type, string provider, string? number, string credentials)
    {
        await using Desk desk = await Desk.StartAsync();
        string webhook = (string)(await desk.Api.PostAsync("channels", new JsonObject
        {
            ["type"] = type, ["provider"] = provider, ["name"] = "Ventas", ["phoneNumber"] = number, ["credentials"] = JsonNode.Parse(credentials),
            ["verify"] = false, ["settings"] = new JsonObject { ["assignment"] = new JsonObject { ["auto"] = false } },
        }, HttpStatusCode.Created))["webhookUrl"]!;
        JsonArray cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "replay", fixture + ".json")))!.AsArray();
        var expected = new List<string>();

        // What shows nothing first, so that it would have been seen by the time the others are.
        foreach (JsonNode replayed in cases.Select(c => c!).OrderBy(c => c["shows"]!.AsArray().Count > 0))
        {
            if (replayed["after"] is not null) await ShownAsync(desk, expected.Count);
            (HttpStatusCode status, string text) = await PostAsync(provider, webhook, replayed);
            string name = (string)replayed["name"]!;
            Assert.True(((int?)replayed["answer"] ?? 200) == (int)status, $"{name}: {(int)status}");
            if (replayed["says"] is { } says) Assert.Equal((string?)says, text);
            expected.AddRange(replayed["shows"]!.AsArray().Select(line => (string)line!));
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), await ShownAsync(desk, expected.Count));
        Assert.DoesNotContain(desk.Log.Errors, line => line.Contains("ProcessInbound", StringComparison.Ordinal) || line.Contains("ReceiveWebhook", StringComparison.Ordinal));
    }

    private static Task<(HttpStatusCode, string)> PostAsync(string provider, string webhook, JsonNode replayed)
    {
        if (provider == "twilio") return RawWebhooks.SendTwilioAsync(webhook, (string)replayed["form"]!, Secret);
        byte[] body = Encoding.UTF8.GetBytes((string?)replayed["raw"] ?? replayed["body"]!.ToJsonString());
        return provider switch
        {
            "whatsapp-cloud" or "messenger" => RawWebhooks.SendMetaAsync(webhook, body, Secret),
            "viber" => RawWebhooks.SendViberAsync(webhook, body, ViberToken),
            _ => RawWebhooks.SendJsonAsync(webhook, body),
        };
    }

    private static async Task<IReadOnlyList<string>> ShownAsync(Desk desk, int count)
    {
        IReadOnlyList<string> lines = [];
        try
        {
            return await Eventually.SeesAsync(async () => lines = await LinesAsync(desk), l => l.Count >= count, $"{count} lines");
        }
        catch (Exception) when (lines.Count < count)
        {
            return lines; // the comparison tells which are missing
        }
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(Desk desk)
    {
        var lines = new List<string>();
        foreach (JsonNode conversation in await desk.Api.ItemsAsync("conversations?limit=200"))
        {
            JsonNode contact = await desk.Api.GetAsync($"contacts/{(string)conversation["contactId"]!}");
            string who = $"{Who(contact)} {(string?)contact["name"] ?? "?"}: ";
            string outOf = contact["optedOutChannels"]!.AsArray().Count > 0 ? " opted out" : "";
            if ((string?)conversation["openedBy"]!["source"] == "welcome") lines.Add(who + "arrived");
            lines.AddRange((await desk.Api.MessagesAsync((string)conversation["id"]!)).Where(IsWritten).Select(m => who + Line(m) + outOf));
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Who(JsonNode contact)
    {
        JsonNode identity = contact["identities"]![0]!;
        return (string?)contact["phoneNumber"] ?? ((string)identity["channelType"]! is "messenger" or "viber" ? (string)identity["address"]! : "nobody");
    }

    private static bool IsWritten(JsonNode message) =>
        (string?)message["direction"] == "in" || ((string?)message["direction"] == "out" && (string?)message["author"]!["kind"] == "agent");

    private static string Line(JsonNode m)
    {
        var line = new StringBuilder((string?)m["direction"] == "out" ? "out " : "").Append((string?)m["kind"]);
        if ((string?)m["text"] is { } text) line.Append(' ').Append(text);
        if (m["location"] is { } at) line.Append(CultureInfo.InvariantCulture, $" @{at["latitude"]},{at["longitude"]}");
        if ((string?)m["interaction"]?["id"] is { } id) line.Append(" #").Append(id);
        if ((string?)m["referral"]?["sourceId"] is { } source) line.Append(" ref:").Append(source);
        foreach (JsonNode? file in m["attachments"]!.AsArray())
            line.Append(" [").Append((string?)file!["contentType"]).Append((string?)file["fileName"] is { } name ? " " + name : "").Append(']');
        return line.ToString();
    }
}
