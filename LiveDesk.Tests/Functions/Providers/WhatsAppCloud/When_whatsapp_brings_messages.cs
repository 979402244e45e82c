using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.WhatsAppCloud;

public sealed class When_whatsapp_brings_messages
{
    [Fact]
    public void Reads_every_message_of_every_change_and_entry()
    {
        ParsedWebhook parsed = ParseWhatsApp(Fixture("WhatsAppCloud/batch.json"));

        InboundMessage[] messages = [.. parsed.Events.OfType<InboundMessage>()];
        Assert.Equal(
            ["wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQ=", "wamid.AAA1", "wamid.AAA2", "wamid.AAA3", "wamid.AAA4", "wamid.AAA5", "wamid.BBB1"],
            messages.Select(m => m.ProviderId));
        Assert.Equal("wamid.OUT1", Assert.Single(parsed.Events.OfType<InboundReceipt>()).ProviderId);
        Assert.Equal(["other_number"], parsed.Unknown);
        Assert.All(messages[..6], m => Assert.Equal(("Sheena Nelson", "+16505551234"), (m.From.Name, m.From.Identities.Single().Address)));
        Assert.Equal("Zoë", messages[6].From.Name);
    }

    [Fact]
    public void Reads_text_files_voice_buttons_reactions_and_what_it_does_not_know()
    {
        InboundMessage[] messages = [.. ParseWhatsApp(Fixture("WhatsAppCloud/batch.json")).Events.OfType<InboundMessage>()];

        Assert.Equal("Does it come in another color?", messages[0].Content.Text);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1749416383), messages[0].OccurredAt);
        Attachment file = Assert.Single(messages[1].Content.Attachments);
        Assert.Equal((MessageKind.Document, "My résumé"), (messages[1].Content.Kind, messages[1].Content.Text));
        Assert.Equal(("media:1003383421387256", "application/pdf", "Currículum café.pdf", AttachmentState.Pending), (file.Source, file.ContentType, file.FileName, file.State));
        Assert.Equal(MessageKind.Voice, messages[2].Content.Kind);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1780000002), messages[2].OccurredAt);
        Assert.Equal((new Interaction("YES", "Yes please"), "wamid.OUT1", "Yes please"), (messages[3].Content.Interaction, messages[3].ReplyToProviderId, messages[3].Content.Text));
        Assert.Equal((MessageKind.Reaction, "👍", "wamid.OUT1"), (messages[4].Content.Kind, messages[4].Content.Text, messages[4].ReplyToProviderId));
        Assert.Equal(MessageKind.Unsupported, messages[5].Content.Kind);
        Assert.Contains("131051", messages[5].Content.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"wa_id":"16505551234","user_id":"US.13491208655302741918","profile":{"name":"Ann"}}""", """ "from":"16505551234","from_user_id":"US.13491208655302741918" """, "+16505551234,US.13491208655302741918")]
    [InlineData("""{"wa_id":"16505551234","user_id":"US.13491208655302741918","profile":{"name":"Ann"}}""", """ "from":"16505551234" """, "+16505551234,US.13491208655302741918")]
    [InlineData("""{"user_id":"IN.2081978709342942","profile":{"username":"Ann"}}""", """ "from_user_id":"IN.2081978709342942","from_parent_user_id":"IN.ENT.9081726354" """, "IN.2081978709342942")]
    [InlineData("""{"user_id":"IN.2081978709342942","profile":{"name":"","username":"Ann"}}""", """ "x":1 """, "IN.2081978709342942")]
    [InlineData("""{"wa_id":"551198765432","profile":{"name":"Ann"}}""", """ "from":"5511998765432" """, "+5511998765432")]
    public void Knows_customers_by_number_by_user_id_or_by_both(string contact, string from, string addresses)
    {
        string others = from.Contains("from", StringComparison.Ordinal) ? """{"profile":{"name":"Somebody else"},"wa_id":"4915112345678"},""" : "";
        ParsedWebhook parsed = ParseWhatsApp(Value($$"""
            "contacts":[{{others}}{{contact}}],"messages":[{"id":"wamid.X","timestamp":"1","type":"text","text":{"body":"Hi"},{{from}}}]
            """));

        InboundSender sender = Assert.IsType<InboundMessage>(Assert.Single(parsed.Events)).From;
        Assert.Equal(addresses.Split(','), sender.Identities.Select(i => i.Address));
        Assert.Equal("Ann", sender.Name);
    }

    [Fact]
    public void Counts_a_message_of_nobody() =>
        Assert.Equal(["message:text"], ParseWhatsApp(Value(""" "messages":[{"id":"wamid.X","timestamp":"1","type":"text","text":{"body":"Hi"}}] """)).Unknown);

    [Fact]
    public void Needs_neither_contacts_nor_a_name()
    {
        InboundMessage message = OneOf(ParseWhatsApp(Value("""
            "messages":[{"from":"16505551234","id":"wamid.X","timestamp":"x","type":"text","text":{"body":"Hi"}}]
            """)));

        Assert.Null(message.From.Name);
        Assert.Null(message.OccurredAt);
    }

    [Theory]
    [InlineData("""{"longitude":-122.148,"latitude":37.485,"name":"HQ","address":"1 Hacker Way"}""", 37.485, "HQ")]
    [InlineData("""{"longitude":2,"latitude":-0.5}""", -0.5, null)]
    public void Reads_a_location(string location, double latitude, string? name)
    {
        MessageContent content = OneOf(ParseWhatsAppMessage($""" "type":"location","location":{location} """)).Content;

        Assert.Equal((MessageKind.Location, latitude, name), (content.Kind, content.Location!.Latitude, content.Location.Name));
    }

    [Theory]
    [InlineData("""{"type":"list_reply","list_reply":{"id":"row1","title":"Tomorrow","description":"9 to 12"}}""", "row1", "Tomorrow", "9 to 12")]
    [InlineData("""{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"size\":\"L\"}"}}""", "flow", "Sent", "{\"size\":\"L\"}")]
    [InlineData("""{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent"}}""", "flow", "Sent", null)]
    [InlineData("""{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}""", "call_permission_reply", "accept", null)]
    public void Reads_what_was_chosen(string interactive, string? id, string? title, string? description)
    {
        MessageContent content = OneOf(ParseWhatsAppMessage($""" "type":"interactive","interactive":{interactive} """)).Content;

        Assert.Equal((MessageKind.Interactive, new Interaction(id, title, description)), (content.Kind, content.Interaction));
    }

    [Fact]
    public void Reads_the_button_of_a_template()
    {
        InboundMessage message = OneOf(ParseWhatsAppMessage("""
            "type":"button","context":{"from":"15550783881","id":"wamid.TEMPLATE"},"button":{"text":"Stop","payload":"STOP_1"}
            """));

        Assert.Equal((new Interaction("STOP_1", "Stop"), "wamid.TEMPLATE"), (message.Content.Interaction, message.ReplyToProviderId));
    }

    [Theory]
    [InlineData("""{"forwarded":true}""")]
    [InlineData("""{"frequently_forwarded":true}""")]
    public void Takes_what_was_forwarded_for_no_reply(string context) =>
        Assert.Null(OneOf(ParseWhatsAppMessage($""" "type":"text","text":"x","context":{context} """)).ReplyToProviderId);

    [Theory]
    [InlineData("""{"message_id":"wamid.OUT1"}""")]
    [InlineData("""{"message_id":"wamid.OUT1","emoji":""}""")]
    public void Reads_a_reaction_that_was_taken_back(string reaction)
    {
        InboundMessage message = OneOf(ParseWhatsAppMessage($""" "type":"reaction","reaction":{reaction} """));

        Assert.Equal((MessageKind.Reaction, null, "wamid.OUT1"), (message.Content.Kind, message.Content.Text, message.ReplyToProviderId));
    }

    [Fact]
    public void Reads_several_contact_cards()
    {
        MessageContent content = OneOf(ParseWhatsAppMessage("""
            "type":"contacts","contacts":[
              {"name":{"formatted_name":"Bo Li"},"phones":[{"phone":"+1 555 0100","type":"CELL"}],"emails":[{"email":"bo@example.com"}],"org":{"company":"Li Ltd"}},
              {"name":{"first_name":"Cy"}}]
            """)).Content;

        Assert.Equal((MessageKind.Contacts, "Bo Li, Li Ltd, +1 555 0100, bo@example.com\nCy"), (content.Kind, content.Text));
    }

    [Fact]
    public void Reads_the_advertisement_that_brought_the_customer()
    {
        Referral referral = OneOf(ParseWhatsAppMessage("""
            "type":"text","text":{"body":"Hi"},"referral":{"source_url":"https://fb.me/x","source_id":"120","source_type":"ad","headline":"Sale","body":"Half price","media_type":"image","ctwa_clid":"Aff"}
            """)).Content.Referral!;

        Assert.Equal(new Referral("ad", "120", "https://fb.me/x", "Sale", "Half price", "Aff"), referral);
    }

    [Theory]
    [InlineData(""" "type":"order","order":{"catalog_id":"1","text":"Two please","product_items":[]} """, "Two please")]
    [InlineData(""" "type":"ephemeral" """, null)]
    [InlineData(""" "type":"text","text":{} """, null)]
    [InlineData(""" "type":"interactive","interactive":{"type":"new_reply","new_reply":{"id":"x"}} """, null)]
    [InlineData(""" "type":"location","location":{"name":"nowhere"} """, null)]
    public void Keeps_what_it_cannot_show(string members, string? text)
    {
        MessageContent content = OneOf(ParseWhatsAppMessage(members)).Content;

        Assert.Equal((MessageKind.Unsupported, text), (content.Kind, content.Text));
        Assert.Contains("wamid.X", content.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sticker", """{"id":"5","mime_type":"image/webp","animated":false}""", MessageKind.Image, "image/webp")]
    [InlineData("image", """{"id":"5"}""", MessageKind.Image, "image/jpeg")]
    [InlineData("video", """{"id":"5","mime_type":"video/mp4"}""", MessageKind.Video, "video/mp4")]
    [InlineData("audio", """{"id":"5","mime_type":"audio/mpeg","voice":false}""", MessageKind.Audio, "audio/mpeg")]
    public void Reads_each_kind_of_file(string type, string file, MessageKind kind, string contentType)
    {
        MessageContent content = OneOf(ParseWhatsAppMessage($""" "type":"{type}","{type}":{file} """)).Content;

        Attachment attachment = Assert.Single(content.Attachments);
        Assert.Equal((kind, contentType, "media:5"), (content.Kind, attachment.ContentType, attachment.Source));
    }

    [Fact]
    public void Shows_a_file_that_whatsapp_could_not_take()
    {
        Attachment attachment = Assert.Single(OneOf(ParseWhatsAppMessage("""
            "type":"image","image":{},"errors":[{"code":131052,"title":"Media download error","error_data":{"details":"gone"}}]
            """)).Content.Attachments);

        Assert.Equal((AttachmentState.Failed, "WhatsApp could not take the file: gone"), (attachment.State, attachment.Failure));
    }

    [Fact]
    public void Keeps_a_text_whose_emoji_was_cut_in_two() =>
        Assert.Equal("ok \ufffd!", OneOf(ParseWhatsAppMessage(""" "type":"text","text":{"body":"ok \ud83d!"} """)).Content.Text);

    [Fact]
    public void Hears_of_a_new_number_and_a_new_user_id()
    {
        ParsedWebhook parsed = ParseWhatsApp(Value("""
            "messages":[
             {"from":"16505551234","id":"wamid.S1","timestamp":"1","type":"system","system":{"type":"user_changed_number","body":"changed","wa_id":"16505550000"}},
             {"id":"wamid.S2","timestamp":"2","type":"system","system":{"type":"user_changed_user_id","previous_user_id":"US.1","user_id":"US.2"}},
             {"from":"16505551234","id":"wamid.S3","timestamp":"3","type":"system","system":{"type":"something"}}]
            """));

        Assert.Equal([["+16505550000", "+16505551234"], ["US.2", "US.1"]],
            parsed.Events.Cast<InboundAddresses>().Select(a => a.From.Identities.Select(i => i.Address).ToArray()));
        Assert.Equal(["system:something"], parsed.Unknown);
    }

    [Fact]
    public void Welcomes_who_opened_the_chat_and_passes_over_groups()
    {
        ParsedWebhook parsed = ParseWhatsApp(Value("""
            "messages":[{"from":"16505551234","id":"wamid.W","timestamp":"1","type":"request_welcome"},
                        {"from":"16505551234","id":"wamid.G","timestamp":"1","type":"text","text":{"body":"x"},"group_id":"g"}]
            """));

        Assert.Equal("wamid.W", Assert.IsType<InboundWelcome>(Assert.Single(parsed.Events)).ProviderId);
        Assert.Equal(["group"], parsed.Unknown);
    }

    [Fact]
    public void Takes_what_was_written_on_the_phone_for_our_own()
    {
        InboundEcho echo = Assert.IsType<InboundEcho>(Assert.Single(ParseWhatsApp(Value("""
            "message_echoes":[{"from":"15550783881","to":"16505551234","to_user_id":"US.1","id":"wamid.E","timestamp":"1780000001","type":"text","text":{"body":"From my phone"}}]
            """, "smb_message_echoes")).Events));

        Assert.Equal(["+16505551234", "US.1"], echo.To.Identities.Select(i => i.Address));
        Assert.Equal(("wamid.E", "From my phone"), (echo.ProviderId, echo.Content.Text));
    }

    private static InboundMessage OneOf(ParsedWebhook parsed) => Assert.IsType<InboundMessage>(Assert.Single(parsed.Events));
}
