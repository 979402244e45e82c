using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

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
}
