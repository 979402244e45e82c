using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_table_storage_is_down
{
    [Theory]
    [InlineData(DeskSettings.AdminKey)]
    [InlineData("ldk_a_key_that_has_to_be_looked_up")]
    public async Task Asks_the_client_to_try_again(string key)
    {
        var outage = new TableOutage();
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
}
