using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>What providers have really sent, against the running desk: who wrote, what the desk shows of it, and what it refuses.</summary>
public sealed class When_recorded_webhooks_are_replayed
{
    private const string Secret = "livedesk_test_secret_0001";
    private const string ViberToken = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";
    private const string Account = "AC00000000000000000000000000000001";

    [Fact]
    public async Task Understands_what_twilio_sends_for_whatsapp()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await TwilioAsync(desk, "whatsapp");

        foreach (string fixture in Fixtures("twilio", "whatsapp-*.txt"))
            Assert.Equal(HttpStatusCode.OK, await PostFormAsync(webhook, fixture));

        Assert.Equal(
            [
                "+15550001111 contacts ", "+15550001111 document invoice.pdf", "+15550001111 image ", "+15550001111 image Look at this",
                "+15550001111 interactive ", "+15550001111 interactive Tomorrow", "+15550001111 interactive Yes, please", "+15550001111 location ",
                "+15550001111 text Hello", "+15550001111 text Is this still on sale?", "+15550001111 text Olá & adiós 😀", "+15550001111 text STOP",
                "+15550001111 text Yes, that one", "+15550001111 unsupported ", "+15550001111 voice ", "nobody text Hello",
            ],
            await InboundAsync(desk, 16));
    }

    [Fact]
    public async Task Understands_what_twilio_sends_for_sms()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await TwilioAsync(desk, "sms");
        string[] good = [.. Fixtures("twilio", "*.txt").Where(f => Path.GetFileName(f) is var name && (name.StartsWith("sms-", StringComparison.Ordinal)
            || name is "mms-with-smil.txt" or "old-sid-names.txt" or "status-sms.txt" or "status-sms-undelivered.txt"))];

        foreach (string fixture in good) Assert.Equal(HttpStatusCode.OK, await PostFormAsync(webhook, fixture));
        foreach (string name in new[] { "no-sid.txt", "no-from.txt" })
            Assert.Equal(HttpStatusCode.BadRequest, await PostFormAsync(webhook, Fixtures("twilio", name).Single()));
        Assert.Equal(HttpStatusCode.Forbidden, await PostFormAsync(webhook, good[0], "another token"));

        Assert.Equal(
            [
                "+15550001111 image ", "+15550001111 text  Stop ", "+15550001111 text ALTO", "+15550001111 text AYUDA", "+15550001111 text EMPEZAR",
                "+15550001111 text Hello", "+15550001111 text Is my order ready?", "+15550001111 text ab", "+15550001111 text please stop",
                "nobody text Your code is 1234",
            ],
            await InboundAsync(desk, 10));
    }

    [Fact]
    public async Task Understands_what_bandwidth_sends()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await ChannelAsync(desk, "sms", "bandwidth", "+12345678902", new JsonObject
        {
            ["accountId"] = "9900000", ["applicationId"] = "93de2206-9669-4e07-948d-329f4b722ee2", ["apiKey"] = "user", ["apiSecret"] = Secret,
            ["callbackUser"] = "bw", ["callbackPassword"] = "secret:word",
        });
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("bw:secret:word"u8));

        foreach (string fixture in Fixtures("bandwidth", "*.json"))
            Assert.Equal(HttpStatusCode.OK, await PostAsync(webhook, fixture, basic));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(webhook, Fixtures("bandwidth", "several-events.json").Single()));

        Assert.Equal(
            ["+12345678901 image Hey, check this out!", "+12345678901 text Hello", "+12345678901 text one", "+12345678901 text two"],
            await InboundAsync(desk, 4));
    }

    [Fact]
    public async Task Understands_what_engagelab_sends()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await ChannelAsync(desk, "whatsapp", "engagelab", "+447911123456", new JsonObject
        {
            ["businessAccountId"] = "123321", ["devKey"] = "devKey01", ["devSecret"] = Secret,
        });

        foreach (string fixture in Fixtures("engagelab", "*.json"))
            Assert.Equal(HttpStatusCode.OK, await PostAsync(webhook, fixture));

        Assert.Equal(
            ["+8613800138000 image look", "+8613800138000 text Thanks for the update!", "+8613800138000 unsupported "], await InboundAsync(desk, 3));
        JsonNode channel = (await desk.Api.ItemsAsync("channels")).Single();
        Assert.Equal("degraded", (string?)channel["health"]!["state"]);
        Assert.NotNull((string?)channel["health"]!["since"]);
    }

    [Fact]
    public async Task Understands_what_meta_sends_for_whatsapp()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await ChannelAsync(desk, "whatsapp", "whatsapp-cloud", "+15550783881", new JsonObject
        {
            ["phoneNumberId"] = "106540352242922", ["businessAccountId"] = "102290129340398", ["accessToken"] = "EAAtest", ["appSecret"] = Secret,
            ["verifyToken"] = "verify",
        });

        foreach (string fixture in Fixtures("WhatsAppCloud", "*.json")) Assert.Equal(HttpStatusCode.OK, await PostSignedAsync(webhook, fixture));

        Assert.Equal(
            [
                "+16505551234 document My résumé", "+16505551234 interactive Yes please", "+16505551234 reaction 👍",
                "+16505551234 text Does it come in another color?", "+16505551234 unsupported ", "+16505551234 voice ", "+16505559999 text Me too",
            ],
            await InboundAsync(desk, 7));
    }

    [Fact]
    public async Task Understands_what_meta_sends_for_messenger()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await ChannelAsync(desk, "messenger", "messenger", null, new JsonObject
        {
            ["pageId"] = "117172741761305", ["pageAccessToken"] = "EAAtest", ["appSecret"] = Secret, ["verifyToken"] = "verify",
        });

        Assert.Equal(HttpStatusCode.OK, await PostSignedAsync(webhook, Fixtures("Messenger", "batch.json").Single()));

        IReadOnlyList<string> inbound = await InboundAsync(desk, 4);
        Assert.Contains("nobody text facebook message", inbound);
        Assert.Contains("nobody location ", inbound);
        Assert.DoesNotContain(inbound, line => line.Contains("another page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Understands_what_viber_sends()
    {
        await using Desk desk = await Desk.StartAsync();
        Uri webhook = await ChannelAsync(
            desk, "viber", "viber", null, new JsonObject { ["authToken"] = ViberToken });

        foreach (string fixture in Fixtures("viber", "*.json"))
        {
            byte[] body = await File.ReadAllBytesAsync(fixture);
            Assert.Equal(HttpStatusCode.OK, await RawWebhooks.ViberAsync(webhook.AbsoluteUri, body, ViberToken));
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(webhook, fixture));
        }

        Assert.Equal(["nobody image broken"], await InboundAsync(desk, 1));
    }

    private static IEnumerable<string> Fixtures(string provider, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", provider), pattern).Order(StringComparer.Ordinal);

    private static Task<Uri> TwilioAsync(Desk desk, string type) => ChannelAsync(
        desk, type, "twilio", "+15550002222", new JsonObject { ["accountSid"] = Account, ["authToken"] = Secret });

    private static async Task<Uri> ChannelAsync(Desk desk, string type, string provider, string? number, JsonObject credentials)
    {
        JsonNode channel = await desk.Api.PostAsync("channels", new JsonObject
        {
            ["type"] = type, ["provider"] = provider, ["name"] = "Ventas", ["phoneNumber"] = number, ["credentials"] = credentials, ["verify"] = false,
            ["settings"] = new JsonObject { ["assignment"] = new JsonObject { ["auto"] = false } },
        }, HttpStatusCode.Created);
        return new Uri((string)channel["webhookUrl"]!);
    }

    private static async Task<HttpStatusCode> PostFormAsync(Uri webhook, string fixture, string token = Secret) =>
        await RawWebhooks.TwilioAsync(webhook.AbsoluteUri, await File.ReadAllTextAsync(fixture), token);

    private static async Task<HttpStatusCode> PostSignedAsync(Uri webhook, string fixture) =>
        await RawWebhooks.MetaAsync(webhook.AbsoluteUri, await File.ReadAllBytesAsync(fixture), Secret);

    private static async Task<HttpStatusCode> PostAsync(Uri webhook, string fixture, AuthenticationHeaderValue? authorization = null) =>
        await RawWebhooks.JsonAsync(webhook.AbsoluteUri, await File.ReadAllBytesAsync(fixture), authorization);

    /// <summary>All that customers wrote, as "number kind text", sorted.</summary>
    private static async Task<IReadOnlyList<string>> InboundAsync(Desk desk, int count) => await Eventually.SeesAsync(
        async () =>
        {
            var lines = new List<string>();
            foreach (JsonNode conversation in await desk.Api.ItemsAsync("conversations"))
                lines.AddRange(from message in await desk.Api.MessagesAsync((string)conversation["id"]!)
                               where (string?)message["direction"] == "in"
                               select $"{(string?)conversation["phoneNumber"] ?? "nobody"} {message["kind"]} {(string?)message["text"]}");
            return (IReadOnlyList<string>)[.. lines.Order(StringComparer.Ordinal)];
        },
        lines => lines.Count == count, $"{count} messages of customers");
}
