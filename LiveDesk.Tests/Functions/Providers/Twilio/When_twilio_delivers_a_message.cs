using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioFixture;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_twilio_delivers_a_message
{
    [Fact]
    public void Reads_a_text_message()
    {
        InboundMessage message = Message("sms-text");

        Assert.Equal("SM00000000000000000000000000000001", message.ProviderId);
        Assert.Equal([new ContactIdentity(ChannelType.Sms, "+15550001111")], message.From.Identities);
        Assert.Null(message.From.Name);
        Assert.Equal((MessageKind.Text, "Is my order ready?"), (message.Content.Kind, message.Content.Text));
        Assert.Empty(message.Content.Attachments);
        Assert.Equal(OptOutKeyword.None, message.OptOut);
    }

    [Fact]
    public void Reads_a_WhatsApp_text_with_all_its_characters()
    {
        InboundMessage message = Message("whatsapp-text");

        Assert.Equal([new ContactIdentity(ChannelType.WhatsApp, "+15550001111")], message.From.Identities);
        Assert.Equal("Zoë", message.From.Name);
        Assert.Equal("Olá & adiós 😀", message.Content.Text);
        Assert.Null(message.Content.Referral); // ReferralNumMedia alone is no referral
    }

    [Fact]
    public void Answers_with_TwiML_that_says_nothing_to_the_customer()
    {
        WebhookReply reply = Parse("sms-text").Reply;

        Assert.Equal((200, "text/xml; charset=utf-8"), (reply.Status, reply.ContentType));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>", reply.Body);
    }

    [Fact]
    public void Strips_NUL_characters() => Assert.Equal("ab", Message("sms-nul-characters").Content.Text);

    [Theory]
    [InlineData("whatsapp-image", MessageKind.Image, "image/jpeg", "Look at this")]
    [InlineData("whatsapp-voice", MessageKind.Voice, "audio/ogg", null)]
    [InlineData("whatsapp-sticker", MessageKind.Image, "image/webp", null)]
    [InlineData("whatsapp-document", MessageKind.Document, "application/pdf", "invoice.pdf")]
    [InlineData("whatsapp-contacts", MessageKind.Contacts, "text/vcard", null)]
    public void Reads_a_file(string fixture, MessageKind kind, string contentType, string? text)
    {
        InboundMessage message = Message(fixture);

        Attachment file = Assert.Single(message.Content.Attachments);
        Assert.Equal((kind, text), (message.Content.Kind, message.Content.Text));
        Assert.Equal((contentType, AttachmentState.Pending), (file.ContentType, file.State));
        Assert.StartsWith("https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/MM", file.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_out_the_layout_of_an_MMS()
    {
        InboundMessage message = Message("mms-with-smil");

        Assert.Equal(MessageKind.Image, message.Content.Kind);
        Assert.Equal(["image/jpeg", "image/gif"], message.Content.Attachments.Select(a => a.ContentType));
        Assert.Equal(2, message.Content.Attachments.Select(a => a.Id).Distinct().Count());
        Assert.Null(message.Content.Text);
    }

    [Fact]
    public void Reads_a_location_whatever_the_machines_language()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = WithDecimalComma();

            MessageContent content = Message("whatsapp-location").Content;

            Assert.Equal(MessageKind.Location, content.Kind);
            Assert.Equal(new Location(-33.8567844, 151.2152967, "Opera House", "Bennelong Point, Sydney NSW 2000"), content.Location);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    private static System.Globalization.CultureInfo WithDecimalComma()
    {
        var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        return culture;
    }

    [Fact]
    public void Reads_what_the_customer_chose()
    {
        Assert.Equal(new Interaction("confirm-17", "Yes, please"), Message("whatsapp-button").Content.Interaction);
        Assert.Equal(new Interaction("slot-2", "Tomorrow", "10:00 to 11:00"), Message("whatsapp-list").Content.Interaction);
        Assert.Equal("{\"screen\":\"DONE\"}", Message("whatsapp-flow").Content.Interaction?.Description);
        Assert.All(
            new[] { "whatsapp-button", "whatsapp-list", "whatsapp-flow" }, fixture => Assert.Equal(MessageKind.Interactive, Message(fixture).Content.Kind));
        Assert.Equal("Yes, please", Message("whatsapp-button").Content.Text);
    }

    [Fact]
    public void Reads_the_advertisement_that_brought_the_customer() =>
        Assert.Equal(
            new Referral("ad", "120330000000000001", "https://fb.me/2abc", "Summer sale", "Everything must go", "ARAkLkA8rmlFeiCktEJQ"),
            Message("whatsapp-referral").Content.Referral);

    [Fact]
    public void Reads_which_message_is_answered()
    {
        Assert.Equal("SM00000000000000000000000000000063", Message("whatsapp-reply").ReplyToProviderId);
        Assert.Null(Message("whatsapp-text").ReplyToProviderId);
    }

    [Fact]
    public void Knows_a_customer_by_number_and_by_business_scoped_id() =>
        Assert.Equal(
            [new ContactIdentity(ChannelType.WhatsApp, "+15550001111"), new ContactIdentity(ChannelType.WhatsApp, "US.4566546130240823")],
            Message("whatsapp-number-and-user-id").From.Identities);

    [Fact]
    public void Needs_no_number()
    {
        InboundSender sender = Message("whatsapp-hidden-number").From;

        Assert.Equal([new ContactIdentity(ChannelType.WhatsApp, "IN.2081978709342942")], sender.Identities);
        Assert.Null(sender.Identities[0].Number);
        Assert.Equal("ravi", sender.Name); // the profile's name is sent, but empty
    }

    [Fact]
    public void Takes_a_short_code_as_a_sender() => Assert.Equal("72975", Message("sms-short-code").From.Identities[0].Address);

    [Theory]
    [InlineData("sms-stop-advanced", OptOutKeyword.Stop)]
    [InlineData("sms-start-advanced", OptOutKeyword.Start)]
    [InlineData("sms-help-advanced", OptOutKeyword.Help)]
    [InlineData("sms-stop-plain", OptOutKeyword.Stop)]
    [InlineData("sms-stop-in-a-sentence", OptOutKeyword.None)]
    [InlineData("whatsapp-stop", OptOutKeyword.None)]
    public void Reads_an_opt_out_where_there_is_one(string fixture, OptOutKeyword keyword) => Assert.Equal(keyword, Message(fixture).OptOut);

    [Fact]
    public void Keeps_a_kind_it_has_no_words_for()
    {
        MessageContent content = Message("whatsapp-unknown-kind").Content;

        Assert.Equal((MessageKind.Unsupported, "reaction"), (content.Kind, content.Raw));
    }

    [Fact]
    public void Is_not_disturbed_by_parameters_it_does_not_know() => Assert.Equal("Hello", Message("unknown-parameters").Content.Text);

    [Fact]
    public void Reads_the_old_names_of_the_SID() => Assert.Equal("SM00000000000000000000000000000022", Message("old-sid-names").ProviderId);

    [Theory]
    [InlineData("no-sid", "MessageSid")]
    [InlineData("no-from", "From")]
    public void Does_not_understand_what_lacks_the_essential(string fixture, string field)
    {
        ParsedWebhook parsed = Parse(fixture);

        Assert.Contains(field, parsed.Malformed, StringComparison.Ordinal);
        Assert.Empty(parsed.Events);
    }

    [Theory]
    [InlineData("NumMedia=1", "NumMedia=999999999999")]
    [InlineData("NumMedia=1", "NumMedia=-1")]
    [InlineData("NumMedia=1", "NumMedia=one")]
    [InlineData("NumMedia=1", "NumMedia=5000000")]
    public void Survives_a_nonsensical_number_of_files(string now, string then)
    {
        string body = Body("whatsapp-image").Replace(now, then, StringComparison.Ordinal);

        Assert.Single(global::LiveDesk.Functions.Providers.Twilio.TwilioWebhookParser.Parse(ChannelType.WhatsApp, Request(body)).Events);
    }
}
