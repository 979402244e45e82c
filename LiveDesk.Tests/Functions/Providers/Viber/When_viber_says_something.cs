using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Viber.ViberBench;

namespace LiveDesk.Tests.Functions.Providers.Viber;

public sealed class When_viber_says_something
{
    [Fact]
    public void Reads_a_picture_and_keeps_every_digit_of_its_token()
    {
        InboundMessage message = Only<InboundMessage>(Parse(Bench.Fixture("viber/message-picture.json")));

        Assert.Equal("4912661846655238145", message.ProviderId);
        Assert.Equal(new ContactIdentity(ChannelType.Viber, Customer, Channel().Id.Value), Assert.Single(message.From.Identities));
        Assert.Equal(("John", "en"), (message.From.Name, message.From.Language));
        Assert.Equal((MessageKind.Image, "broken"), (message.Content.Kind, message.Content.Text));
        Attachment file = Assert.Single(message.Content.Attachments);
        Assert.Equal(("image/jpeg", "https://dl-media.viber.com/1/share/2/long/abc", null), (file.ContentType, file.Source, file.FileName));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1457764197627), message.OccurredAt);
    }

    [Theory]
    [InlineData("4912661846655238145")]
    [InlineData("\"4912661846655238145\"")]
    [InlineData("18446744073709551615")]
    public void Reads_tokens_with_and_without_quotes(string token)
    {
        string body = Message("""{"type":"text","text":"hi"}""").Replace("4912661846655238145", token, StringComparison.Ordinal);

        Assert.Equal(token.Trim('"'), Only<InboundMessage>(Parse(body)).ProviderId);
    }

    [Theory]
    [InlineData("""{"type":"text","text":"hi","tracking_data":"x"}""", MessageKind.Text, "hi")]
    [InlineData("""{"type":"url","media":"https://a.test/x"}""", MessageKind.Text, "https://a.test/x")]
    [InlineData("""{"type":"url","media":"https://a.test/x","text":"look"}""", MessageKind.Text, "look\nhttps://a.test/x")]
    [InlineData("""{"type":"video","media":"https://dl-media.viber.com/v","size":10000,"duration":10}""", MessageKind.Video, null)]
    [InlineData("""{"type":"file","media":"https://dl-media.viber.com/f","file_name":"a.pdf","size":1}""", MessageKind.Document, null)]
    [InlineData("""{"type":"file","media":"https://dl-media.viber.com/f","file_name":"a.mp3","size":1}""", MessageKind.Audio, null)]
    [InlineData("""{"type":"sticker","sticker_id":46105,"media":"https://www.viber.com/s.png"}""", MessageKind.Image, null)]
    [InlineData("""{"type":"sticker","sticker_id":46105}""", MessageKind.Unsupported, null)]
    [InlineData("""{"type":"contact","contact":{"name":"Ann","phone_number":"+972511123123"}}""", MessageKind.Contacts, "Ann +972511123123")]
    [InlineData("""{"type":"location","location":{"lat":50.76891,"lon":6.11499}}""", MessageKind.Location, null)]
    [InlineData("""{"type":"rich_media","text":"?"}""", MessageKind.Unsupported, "?")]
    [InlineData("{}", MessageKind.Unsupported, null)]
    public void Shows_whatever_the_customer_sends(string message, MessageKind kind, string? text)
    {
        MessageContent content = Only<InboundMessage>(Parse(Message(message))).Content;

        Assert.Equal((kind, text), (content.Kind, content.Text));
        if (kind == MessageKind.Location) Assert.Equal(new Location(50.76891, 6.11499), content.Location);
        if (content.Attachments is [var file] && kind == MessageKind.Video) Assert.Equal(("video/mp4", 10_000L), (file.ContentType, file.Size));
    }

    [Theory]
    [InlineData("delivered", DeliveryStatus.Delivered)]
    [InlineData("failed", DeliveryStatus.Failed)]
    public void Tells_whose_message_a_receipt_is_for(string kind, DeliveryStatus expected)
    {
        string body = Bench.Fixture("viber/seen.json").Replace("\"seen\"", $"\"{kind}\",\"desc\":\"no route\"", StringComparison.Ordinal);

        InboundReceipt receipt = Only<InboundReceipt>(Parse(body));

        Assert.Equal((expected, "4912661846655238146", Customer), (receipt.Status, receipt.ProviderId, receipt.Recipient!.Identities[0].Address));
        Assert.Equal(Channel().Id.Value, receipt.Recipient.Identities[0].Scope);
        Assert.Equal(expected == DeliveryStatus.Failed ? "no route" : null, receipt.Failure?.Message);
    }

    [Fact]
    public void Takes_seen_for_everything_before_it_too()
    {
        ParsedWebhook parsed = Parse(Bench.Fixture("viber/seen.json"));

        Assert.Collection(parsed.Events,
            e => Assert.Equal((DeliveryStatus.Read, "4912661846655238146"), (((InboundReceipt)e).Status, ((InboundReceipt)e).ProviderId)),
            e => Assert.Equal((DeliveryStatus.Read, e.OccurredAt), (((InboundWatermark)e).Status, parsed.Events[0].OccurredAt)));
    }

    [Fact]
    public void Reads_who_subscribes_and_who_leaves()
    {
        InboundSubscription came = Only<InboundSubscription>(Parse(Bench.Fixture("viber/subscribed.json")));
        InboundSubscription left = Only<InboundSubscription>(Parse("""{"event":"unsubscribed","timestamp":1457764197627,"user_id":"01234567890A=","message_token":1}"""));

        Assert.Equal((true, Customer), (came.Subscribed, came.From.Identities[0].Address));
        Assert.Equal((false, Customer), (left.Subscribed, left.From.Identities[0].Address));
    }

    [Fact]
    public void Welcomes_who_opens_the_chat_and_greets_in_the_answer()
    {
        ParsedWebhook parsed = Parse(Bench.Fixture("viber/conversation-started.json"), Channel(greeting: "Dobrý den! 👋", name: "A company with a very long name indeed"));

        InboundWelcome welcome = Only<InboundWelcome>(parsed);
        Assert.Equal(("started:4912661846655238145", "campaign-7"), (welcome.ProviderId, welcome.Referral!.Payload));
        Assert.Equal("application/json", parsed.Reply.ContentType);
        JsonNode answer = JsonNode.Parse(parsed.Reply.Body!)!;
        Assert.Equal(("text", "Dobrý den! 👋", "A company with a very long n"), ((string?)answer["type"], (string?)answer["text"], (string?)answer["sender"]!["name"]));
        Assert.Null(answer["receiver"]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Hello", true)]
    public void Greets_nobody_without_a_greeting_or_twice(string? greeting, bool subscribed)
    {
        string body = Bench.Fixture("viber/conversation-started.json").Replace("\"subscribed\":false", $"\"subscribed\":{(subscribed ? "true" : "false")}", StringComparison.Ordinal);

        ParsedWebhook parsed = Parse(body, Channel(greeting));

        Only<InboundWelcome>(parsed);
        Assert.Null(parsed.Reply.Body);
    }

    [Fact]
    public void Believes_no_impossible_time() =>
        Assert.Null(Only<InboundMessage>(Parse(Message("""{"type":"text","text":"hi"}""").Replace("1457764197627", "4977069964384421269", StringComparison.Ordinal))).OccurredAt);

    private static T Only<T>(ParsedWebhook parsed) where T : InboundEvent
    {
        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Unknown);
        return Assert.IsType<T>(Assert.Single(parsed.Events));
    }
}
