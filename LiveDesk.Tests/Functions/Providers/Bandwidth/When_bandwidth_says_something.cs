using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Bandwidth.BandwidthBench;

namespace LiveDesk.Tests.Functions.Providers.Bandwidth;

public sealed class When_bandwidth_says_something
{
    [Fact]
    public void Reads_an_mms_without_its_layout()
    {
        ParsedWebhook parsed = Parse(Bench.Fixture("bandwidth/message-received-mms.json"));

        InboundMessage message = Assert.IsType<InboundMessage>(Assert.Single(parsed.Events));
        Assert.Equal("14762070468292kw2fuqty55yp2b2", message.ProviderId);
        Assert.Equal(new ContactIdentity(ChannelType.Sms, Customer), Assert.Single(message.From.Identities));
        Assert.Equal("Hey, check this out!", message.Content.Text);
        Assert.Equal(MessageKind.Image, message.Content.Kind);
        Assert.Equal(new DateTimeOffset(2026, 2, 2, 23, 14, 5, TimeSpan.Zero).AddTicks(2_625_120), message.OccurredAt);
        Assert.Equal([("image/png", "bw.png"), ("text/vcard", "my card.vcf")], message.Content.Attachments.Select(a => (a.ContentType, a.FileName!)));
        Assert.All(message.Content.Attachments, a => Assert.Equal(AttachmentState.Pending, a.State));
        Assert.Equal(2, message.Content.Attachments.Select(a => a.Id).Distinct().Count());
        Assert.Equal((200, (string?)null), (parsed.Reply.Status, parsed.Reply.Body));
    }

    [Fact]
    public void Reads_a_single_event_in_place_of_a_list() =>
        Assert.Equal("single-1", Assert.IsType<InboundMessage>(Assert.Single(Parse(Bench.Fixture("bandwidth/message-received-single-object.json")).Events)).ProviderId);

    [Fact]
    public void Reads_every_event_of_a_list_in_its_order()
    {
        ParsedWebhook parsed = Parse(Bench.Fixture("bandwidth/several-events.json").Replace("TAG", Bench.OurMessage.Value, StringComparison.Ordinal));

        Assert.Collection(parsed.Events,
            e => Assert.Equal("one", Assert.IsType<InboundMessage>(e).Content.Text),
            e =>
            {
                InboundReceipt sent = Assert.IsType<InboundReceipt>(e);
                Assert.Equal((DeliveryStatus.Sent, "out-1", Bench.OurMessage), (sent.Status, sent.ProviderId, sent.MessageId));
                Assert.Equal(Customer, sent.Recipient!.Identities[0].Address);
            },
            e =>
            {
                InboundReceipt failed = Assert.IsType<InboundReceipt>(e);
                Assert.Equal((DeliveryStatus.Failed, true), (failed.Status, failed.OptedOut));
                Assert.Equal(("contact_opted_out", "4775"), (failed.Failure!.Code, failed.Failure.ProviderCode));
            },
            e => Assert.Equal("two", Assert.IsType<InboundMessage>(e).Content.Text));
        // 9902 says that nobody knows; it must not become a failure.
        Assert.Equal(["message-failed:9902", "suggestion-response:not_inbound"], parsed.Unknown);
    }

    [Theory]
    [InlineData("message-sending", DeliveryStatus.Sent)]
    [InlineData("message-sent", DeliveryStatus.Sent)]
    [InlineData("message-delivered", DeliveryStatus.Delivered)]
    [InlineData("message-read", DeliveryStatus.Read)]
    public void Knows_the_statuses(string type, DeliveryStatus expected)
    {
        string body = Bench.Fixture("bandwidth/group-delivered.json").Replace("message-delivered", type, StringComparison.Ordinal);

        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(Parse(body).Events));

