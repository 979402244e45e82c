using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.Messenger;

public sealed class When_messenger_brings_events
{
    private const string Customer = "3383290475046708";

    [Fact]
    public void Reads_every_item_of_every_entry_of_the_page()
    {
        ParsedWebhook parsed = ParsePage(Fixture("Messenger/batch.json"));

        InboundMessage[] messages = [.. parsed.Events.Cast<InboundMessage>()];
        Assert.Equal(["m_KXGKDUpO6xbVdAmZFBVpzU1AhKVJdAIUnUH4cwkvb_K3iZsWhowDRyJ_Dcow", "m_files", "m_quick", "m_place"], messages.Select(m => m.ProviderId));
        Assert.Equal(["other_page", "standby", "field:feed"], parsed.Unknown);
        Assert.All(messages, m => Assert.Equal(new ContactIdentity(ChannelType.Messenger, Customer, PageId), Assert.Single(m.From.Identities)));
        Assert.Equal("EVENT_RECEIVED", parsed.Reply.Body);
    }

    [Fact]
    public void Reads_text_files_quick_replies_and_places()
    {
        InboundMessage[] messages = [.. ParsePage(Fixture("Messenger/batch.json")).Events.Cast<InboundMessage>()];

        Assert.Equal(("facebook message", DateTimeOffset.FromUnixTimeMilliseconds(1750000000000)), (messages[0].Content.Text, messages[0].OccurredAt));
        Assert.Equal((MessageKind.Image, "m_ours"), (messages[1].Content.Kind, messages[1].ReplyToProviderId));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1750000001000), messages[1].OccurredAt);
        Assert.Equal(["https://scontent.xx.fbcdn.net/v/photo.jpg?oh=1", "https://cdn.fbsbx.com/v/offer%20caf%C3%A9.pdf?dl=1"], messages[1].Content.Attachments.Select(a => a.Source));
        Assert.Equal([null, "offer café.pdf"], messages[1].Content.Attachments.Select(a => a.FileName));
        Assert.Equal((MessageKind.Interactive, new Interaction("COLOR_RED", "Red"), "Red"), (messages[2].Content.Kind, messages[2].Content.Interaction, messages[2].Content.Text));
        Assert.Equal((MessageKind.Location, 41.3874, 2.1686), (messages[3].Content.Kind, messages[3].Content.Location!.Latitude, messages[3].Content.Location!.Longitude));
    }

    [Theory]
    [InlineData("""{"type":"audio","payload":{"url":"https://cdn.fbsbx.com/a"}}""", MessageKind.Audio, 1)]
    [InlineData("""{"type":"video","payload":{"url":"https://cdn.fbsbx.com/v"}}""", MessageKind.Video, 1)]
    [InlineData("""{"type":"ig_reel","payload":{"url":"https://cdn.fbsbx.com/v","title":"Reel"}}""", MessageKind.Video, 1)]
    [InlineData("""{"type":"image","payload":{"url":"https://cdn.fbsbx.com/s","sticker_id":369239263222822}}""", MessageKind.Image, 1)]
    [InlineData("""{"type":"image"}""", MessageKind.Image, 1)]
    [InlineData("""{"type":"fallback","title":"A page","url":"https://example.com"}""", MessageKind.Text, 0)]
    [InlineData("""{"type":"template","payload":{}}""", MessageKind.Unsupported, 0)]
    [InlineData("""{"type":"appointment_booking"}""", MessageKind.Unsupported, 0)]
    public void Reads_each_kind_of_attachment(string attachment, MessageKind kind, int files)
    {
        MessageContent content = OneOf(ParseItem($$""" "message":{"mid":"m_1","attachments":[{{attachment}}]} """)).Content;

        Assert.Equal((kind, files), (content.Kind, content.Attachments.Count));
    }

    [Fact]
    public void Puts_a_shared_link_into_words() => Assert.Equal("A page https://example.com", OneOf(ParseItem(
        """ "message":{"mid":"m_1","attachments":[{"type":"fallback","title":"A page","url":"https://example.com"}]} """)).Content.Text);

    [Theory]
    [InlineData(""" "message":{"mid":"m_1","is_unsupported":true} """)]
    [InlineData(""" "message":{"mid":"m_1"} """)]
    public void Keeps_what_it_cannot_show(string item) => Assert.Equal(MessageKind.Unsupported, OneOf(ParseItem(item)).Content.Kind);

    [Fact]
    public void Takes_get_started_for_an_arrival()
    {
        var plain = (InboundWelcome)ParseItem(""" "postback":{"title":"Get Started","payload":"GET_STARTED"} """).Events.Single();
        var again = (InboundWelcome)ParseItem(""" "postback":{"title":"Get Started","payload":"GET_STARTED"} """).Events.Single();
        var referred = (InboundWelcome)ParseItem("""
            "postback":{"mid":"m_5","title":"Empezar","payload":"BEGIN","referral":{"ref":"summer","source":"ADS","type":"OPEN_THREAD","ad_id":"77","ads_context_data":{"ad_title":"Sale"}}}
            """).Events.Single();

        Assert.Equal(plain.ProviderId, again.ProviderId);
        Assert.Contains(Customer, plain.ProviderId, StringComparison.Ordinal);
        Assert.Null(plain.Referral);
        Assert.Equal("m_5", referred.ProviderId);
        Assert.Equal(new Referral("ADS", "77", null, "Sale", null, "summer"), referred.Referral);
    }

    [Fact]
    public void Takes_a_link_into_the_thread_for_an_arrival()
    {
        var welcome = (InboundWelcome)ParseItem(""" "referral":{"ref":"flyer","source":"SHORTLINK","type":"OPEN_THREAD"} """).Events.Single();

        Assert.Equal(("SHORTLINK", "flyer"), (welcome.Referral!.SourceType, welcome.Referral.Payload));
    }

    [Fact]
    public void Takes_any_other_button_for_what_is_written_on_it()
    {
        InboundMessage message = OneOf(ParseItem(""" "postback":{"title":"My orders","payload":"ORDERS"} """));

        Assert.Equal(("My orders", new Interaction("ORDERS", "My orders")), (message.Content.Text, message.Content.Interaction));
        Assert.Equal($"postback:{Customer}:1750000000000:ORDERS", message.ProviderId);
    }

    [Fact]
    public void Tells_our_own_echo_from_a_colleagues()
    {
        ParsedWebhook parsed = ParsePage($$$"""
            {"object":"page","entry":[{"id":"{{{PageId}}}","time":1,"messaging":[
             {"sender":{"id":"{{{PageId}}}"},"recipient":{"id":"{{{Customer}}}"},"timestamp":1750000000000,"message":{"mid":"m_ours","is_echo":true,"app_id":1,"metadata":"{{{OurMessage}}}","text":"Hello"}},
             {"sender":{"id":"{{{PageId}}}"},"recipient":{"id":"{{{Customer}}}"},"timestamp":1750000001000,"message":{"mid":"m_theirs","is_echo":true,"app_id":2,"text":"From the page's inbox"}}]}]}
            """);

        var ours = (InboundReceipt)parsed.Events[0];
        var theirs = (InboundEcho)parsed.Events[1];
        Assert.Equal((DeliveryStatus.Sent, "m_ours", OurMessage), (ours.Status, ours.ProviderId, ours.MessageId));
        Assert.Equal(("m_theirs", Customer, "From the page's inbox"), (theirs.ProviderId, theirs.To.Identities.Single().Address, theirs.Content.Text));
    }

    [Fact]
    public void Reads_deliveries_by_id_and_by_watermark()
    {
        ParsedWebhook parsed = ParseItem(""" "delivery":{"mids":["m_1","m_2"],"watermark":"1750000000900"} """);

        Assert.Equal(["m_1", "m_2"], parsed.Events.OfType<InboundReceipt>().Select(r => r.ProviderId));
        Assert.All(parsed.Events.OfType<InboundReceipt>(), r => Assert.Equal(Customer, r.Recipient!.Identities.Single().Address));
        InboundWatermark mark = Assert.Single(parsed.Events.OfType<InboundWatermark>());
        Assert.Equal((DeliveryStatus.Delivered, DateTimeOffset.FromUnixTimeMilliseconds(1750000000900)), (mark.Status, mark.OccurredAt));
    }

    [Fact]
    public void Reads_what_has_been_read()
    {
        var mark = Assert.IsType<InboundWatermark>(Assert.Single(ParseItem(""" "read":{"watermark":1750000000900} """).Events));

        Assert.Equal((DeliveryStatus.Read, DateTimeOffset.FromUnixTimeMilliseconds(1750000000900)), (mark.Status, mark.OccurredAt));
    }

    [Theory]
    [InlineData("react", "❤")]
    [InlineData("unreact", null)]
    public void Reads_reactions(string action, string? text)
    {
        InboundMessage message = OneOf(ParseItem($$""" "reaction":{"mid":"m_1","action":"{{action}}","reaction":"love","emoji":"\u2764"} """));

        Assert.Equal((MessageKind.Reaction, text, "m_1"), (message.Content.Kind, message.Content.Text, message.ReplyToProviderId));
    }

    [Fact]
    public void Shows_the_new_wording_of_an_edited_message()
    {
        InboundMessage message = OneOf(ParseItem(""" "message_edit":{"mid":"m_1","text":"five, not four","num_edit":2} """));

        Assert.Equal(("edit:m_1:2", "m_1", "five, not four"), (message.ProviderId, message.ReplyToProviderId, message.Content.Text));
    }

    [Theory]
    [InlineData(""" "optin":{"ref":"x"} """, "optin")]
    [InlineData(""" "pass_thread_control":{"new_owner_app_id":"1"} """, "pass_thread_control")]
    [InlineData(""" "account_linking":{} """, "account_linking")]
    [InlineData(""" "message":{"mid":"m_1","is_deleted":true} """, "message")]
    [InlineData(""" "delivery":{} """, "delivery")]
    public void Counts_what_the_desk_has_no_use_for(string item, string kind)
    {
        ParsedWebhook parsed = ParseItem(item);

        Assert.Empty(parsed.Events);
        Assert.Equal([kind], parsed.Unknown);
    }

    [Fact]
    public void Counts_a_customer_without_an_id() => Assert.Equal(["nobody:message"], ParsePage($$$"""
        {"object":"page","entry":[{"id":"{{{PageId}}}","messaging":[{"sender":{"user_ref":"u"},"recipient":{"id":"{{{PageId}}}"},"message":{"mid":"m_1","text":"x"}}]}]}
        """).Unknown);

    [Theory]
    [InlineData("get_started", "Empezar")]
    [InlineData("GET_STARTED_PAYLOAD", "Começar")]
    [InlineData("Get Started", "Los geht's")]
    [InlineData("anything", "Get Started")]
    public void Knows_the_tap_on_get_started_by_its_payload_or_title(string payload, string title) =>
        Assert.IsType<InboundWelcome>(Assert.Single(ParseItem($$""" "postback":{"title":"{{title}}","payload":"{{payload}}"} """).Events));

    [Theory]
    [InlineData("1701599111", 1701599111000)]
    [InlineData("\"1701599111\"", 1701599111000)]
    [InlineData("1701599111999", 1701599111999)]
    [InlineData("\"1701599111999\"", 1701599111999)]
    public void Reads_times_in_seconds_and_in_milliseconds(string timestamp, long milliseconds)
    {
        InboundEvent read = Assert.Single(ParsePage($$$"""
            {"object":"page","entry":[{"id":{{{PageId}}},"messaging":[{"sender":{"id":5678},"recipient":{"id":"{{{PageId}}}"},"timestamp":{{{timestamp}}},"message":{"mid":"m_1","text":"hi"}}]}]}
            """).Events);

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), read.OccurredAt);
    }

    [Theory]
    [InlineData(""" "message":{"mid":"m_1","attachments":[{"type":"ig_reel","payload":{"url":"/reel/123451234512345/","reel_video_id":123451234512345}}]} """, MessageKind.Video, null)]
    [InlineData(""" "message":{"mid":"m_1","attachments":[{"type":"fallback","payload":{"url":"My Documents/foo.doc","title":"Foo"}}]} """, MessageKind.Text, "Foo My Documents/foo.doc")]
    [InlineData(""" "message":{"mid":"m_1","attachments":[{"type":"location","title":"Ann's Location","payload":{"coordinates":{"lat":1.2,"long":-1.3}}}]} """, MessageKind.Location, null)]
    [InlineData(""" "message":{"mid":"m_1","attachments":[{"type":"image","payload":{"sticker_id":369239263222822,"url":"https://scontent.xx.fbcdn.net/v/t"}}],"sticker_id":369239263222822} """, MessageKind.Image, null)]
    [InlineData(""" "message":{"mid":"m_1","text":"two","attachments":[{"type":"image","payload":{"url":"https://scontent.xx.fbcdn.net/1"}},{"type":"image","payload":{"url":"https://scontent.xx.fbcdn.net/2"}}]} """, MessageKind.Image, "two")]
    public void Reads_what_other_systems_were_sent(string members, MessageKind kind, string? text)
    {
        MessageContent content = OneOf(ParseItem(members)).Content;

        Assert.Equal((kind, text), (content.Kind, content.Text));
    }

    [Theory]
    [InlineData("""{"object":"page","entry":[]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"117172741761305"}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"117172741761305","messaging":[{"sender":{"id":"5678"},"recipient":{"id":"117172741761305"},"timestamp":1}]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"117172741761305","messaging":[{"sender":{"id":"5678"},"recipient":{"id":"1235"},"message":{"mid":"x","text":"hi"}}]}]}""")]
    [InlineData("""{"object":"notpage","entry":[{}]}""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"117172741761305","messaging":[{"sender":{"id":"1"},"recipient":{"id":"117172741761305"},"message":{"mid":"x","text":"hi"}}]}]}""")]
    [InlineData("""{"object":"page","entry":{"id":"1"}}""")]
    [InlineData("""{"object":"page","entry":[{"id":"117172741761305","messaging":[{"sender":{"id":"5678"},"recipient":{"id":"117172741761305"},"timestamp":1,"optin":{"type":"notification_messages","payload":"3456","notification_messages_token":"1234"}}]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"117172741761305","messaging":[{"recipient":{"id":"117172741761305"},"sender":{"id":"5678"},"message":{"is_echo":true,"mid":"qT7ywaK"}}]}]}""")]
    public void Answers_what_is_not_for_the_desk_without_doing_anything(string body)
    {
        ParsedWebhook parsed = ParsePage(body);

        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Events);
    }

    private static InboundMessage OneOf(ParsedWebhook parsed) => Assert.IsType<InboundMessage>(Assert.Single(parsed.Events));
}
