using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Identity;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_table_storage_is_down
{
    [Theory]
    [InlineData(DeskSettings.AdminKey, "busy")]
    [InlineData("ldk_a_key_that_has_to_be_looked_up", "busy")]
    [InlineData(DeskSettings.AdminKey, "unreachable")]
    [InlineData(DeskSettings.AdminKey, "slow")]
    [InlineData(DeskSettings.AdminKey, "no token")]
    public async Task Asks_the_client_to_try_again(string key, string how)
    {
        var outage = new TableOutage
        {
            Failure = () => how switch
            {
                "busy" => new RequestFailedException(503, "The server is busy."),
                "unreachable" => new AggregateException("Retry failed after 4 tries.", new RequestFailedException(0, "Connection refused")),
                "slow" => new AggregateException("Retry failed after 4 tries.", new TaskCanceledException("It exceeded the configured timeout of 0:01:40.")),
                _ => new CredentialUnavailableException("No managed identity endpoint found."),
            },
        };
        await using Desk desk = await Desk.StartAsync(null, outage.Replace);
        using var api = new DeskApi(desk.Settings.BaseUrl, key);

        outage.Down = true;
        using HttpResponseMessage answer = await api.Http.GetAsync("channels");
        outage.Down = false;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("unavailable", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Is_not_ready_before_it_has_tables_to_write_to()
    {
        var outage = new TableOutage { Down = true };
        await using Desk desk = await Desk.StartAsync(null, outage.Replace);
        var ready = new Uri(desk.Settings.BaseUrl, "/api/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await desk.Api.Http.GetAsync(ready)).StatusCode);

        outage.Down = false;

        await Eventually.SeesAsync(async () => (await desk.Api.Http.GetAsync(ready)).StatusCode, status => status == HttpStatusCode.OK, "the desk to be ready");
        Assert.NotEmpty(await desk.Api.CreateAgentAsync("Ana"));
    }

    [Fact]
    public async Task What_customers_write_meanwhile_is_tried_for_minutes_before_anybody_has_to_help()
    {
        var outage = new TableOutage();
        await using Desk desk = await Desk.StartAsync(null, outage.Replace, "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:00.1");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.OpenConversationAsync(desk.Api, "+15550001111");
        await desk.QuietAsync();

        outage.Down = true;
        JsonNode webhook = await channel.CustomerWritesAsync("+15550001111", "Anybody there?");
        await Eventually.IsTrueAsync(() => desk.Log.Errors.Count(e => e.Contains("ProcessInbound", StringComparison.Ordinal)) > 10, "ten tries to fail");
        outage.Down = false;

        Assert.Equal("delivered", (string?)webhook["webhook"]!["outcome"]);
        await Eventually.SeesAsync(
            async () => await desk.Api.MessagesAsync((string)(await desk.Api.ItemsAsync("conversations")).Single()["id"]!),
            messages => messages.Count(m => (string?)m["text"] == "Anybody there?") == 1, "the message");
    }
}