        Assert.Equal(expected, receipt.Status);
        Assert.Null(receipt.MessageId);
        Assert.False(receipt.OptedOut);
    }

    [Fact]
    public void Says_of_a_group_whose_receipt_it_is() =>
        Assert.Equal("+12345678903", Assert.IsType<InboundReceipt>(Assert.Single(Parse(Bench.Fixture("bandwidth/group-delivered.json")).Events)).Recipient!.Identities[0].Address);

    [Theory]
    [InlineData(4720, "invalid_recipient")]
    [InlineData(4770, "filtered")]
    [InlineData(4781, "rate_limited")]
    [InlineData(5601, "provider_unavailable")]
    [InlineData(4999, "provider_refused")]
    public void Puts_failures_into_words(int code, string expected)
    {
        string body = Bench.Fixture("bandwidth/group-delivered.json").Replace("\"message-delivered\"", $"\"message-failed\",\"errorCode\":{code}", StringComparison.Ordinal);

        DeliveryFailure failure = Assert.IsType<InboundReceipt>(Assert.Single(Parse(body).Events)).Failure!;

        Assert.Equal((expected, $"{code}"), (failure.Code, failure.ProviderCode));
        Assert.NotEmpty(failure.Message);
    }

    [Theory]
    [InlineData("STOP", "+12345678902", OptOutKeyword.Stop, true)]
    [InlineData(" stop ", "+12345678902", OptOutKeyword.Stop, true)]
    [InlineData("START", "+12345678902", OptOutKeyword.Start, true)]
    [InlineData("HELP", "+12345678902", OptOutKeyword.Help, true)]
    [InlineData("please stop", "+12345678902", OptOutKeyword.None, false)]
    [InlineData("STOP", "+18335550100", OptOutKeyword.Stop, false)]
    [InlineData("UNSTOP", "+18885550100", OptOutKeyword.Start, false)]
    [InlineData("HELP", "+18005550100", OptOutKeyword.Help, true)]
    public void Owes_an_answer_to_a_keyword_that_the_network_does_not_answer(string text, string number, OptOutKeyword keyword, bool owes)
    {
        InboundMessage message = Assert.IsType<InboundMessage>(Assert.Single(Parse(Inbound(text, to: number), Channel(number)).Events));

        Assert.Equal((keyword, owes), (message.OptOut, message.OwesKeywordReply));
    }

    [Fact]
    public void Takes_of_a_group_with_two_of_our_numbers_only_its_own_copy()
    {
        ParsedWebhook own = Parse(Inbound("hi all", to: Number, group: ",\"+12345678904\",\"+12345678905\""));
        ParsedWebhook copy = Parse(Inbound("hi all", to: "+12345678904", group: $",\"{Number}\",\"+12345678905\""));

        Assert.Equal("group:3", Assert.IsType<InboundMessage>(Assert.Single(own.Events)).Content.Raw);
        Assert.Empty(copy.Events);
        Assert.Equal(["message-received:copy_for_another_number"], copy.Unknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("\"text\"")]
    [InlineData("[{\"no\":\"type\"}]")]
    public void Does_not_understand_what_is_no_event(string body) => Assert.NotNull(Parse(body).Malformed);

    [Fact]
    public void Does_not_let_an_event_that_is_none_cost_the_others()
    {
        ParsedWebhook parsed = Parse($"[{{}},7,null,{Inbound("still here")[1..]}");

        Assert.Null(parsed.Malformed);
        Assert.Equal("still here", Assert.IsType<InboundMessage>(Assert.Single(parsed.Events)).Content.Text);
        Assert.Equal(3, parsed.Unknown.Count);
    }

    [Theory]
    [InlineData("12065551234", "+12065551234")]
    [InlineData(" +12065551234", "+12065551234")]
    [InlineData("MTN", "MTN")]
    [InlineData("22999", "22999")]
    public void Knows_a_number_however_it_is_written(string from, string address) =>
        Assert.Equal(address, Assert.IsType<InboundMessage>(Assert.Single(Parse(Inbound("hi", from: from)).Events)).From.Identities[0].Address);

    [Fact]
    public void Takes_a_picture_for_a_picture_though_its_text_comes_as_a_file()
    {
        string body = Inbound("").Replace("\"text\":\"\"",
            "\"text\":\"\",\"media\":[\"https://messaging.bandwidth.com/api/v2/users/{accountId}/media/1/0/a.smil\",\"https://messaging.bandwidth.com/api/v2/users/1/media/1/1/text_0.txt\",\"https://messaging.bandwidth.com/api/v2/users/1/media/1/2/cat.gif\",\"https://messaging.bandwidth.com/api/v2/users/1/media/1/3/x.xml\"]",
            StringComparison.Ordinal);

        MessageContent content = Assert.IsType<InboundMessage>(Assert.Single(Parse(body).Events)).Content;

        Assert.Equal((MessageKind.Image, (string?)null), (content.Kind, content.Text));
        Assert.Equal(["text/plain", "image/gif"], content.Attachments.Select(a => a.ContentType));
    }

    [Fact]
    public void Reads_what_a_customer_of_a_richer_channel_chose()
    {
        string suggestion = Inbound("").Replace("\"text\":\"\"", """ "suggestionResponse":{"text":"Yes, go on","postbackData":"go","pairedMessageId":"out-7"} """, StringComparison.Ordinal);
        string place = Inbound("").Replace("\"text\":\"\"", """ "locationResponse":{"latitude":"37.7749","longitude":"-122.4194"} """, StringComparison.Ordinal);

        var chosen = (InboundMessage)Parse(suggestion.Replace("message-received", "suggestion-response", StringComparison.Ordinal)).Events.Single();
        var shown = (InboundMessage)Parse(place.Replace("message-received", "requested-location-response", StringComparison.Ordinal)).Events.Single();

        Assert.Equal((MessageKind.Interactive, "Yes, go on", new Interaction("go", "Yes, go on"), "out-7"), (chosen.Content.Kind, chosen.Content.Text, chosen.Content.Interaction, chosen.ReplyToProviderId));
        Assert.Equal((MessageKind.Location, new Location(37.7749, -122.4194)), (shown.Content.Kind, shown.Content.Location));
    }

    [Theory]
    [InlineData("2016-09-14T18:20:16Z", "2016-09-14T18:20:16.0000000+00:00")]
    [InlineData("2025-01-06T15:43:34.502180Z", "2025-01-06T15:43:34.5021800+00:00")]
    [InlineData("2016-09-14 18:20:16", "2026-02-02T23:14:05.3090000+00:00")]
    public void Reads_times_with_any_fraction(string time, string expected)
    {
        string body = Inbound("x").Replace("2026-02-02T23:14:05.262Z", time, StringComparison.Ordinal);

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Parse(body).Events.Single().OccurredAt);
    }

    [Fact]
    public void Keeps_a_message_with_half_an_emoji_and_zero_characters()
    {
        InboundMessage message = Assert.IsType<InboundMessage>(Assert.Single(Parse(Inbound("a\\ud83d b\\u0000c \\ud83d\\ude00")).Events));

        Assert.Equal("a\ufffd bc \ud83d\ude00", message.Content.Text);
    }

    [Fact]
    public void Shows_that_an_empty_message_came()
    {
        InboundMessage message = Assert.IsType<InboundMessage>(Assert.Single(Parse(Inbound("")).Events));

        Assert.Equal((MessageKind.Unsupported, "empty"), (message.Content.Kind, message.Content.Raw));
    }
}
