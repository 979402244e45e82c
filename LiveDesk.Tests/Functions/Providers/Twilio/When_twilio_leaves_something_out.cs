using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Twilio;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioFixture;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

/// <summary>Requests as sparse as other desks have seen them: hardly a parameter is always there.</summary>
public sealed class When_twilio_leaves_something_out
{
    private const string Sid = "MessageSid=SM00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000001";

    [Theory]
    [InlineData("&From=%2B14133881111&Body=Hi", MessageKind.Text, "Hi")]
    [InlineData("&From=%2B14133881111", MessageKind.Unsupported, null)]
    [InlineData("&From=%2B14133881111&MessagingServiceSid=MG1&Body=", MessageKind.Unsupported, null)]
    [InlineData("&From=%2B14133881111&MessageType=location&Latitude=12.160894393921&Longitude=75.265205383301", MessageKind.Location, null)]
    [InlineData("&From=%2B14133881111&Latitude=north&Longitude=75.2&Body=near", MessageKind.Text, "near")]
    [InlineData("&From=%2B14133881111&SmsStatus=receiving&Body=Hi", MessageKind.Text, "Hi")]
    [InlineData("&From=%2B14133881111&MessageStatus=received&SmsStatus=received&Body=Hi&NumMedia=0", MessageKind.Text, "Hi")]
    public void Shows_a_message_all_the_same(string form, MessageKind kind, string? text)
    {
        InboundMessage message = Message(ChannelType.Sms, Sid + form);

        Assert.Equal((kind, text), (message.Content.Kind, message.Content.Text));
        Assert.Equal("+14133881111", Assert.Single(message.From.Identities).Address);
    }

    [Theory]
    [InlineData("From=%2B14133881111", ChannelType.Sms, "+14133881111")]
    [InlineData("From=+14133881111", ChannelType.Sms, "+14133881111")]
    [InlineData("From=14133881111", ChannelType.Sms, "+14133881111")]
    [InlineData("From=384387", ChannelType.Sms, "384387")]
    [InlineData("From=ACME", ChannelType.Sms, "ACME")]
    [InlineData("From=whatsapp:%2B14133881111", ChannelType.WhatsApp, "+14133881111")]
    [InlineData("From=whatsapp:+14133881111", ChannelType.WhatsApp, "+14133881111")]
    [InlineData("From=%2B14133881111", ChannelType.WhatsApp, "+14133881111")]
    [InlineData("From=whatsapp%3AUS.1234&ExternalUserId=whatsapp%3AUS.1234", ChannelType.WhatsApp, "US.1234")]
    public void Knows_who_wrote_however_the_address_is_written(string from, ChannelType type, string address) =>
        Assert.Equal(address, Assert.Single(Message(type, $"{Sid}&{from}&Body=Hi").From.Identities).Address);

    [Fact]
    public void Guesses_from_its_name_what_a_file_is()
    {
        MessageContent content = Message(ChannelType.Sms, Sid + "&From=%2B14133881111&NumMedia=3&MediaUrl0=cat.jpg&MediaUrl1=https%3A%2F%2Fapi.twilio.com%2Fdog.png&MediaUrl2=ME1").Content;

        Assert.Equal(MessageKind.Image, content.Kind);
        Assert.Equal(["image/jpeg", "image/png", "application/octet-stream"], content.Attachments.Select(a => a.ContentType));
    }

    [Theory]
    [InlineData("&ButtonText=Confirm&ButtonPayload=yes-1", "Confirm", "yes-1")]
    [InlineData("&Body=&ButtonText=Confirm", "Confirm", null)]
    [InlineData("&Body=Confirm&ButtonText=Confirm", "Confirm", null)]
    [InlineData("&Body=&ListId=row-2&ListTitle=Tomorrow", "Tomorrow", "row-2")]
    public void Says_what_was_chosen_though_the_text_is_empty(string form, string text, string? id)
    {
        MessageContent content = Message(ChannelType.WhatsApp, Sid + "&From=whatsapp%3A%2B14133881111" + form).Content;

        Assert.Equal((MessageKind.Interactive, text, new Interaction(id, text)), (content.Kind, content.Text, content.Interaction));
    }

    [Theory]
    [InlineData("ProfileName=Ann&ProfileUsername=ann_1", "Ann")]
    [InlineData("ProfileName=+&ProfileUsername=ann_1", "ann_1")]
    [InlineData("ProfileUsername=ann_1", "ann_1")]
    [InlineData("ProfileName=", null)]
    public void Names_the_customer_by_whatever_there_is(string form, string? name) =>
        Assert.Equal(name, Message(ChannelType.WhatsApp, $"{Sid}&From=whatsapp%3A%2B14133881111&Body=Hi&{form}").From.Name);

    [Theory]
    [InlineData("&MessageStatus=delivered", DeliveryStatus.Delivered)]
    [InlineData("&MessageStatus=read", DeliveryStatus.Read)]
    [InlineData("&SmsStatus=sent&MessageStatus=sent&To=2021&MessagingServiceSid=MG1&From=%2B14133881111", DeliveryStatus.Sent)]
    [InlineData("&MessageStatus=failed&ErrorCode=63018", DeliveryStatus.Failed)]
    [InlineData("&SmsStatus=undelivered&To=%2B12028831111", DeliveryStatus.Failed)]
    [InlineData("&MessageStatus=DELIVERED&EventType=DELIVERED", DeliveryStatus.Delivered)]
    public void Takes_a_status_with_nothing_around_it(string form, DeliveryStatus expected)
    {
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(Parse(ChannelType.Sms, Sid + form).Events));

        Assert.Equal((expected, "SM00000000000000000000000000000001"), (receipt.Status, receipt.ProviderId));
    }

    [Fact]
    public void Says_whom_a_status_is_about()
    {
        var receipt = (InboundReceipt)Parse(ChannelType.WhatsApp, Sid + "&MessageStatus=sent&To=whatsapp%3A%2B12028831111&From=whatsapp%3A%2B14133881111").Events.Single();

        Assert.Equal(["+12028831111", "+14133881111"], receipt.Recipient!.Identities.Select(i => i.Address));
        Assert.Null(((InboundReceipt)Parse(ChannelType.Sms, Sid + "&MessageStatus=sent").Events.Single()).Recipient);
    }

    [Theory]
    [InlineData("&MessageStatus=received")]
    [InlineData("&MessageStatus=receiving&SmsStatus=receiving&NumMedia=0")]
    [InlineData("&MessageStatus=accepted")]
    [InlineData("&MessageStatus=partially_delivered")]
    public void Makes_nothing_of_a_status_that_says_nothing(string form)
    {
        ParsedWebhook parsed = Parse(ChannelType.Sms, Sid + form);

        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Events);
        Assert.Empty(parsed.Unknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("%")]
    [InlineData("&&==&")]
    [InlineData("MessageSid=")]
    [InlineData("MessageSid=SM1&From=")]
    [InlineData("MessageSid=SM1&From=whatsapp%3A&Body=Hi")]
    [InlineData("{\"MessageSid\":\"SM1\"}")]
    public void Does_not_understand_what_names_neither_message_nor_sender(string body) => Assert.NotNull(Parse(ChannelType.WhatsApp, body).Malformed);

    private static ParsedWebhook Parse(ChannelType type, string body) => TwilioWebhookParser.Parse(type, Request(body));

    private static InboundMessage Message(ChannelType type, string body)
    {
        ParsedWebhook parsed = Parse(type, body);
        Assert.Null(parsed.Malformed);
        return Assert.IsType<InboundMessage>(Assert.Single(parsed.Events));
    }
}
