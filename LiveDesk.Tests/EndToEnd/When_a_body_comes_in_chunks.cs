using System.Net.Http.Json;
using System.Text;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>The host in Azure hands on no body without a Content-Length; here the local host does the same.</summary>
public sealed class When_a_body_comes_in_chunks
{
    [Fact]
    public async Task Refuses_it_rather_than_take_it_for_an_empty_one()
    {
        await using Desk desk = await Desk.StartAsync(null, "--LocalHost:DropChunkedBodies=true");

        using HttpResponseMessage chunked = await desk.Api.Http.PostAsJsonAsync("teams", new { name = "Sales" });
        using HttpResponseMessage measured = await desk.Api.Http.PostAsync("teams", new StringContent("{\"name\":\"Sales\"}", Encoding.UTF8, "application/json"));
        using HttpResponseMessage none = await desk.Api.Http.PostAsync("channels/ch_0000000000000000/verify", null);
        using HttpResponseMessage webhook = await desk.Api.Http.PostAsJsonAsync(new Uri(await WebhookAsync(desk)), new { });

        Assert.Equal((411, 201, 404, 411), ((int)chunked.StatusCode, (int)measured.StatusCode, (int)none.StatusCode, (int)webhook.StatusCode));
        Assert.Contains("length_required", await chunked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(await desk.Api.ItemsAsync("teams"));
    }

    private static async Task<string> WebhookAsync(Desk desk)
    {
        const string Channel = """
            {"type":"sms","provider":"twilio","name":"SMS","phoneNumber":"+15550002222","verify":false,
             "credentials":{"accountSid":"AC00000000000000000000000000000000","authToken":"00000000000000000000000000000000"}}
            """;
        using HttpResponseMessage created = await desk.Api.Http.PostAsync("channels", new StringContent(Channel, Encoding.UTF8, "application/json"));
        return (string)System.Text.Json.Nodes.JsonNode.Parse(await created.Content.ReadAsStringAsync())!["webhookUrl"]!;
    }
}
