using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.EngageLab.EngageLabBench;

namespace LiveDesk.Tests.Functions.Providers.EngageLab;

public sealed class When_engagelab_says_something
{
    [Fact]
    public void Reads_a_reply_under_the_id_of_whatsapp()
    {
        InboundMessage message = Message(Bench.Fixture("engagelab/reply.json"));

        Assert.Equal("wamid.123321abcdefed==", message.ProviderId);
        Assert.Equal((Customer, "Bob"), (message.From.Identities[0].Address, message.From.Name));
        Assert.Equal("Thanks for the update!", message.Content.Text);
        Assert.Equal("1666165485030094860", message.ReplyToProviderId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1640707579), message.OccurredAt);
    }

    [Fact]
    public void Finds_our_message_of_a_delivery()
    {
        InboundReceipt receipt = Receipt(Bench.Fixture("engagelab/delivered.json").Replace("TAG", Bench.OurMessage.Value, StringComparison.Ordinal));

        Assert.Equal((DeliveryStatus.Delivered, "cbggf4if6o9ukqaalfug", Bench.OurMessage), (receipt.Status, receipt.ProviderId, receipt.MessageId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1663432355), receipt.OccurredAt);
        Assert.Null(receipt.Failure);
    }

    [Fact]
    public void Reads_rows_of_all_kinds_and_counts_what_it_does_not_know()
    {
        ParsedWebhook parsed = Parse(Bench.Fixture("engagelab/mixed.json").Replace("TAG", Bench.OurMessage.Value, StringComparison.Ordinal));

        Assert.Collection(parsed.Events,
            e => Assert.Equal(("window_closed", "131047"), (((InboundReceipt)e).Failure!.Code, ((InboundReceipt)e).Failure!.ProviderCode)),
            e =>
            {
                MessageContent content = Assert.IsType<InboundMessage>(e).Content;
                Attachment file = Assert.Single(content.Attachments);
                Assert.Equal((MessageKind.Image, "look", "image/jpeg", "wamidabc-0"), (content.Kind, content.Text, file.ContentType, file.Id));
                Assert.Equal((AttachmentState.Pending, "https://files.engagelab.com/a.jpg"), (file.State, file.Source));
            },
            e => Assert.Equal((ChannelHealthState.Degraded, "insufficient_balance"), (((InboundNotice)e).Health, ((InboundNotice)e).Kind)),
            e => Assert.Equal((MessageKind.Unsupported, "order"), (((InboundMessage)e).Content.Kind, ((InboundMessage)e).Content.Raw)),
            e => Assert.Equal(DeliveryStatus.Sent, Assert.IsType<InboundReceipt>(e).Status));
        Assert.Equal(["row:system_event", "row:other_account"], parsed.Unknown);
        Assert.Equal((200, (string?)null), (parsed.Reply.Status, parsed.Reply.Body));
    }

    [Theory]
    [InlineData("sent", DeliveryStatus.Sent)]
    [InlineData("delivered", DeliveryStatus.Delivered)]
    [InlineData("read", DeliveryStatus.Read)]
    [InlineData("delivered_timeout", DeliveryStatus.Sent)]
    [InlineData("sent_failed", DeliveryStatus.Failed)]
    [InlineData("sent_fail", DeliveryStatus.Failed)]
    [InlineData("delivered_failed", DeliveryStatus.Failed)]
    [InlineData("target_invalid", DeliveryStatus.Failed)]
    public void Knows_the_statuses(string word, DeliveryStatus expected)
    {
        InboundReceipt receipt = Receipt(Status(word));

        Assert.Equal((expected, Bench.OurMessage), (receipt.Status, receipt.MessageId));
        Assert.Equal(expected == DeliveryStatus.Failed, receipt.Failure is not null);
        Assert.Equal(Customer, receipt.Recipient!.Identities[0].Address);
    }

    [Theory]
    [InlineData("plan", false)]
    [InlineData("target_valid", false)]
    [InlineData("teleported", true)]
    public void Makes_nothing_of_other_statuses(string word, bool counted)
    {
        ParsedWebhook parsed = Parse(Status(word));

        Assert.Empty(parsed.Events);
        Assert.Equal(counted ? ["status:teleported"] : [], parsed.Unknown);
    }

    [Fact]
    public void Says_that_an_invalid_target_is_no_number_of_whatsapp() => Assert.Equal("invalid_recipient", Receipt(Status("target_invalid")).Failure!.Code);

    [Theory]
    [InlineData("""{"type":"audio","audio":{"link":"https://x.test/v","mime_type":"audio/ogg; codecs=opus"}}""", MessageKind.Voice)]
    [InlineData("""{"type":"audio","audio":{"url":"https://x.test/v.mp3"}}""", MessageKind.Audio)]
    [InlineData("""{"type":"video","video":{"link":"https://x.test/v"}}""", MessageKind.Video)]
    [InlineData("""{"type":"sticker","sticker":{"link":"https://x.test/v"}}""", MessageKind.Image)]
    [InlineData("""{"type":"document","document":{"link":"https://x.test/v","filename":"a.pdf"}}""", MessageKind.Document)]
    [InlineData("""{"type":"button","button":{"text":"Yes","payload":"YES"}}""", MessageKind.Interactive)]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Row","description":"D"}}}""", MessageKind.Interactive)]
    [InlineData("""{"type":"location","location":{"latitude":51.5,"longitude":-0.1,"name":"Office"}}""", MessageKind.Location)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ann"},"phones":[{"phone":"+1 555"}]}]}""", MessageKind.Contacts)]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}""", MessageKind.Reaction)]
    [InlineData("""{"type":"unknown"}""", MessageKind.Unsupported)]
    [InlineData("""{"type":"text","text":"not an object"}""", MessageKind.Unsupported)]
    [InlineData("""{"type":"hologram","hologram":{}}""", MessageKind.Unsupported)]
    [InlineData("{}", MessageKind.Unsupported)]
    public void Shows_whatever_the_customer_sends(string message, MessageKind expected) => Assert.Equal(expected, Message(Received(message)).Content.Kind);

    [Fact]
    public void Says_that_a_file_without_an_address_cannot_be_had()
    {
        Attachment file = Assert.Single(Message(Received("""{"type":"image","image":{"id":"meta-1"}}""")).Content.Attachments);

        Assert.Equal((AttachmentState.Failed, "meta-1"), (file.State, file.Source));
        Assert.NotNull(file.Failure);
    }

    [Fact]
    public void Keeps_the_choice_of_a_list()
    {
        MessageContent content = Message(Received(
            """{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Row","description":"D"}}}""")).Content;

        Assert.Equal(new Interaction("r1", "Row", "D"), content.Interaction);
        Assert.Equal("Row", content.Text);
    }

    [Theory]
    [InlineData("whatsapp_business_update", """ "ban_state":"DISABLE","waba_event":"DISABLED_UPDATE" """, ChannelHealthState.Failed, "DISABLE")]
    [InlineData("whatsapp_business_update", """ "ban_state":"SCHEDULE_FOR_DISABLE" """, ChannelHealthState.Degraded, "about to disable")]
    [InlineData("whatsapp_business_update", """ "ban_state":"REINSTATE" """, ChannelHealthState.Ok, "reinstated")]
    [InlineData("whatsapp_business_update", """ "waba_event":"ACCOUNT_VIOLATION","violation_type":"SPAM" """, ChannelHealthState.Degraded, "SPAM")]
    [InlineData("template_update", """ "template_name":"hello","template_status":"PAUSED" """, ChannelHealthState.Degraded, "hello is paused.")]
    [InlineData("template_update", """ "template_name":"sale","template_status":"REJECTED","template_status_reason":"PROMOTIONAL" """, ChannelHealthState.Degraded, "sale is rejected (PROMOTIONAL).")]
    [InlineData("template_update", """ "template_name":"sale","template_status":"FLAGGED" """, ChannelHealthState.Degraded, "sale is flagged.")]
    [InlineData("phone_number_update", """ "display_phone_number":"+44 7911 123456","current_limit":"TIER_50" """, ChannelHealthState.Degraded, "50 customers")]
    [InlineData("insufficient_balance", """ "remain_balance":5.1234,"balance_threshold":10 """, ChannelHealthState.Degraded, "5.1234 left, warning at 10")]
    public void Takes_notifications_for_the_health_of_the_channel(string kind, string data, ChannelHealthState expected, string words)
    {
        foreach (string notification in new[] { $$$"""{"event":"{{{kind}}}","notification_data":{"whatsapp_business_account_id":"123321",{{{data}}}}}""", $$$"""{"event":"{{{kind}}}",{{{data}}}}""" })
        {
            InboundNotice notice = Assert.IsType<InboundNotice>(Assert.Single(Parse(Notified(notification)).Events));
            Assert.Equal((kind, expected), (notice.Kind, notice.Health));
            Assert.Contains(words, notice.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"event":"template_update","notification_data":{"template_name":"hello","template_status":"APPROVED"}}""")]
    [InlineData("""{"event":"phone_number_update","notification_data":{"current_limit":"TIER_10K"}}""")]
    [InlineData("""{"event":"something_new","notification_data":{"x":1}}""")]
    public void Lets_no_good_news_hide_a_ban(string notification)
    {
        ParsedWebhook parsed = Parse(Notified(notification));

        Assert.Empty(parsed.Events);
        Assert.Single(parsed.Unknown);
    }

    [Fact]
    public void Passes_over_what_is_about_another_account() => Assert.Empty(Parse(
        """{"rows":[{"itime":1,"notification":{"event":"insufficient_balance","notification_data":{"whatsapp_business_account_id":"123321"}}},{"itime":1,"notification":{"event":"whatsapp_business_update","notification_data":{"whatsapp_business_account_id":"999","ban_state":"DISABLE"}}}]}""")
        .Events.Skip(1));

    private static string Notified(string notification) => $$"""{"total":1,"rows":[{"server":"whatsapp","itime":1640707579,"notification":{{notification}}}]}""";

    private static InboundMessage Message(string body) => Assert.IsType<InboundMessage>(Assert.Single(Parse(body).Events));

    private static InboundReceipt Receipt(string body) => Assert.IsType<InboundReceipt>(Assert.Single(Parse(body).Events));
}
