using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_channel_is_not_well
{
    [Fact]
    public async Task Says_that_webhooks_cannot_be_verified_until_the_auth_token_is_there()
    {
        await using Desk desk = await Desk.StartAsync();

        JsonNode channel = await desk.Api.PostAsync("channels", new
        {
            type = "sms",
            provider = "twilio",
            name = "SMS",
            phoneNumber = "+15550002222",
            credentials = new
            {
                accountSid = TwilioChannel.AccountSid, useApiKey = true, apiKeySid = "SK00000000000000000000000000000001", apiKeySecret = "apisecret01",
            },
            verify = false,
        }, HttpStatusCode.Created);
        JsonNode renamed = await desk.Api.PatchAsync($"channels/{channel["id"]}", new { name = "Texts" });
        JsonNode mended = await desk.Api.PatchAsync(
            $"channels/{channel["id"]}", new { credentials = new { authToken = TwilioChannel.AuthToken }, verify = false });

        Assert.Equal("degraded", (string?)channel["health"]!["state"]);
        Assert.Contains("Auth Token", (string?)channel["health"]!["reason"], StringComparison.Ordinal);
        Assert.NotNull((string?)channel["health"]!["since"]);
        Assert.Equal((string?)channel["health"]!["since"], (string?)renamed["health"]!["since"]);
        Assert.Equal(("ok", null), ((string?)mended["health"]!["state"], (string?)mended["health"]!["reason"]));
    }

    [Fact]
    public async Task Lets_nobody_write_until_it_works_again()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, "+15550001111");
        await desk.Api.PatchAsync($"channels/{channel.Id}", new { credentials = new { authToken = new string('f', 32) }, verify = false });
        JsonNode lost = await desk.Api.SendAsync(conversation, "Hello");
        await desk.Api.MessageIsAsync(conversation, (string)lost["id"]!, "failed");
        JsonNode broken = await Eventually.SeesAsync(
            () => desk.Api.GetAsync($"channels/{channel.Id}"), c => (string?)c["health"]!["state"] == "failed", "the channel to be failed");

        Answered refused = await desk.Api.CallAsync(HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Hello?" });
        Assert.Equal((422, "channel_failed"), (refused.Status, refused.Code));
        Assert.Contains((string)broken["health"]!["reason"]!, (string?)refused.Body!["detail"], StringComparison.Ordinal);

        await desk.Api.PatchAsync($"channels/{channel.Id}", new { credentials = new { authToken = TwilioChannel.AuthToken } });
        JsonNode sent = await desk.Api.SendAsync(conversation, "Here we are again");
        await desk.Api.MessageIsAsync(conversation, (string)sent["id"]!, "delivered");
        Assert.Equal("ok", (string?)(await desk.Api.GetAsync($"channels/{channel.Id}"))["health"]!["state"]);
    }

    [Fact]
    public async Task Recovers_by_itself_once_the_provider_takes_what_the_desk_writes()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { greeting = new { enabled = true, text = "Welcome!" } });
        string conversation = await channel.OpenConversationAsync(desk.Api, "+15550001112");
        await desk.Api.PatchAsync($"channels/{channel.Id}", new { credentials = new { authToken = new string('f', 32) }, verify = false });
        await desk.Api.SendAsync(conversation, "Hello");
        await Eventually.SeesAsync(
            () => desk.Api.GetAsync($"channels/{channel.Id}"), c => (string?)c["health"]!["state"] == "failed", "the channel to be failed");

        // The provider takes the old token again; nobody tells the desk.
        await desk.Api.PatchAsync($"channels/{channel.Id}", new { credentials = new { authToken = TwilioChannel.AuthToken }, verify = false });
        Assert.Equal("failed", (string?)(await desk.Api.GetAsync($"channels/{channel.Id}"))["health"]!["state"]);
        await channel.CustomerWritesAsync("+15550001111", "Hello");

        await Eventually.SeesAsync(
            () => desk.Api.GetAsync($"channels/{channel.Id}"), c => (string?)c["health"]!["state"] == "ok", "the channel to be well again");
    }
}
