using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>After a whole story: no answer, no line of the log and no row of a table holds a secret in clear or in base 64.</summary>
public sealed class When_secrets_are_looked_for
{
    private const string Customer = "+15550001111";

    private static readonly (string Type, string Provider, string? Number, JsonObject Credentials)[] Others =
    [
        ("sms", "bandwidth", "+12345678902", new JsonObject
        {
            ["accountId"] = "9900000", ["applicationId"] = "93de2206-9669-4e07-948d-329f4b722ee2", ["apiKey"] = "bw-user",
            ["apiSecret"] = "bandwidth-very-secret", ["callbackUser"] = "bw", ["callbackPassword"] = "callback-very-secret",
        }),
        ("whatsapp", "whatsapp-cloud", "+15550783881", new JsonObject
        {
            ["phoneNumberId"] = "106540352242922", ["businessAccountId"] = "102290129340398", ["accessToken"] = "access-very-secret",
            ["appSecret"] = "app-very-secret", ["verifyToken"] = "verify-very-secret",
        }),
        ("whatsapp", "engagelab", "+447911123456", new JsonObject
        {
            ["businessAccountId"] = "123321", ["devKey"] = "devKey01", ["devSecret"] = "dev-very-secret", ["callbackUser"] = "el",
            ["callbackSecret"] = "gate-very-secret", ["callbackAuthorization"] = "authorization-very-secret",
        }),
        ("messenger", "messenger", null, new JsonObject
        {
            ["pageId"] = "117172741761305", ["pageAccessToken"] = "page-very-secret", ["appSecret"] = "page-app-very-secret",
            ["verifyToken"] = "page-verify-very-secret",
        }),
        ("viber", "viber", null, new JsonObject { ["authToken"] = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3" }),
    ];

    [Fact]
    public async Task Finds_none()
    {
        await using Desk desk = await Desk.StartAsync();
        var answers = new StringBuilder();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana], new { greeting = new { enabled = true, text = "Hola" } });
        answers.Append(channel.Channel.ToJsonString());
        foreach ((string type, string provider, string? number, JsonObject credentials) in Others)
            answers.Append((await desk.Api.PostAsync("channels", new JsonObject
            {
                ["type"] = type, ["provider"] = provider, ["name"] = provider, ["phoneNumber"] = number, ["credentials"] = credentials.DeepClone(),
                ["verify"] = false,
            }, HttpStatusCode.Created)).ToJsonString());
        await StoryAsync(desk, channel, answers);
        await desk.QuietAsync();

        foreach (string path in new[] { "channels", "agents", "contacts", "conversations", $"channels/{channel.Id}" })
            answers.Append((await desk.Api.GetAsync(path)).ToJsonString());
        string tables = string.Join('\n', await TableDump.OfAsync(desk));
        string log = string.Join('\n', desk.Log.Lines);

        string[] secrets =
        [
            TwilioChannel.AuthToken, DeskSettings.AdminKey, .. Others.SelectMany(o => o.Credentials.Select(c => (string)c.Value!))
                .Where(v => v.Contains("secret", StringComparison.Ordinal) || v.Contains("44dafb", StringComparison.Ordinal)),
        ];
        Assert.Equal(14, secrets.Length);
        Assert.Contains("********", answers.ToString(), StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.All(
            new[] { answers.ToString(), tables, log }, text => Assert.All(
                new[] { secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) },
                form => Assert.DoesNotContain(form, text.Replace(TwilioChannel.AccountSid, "", StringComparison.Ordinal), StringComparison.Ordinal))));
        Assert.DoesNotContain(Token(channel.WebhookUrl), tables + log, StringComparison.Ordinal);
        // Who wrote and what stays out of the log too.
        Assert.DoesNotContain(Customer, log, StringComparison.Ordinal);
        Assert.DoesNotContain("My card is lost", log, StringComparison.Ordinal);
    }

    private static async Task StoryAsync(Desk desk, TwilioChannel channel, StringBuilder answers)
    {
        await channel.CustomerWritesAsync(Customer, "My card is lost");
        string conversation = (string)(await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "the conversation"))[0]["id"]!;
        await channel.FaultAsync(new { kind = "status", status = 503, method = "POST", path = "/Messages.json" });
        string reply = (string)(await desk.Api.SendAsync(conversation, "We block it."))["id"]!;
        answers.Append((await desk.Api.MessageIsAsync(conversation, reply, "sent", "delivered")).ToJsonString());
        answers.Append((await desk.Api.PostAsync($"channels/{channel.Id}/rotate-token", new { })).ToJsonString());
        answers.Append((await desk.Api.PostAsync($"channels/{channel.Id}/verify", new { })).ToJsonString());
        await channel.FaultAsync(new { kind = "status", status = 401, code = 20003, method = "POST", path = "/Messages.json" });
        string refused = (string)(await desk.Api.SendAsync(conversation, "Done."))["id"]!;
        answers.Append((await desk.Api.MessageIsAsync(conversation, refused, "failed")).ToJsonString());
        answers.Append((await desk.Api.GetAsync($"channels/{channel.Id}")).ToJsonString());
    }

    private static string Token(string webhookUrl) => webhookUrl[(webhookUrl.LastIndexOf('/') + 1)..];
}
