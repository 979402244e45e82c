using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_failed_message_is_sent_again
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Makes_a_new_attempt_of_the_same_message()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        await channel.FaultAsync(new { on = "message", kind = "fail", code = 63012 });
        string id = (string)(await desk.Api.SendAsync(conversation, "Hola otra vez"))["id"]!;
        await desk.Api.MessageIsAsync(conversation, id, "failed");

        JsonNode queued = await ResendAsync(desk.Api, conversation, id, HttpStatusCode.Accepted, "again");
        JsonNode repeated = await ResendAsync(desk.Api, conversation, id, HttpStatusCode.Accepted, "again");
        JsonNode delivered = await desk.Api.MessageIsAsync(conversation, id, "delivered");

        Assert.Equal(("queued", id), ((string?)queued["status"], (string?)repeated["id"]));
        Assert.Null(delivered["failure"]);
        Assert.Equal(2, (await channel.SentAsync()).Count);
        Assert.True(MessageId.TryParse(id, out MessageId message));
        MessageSnapshot stored = (await desk.Services.GetRequiredService<IContactStore>().FindMessageAsync(
            LiveDesk.Domain.Workspaces.WorkspaceId.Parse("main"), message, CancellationToken.None))!;
        Assert.Equal([1, 2], stored.Message.Attempts.Select(a => a.Number));
        Assert.Single(await desk.Api.MessagesAsync(conversation), m => (string?)m["direction"] == "out");
    }

    [Fact]
    public async Task Refuses_what_has_arrived_and_what_is_not_there()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string id = (string)(await desk.Api.SendAsync(conversation, "Hola"))["id"]!;
        await desk.Api.MessageIsAsync(conversation, id, "delivered");

        Assert.Equal("not_resendable", (string?)(await ResendAsync(desk.Api, conversation, id, HttpStatusCode.Conflict))["code"]);
        await ResendAsync(desk.Api, conversation, "ms_x", HttpStatusCode.NotFound);
        Assert.Single(await channel.SentAsync());
    }

    [Fact]
    public async Task Sends_once_however_many_press_the_button()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        await channel.FaultAsync(new { on = "message", kind = "fail", code = 63012 });
        string id = (string)(await desk.Api.SendAsync(conversation, "Hola"))["id"]!;
        await desk.Api.MessageIsAsync(conversation, id, "failed");

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => desk.Api.Http.PostAsync($"conversations/{conversation}/messages/{id}/resend", null)));
        await desk.Api.MessageIsAsync(conversation, id, "delivered");

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Accepted);
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict }));
        Assert.Equal(2, (await channel.SentAsync()).Count);
    }

    private static async Task<JsonNode> ResendAsync(DeskApi api, string conversation, string message, HttpStatusCode expected, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"conversations/{conversation}/messages/{message}/resend");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
