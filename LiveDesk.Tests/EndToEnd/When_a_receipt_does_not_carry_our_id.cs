using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Callbacks that were set for a whole number, and those of other programs that send over it.</summary>
public sealed class When_a_receipt_does_not_carry_our_id
{
    private const string Customer = "+15550001111";
    private const string PageId = "117172741761305";
    private const string Secret = "livedesk_test_secret_0001";

    [Fact]
    public async Task Finds_the_message_by_the_providers_id_and_whomever_it_names()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string conversation) = await ConversationAsync(desk);
        (string Id, string Sid)[] sent = [.. await SendAsync(desk, conversation, 5)];

        Task ReportAsync(string sid, string more) => AcceptedAsync(channel, $"MessageSid={sid}&AccountSid={TwilioChannel.AccountSid}{more}");
        await ReportAsync(sent[0].Sid, "&MessageStatus=delivered&To=%2B15550001111&From=%2B15550002222");
        await ReportAsync(sent[1].Sid, "&MessageStatus=read&From=%2B15550001111");
        await ReportAsync(sent[2].Sid, "&MessageStatus=failed&ErrorCode=30008&ErrorMessage=Unknown+error");
        await ReportAsync(sent[3].Sid, "&MessageStatus=delivered&To=%2B15550002222");
        await RawWebhooks.TwilioAsync(
            channel.WebhookUrl + "?m=asdf", $"MessageSid={sent[4].Sid}&MessageStatus=delivered&To=%2B15550001111", TwilioChannel.AuthToken);

        await desk.Api.MessageIsAsync(conversation, sent[0].Id, "delivered");
        await desk.Api.MessageIsAsync(conversation, sent[1].Id, "read");
        Assert.Equal("30008", (string?)(await desk.Api.MessageIsAsync(conversation, sent[2].Id, "failed"))["failure"]!["providerCode"]);
        await desk.Api.MessageIsAsync(conversation, sent[3].Id, "delivered");
        await desk.Api.MessageIsAsync(conversation, sent[4].Id, "delivered");
    }

    [Fact]
    public async Task Opts_a_customer_out_whom_another_program_could_not_write_to()
    {
        await using Desk desk = await Desk.StartAsync();
        (TwilioChannel channel, string conversation) = await ConversationAsync(desk);
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;

        await AcceptedAsync(channel, $"ErrorCode=21610&MessageSid=SM{new string('e', 32)}&MessageStatus=failed&To=%2B15550001111");
        await AcceptedAsync(channel, $"ErrorCode=21610&MessageSid=SM{new string('f', 32)}&MessageStatus=failed&To=%2B15559999999");
        await Eventually.SeesAsync(
            async () => (await desk.Api.GetAsync($"contacts/{contact}"))["optedOutChannels"]!.AsArray(), o => (string?)o.SingleOrDefault() == channel.Id, "the opt-out");
        JsonNode refused = await desk.Api.RefusedAsync(
            HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Are you there?" }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("contact_opted_out", (string?)refused["code"]);
        Assert.Single(await desk.Api.ItemsAsync("contacts"));
    }

    /// <summary>Such receipts come for every message that another program sends to somebody the desk knows: they must cost next to nothing.</summary>
    [Fact]
    public async Task Lets_go_at_once_of_what_another_program_has_sent()
    {
        await using Desk desk = await Desk.StartAsync();
        string webhook = await PageAsync(desk);
        await SaysAsync(webhook, """ "message":{"mid":"m_first","text":"Hello"} """);
        await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation");
        await desk.QuietAsync();

        long before = desk.Transactions.Count;
        await SaysAsync(webhook, """ "delivery":{"mids":["m_of_another_app_1"],"watermark":1750000000000} """);
        await SaysAsync(webhook, """ "read":{"watermark":1750000000000} """);
        await desk.QuietAsync(TimeSpan.FromSeconds(20)); // nothing of it is left in any queue, hidden or set aside

        Assert.InRange(desk.Transactions.Count - before, 1, 16);
        Assert.DoesNotContain(desk.Log.Warnings.Concat(desk.Log.Errors), line => line.Contains("ProcessInbound", StringComparison.Ordinal));
    }

    private static async Task<(TwilioChannel Channel, string Conversation)> ConversationAsync(Desk desk)
    {
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } }, "sms");
        await channel.SetAsync(new { autoStatus = Array.Empty<string>() });
        await channel.CustomerWritesAsync(Customer, "Hello");
        JsonNode conversation = (await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0];
        return (channel, (string)conversation["id"]!);
    }

    private static async Task<IReadOnlyList<(string, string)>> SendAsync(Desk desk, string conversation, int count)
    {
        var sent = new List<(string, string)>();
        for (int i = 0; i < count; i++)
        {
            string id = (string)(await desk.Api.SendAsync(conversation, $"Message {i}"))["id"]!;
            sent.Add((id, (string)(await desk.Api.MessageIsAsync(conversation, id, "sent"))["providerId"]!));
        }
        return sent;
    }

    private static async Task AcceptedAsync(TwilioChannel channel, string form) =>
        Assert.Equal(HttpStatusCode.OK, await RawWebhooks.TwilioAsync(channel.WebhookUrl, form, TwilioChannel.AuthToken));

    private static async Task<string> PageAsync(Desk desk) => (string)(await desk.Api.PostAsync("channels", new
    {
        type = "messenger",
        provider = "messenger",
        name = "Page",
        credentials = new { pageId = PageId, pageAccessToken = "EAAtesttoken", appSecret = Secret, verifyToken = "verify" },
        verify = false,
        settings = new { assignment = new { auto = false } },
    }, HttpStatusCode.Created))["webhookUrl"]!;

    private static async Task SaysAsync(string webhook, string members)
    {
        byte[] body = Encoding.UTF8.GetBytes($$$"""
            {"object":"page","entry":[{"id":"{{{PageId}}}","time":1750000000000,"messaging":[
            {"sender":{"id":"5678"},"recipient":{"id":"{{{PageId}}}"},"timestamp":1750000000000,{{{members}}}}]}]}
            """);
        Assert.Equal(HttpStatusCode.OK, await RawWebhooks.MetaAsync(webhook, body, Secret));
    }
}
