using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.WhatsAppCloud;

/// <summary>Payloads as the documentation and other desks show them, which differ in what is there.</summary>
public sealed class When_whatsapp_leaves_something_out
{
    private const string Message = """{"from":"2423423243","id":"wamid.A","timestamp":"1664799904","type":"text","text":{"body":"Hi"}}""";

    [Theory]
    [InlineData("""{"changes":[{"value":{"messages":[$]}}]}""", true)]
    [InlineData("""{"changes":[{"field":"messages","value":{"messages":[$]}}]}""", true)]
    [InlineData("""{"id":"102290129340398","changes":[{"value":{"messages":[$]}}]}""", true)]
    [InlineData("""{"id":"102290129340398","changes":[{"value":{"metadata":{"phone_number_id":106540352242922},"messages":[$]}}]}""", true)]
    [InlineData("""{"id":"999","changes":[{"value":{"metadata":{"phone_number_id":"106540352242922"},"messages":[$]}}]}""", true)]
    [InlineData("""{"id":"999","changes":[{"value":{"messages":[$]}}]}""", false)]
    [InlineData("""{"id":"102290129340398","changes":[{"value":{"metadata":{"phone_number_id":"999","display_phone_number":"15550783881"},"messages":[$]}}]}""", false)]
    public void Finds_out_all_the_same_for_whom_it_is(string entry, bool ours)
    {
        ParsedWebhook parsed = Entries(entry.Replace("$", Message, StringComparison.Ordinal));

        Assert.Equal(ours ? 1 : 0, parsed.Events.Count);
        Assert.Equal(ours ? [] : ["other_number"], parsed.Unknown);
    }

    [Theory]
    [InlineData(""" "location":{"latitude":37.44,"longitude":-122.16,"name":"Main Street Beach"} """, MessageKind.Location)]
    [InlineData(""" "contacts":[{"name":{"formatted_name":"Bo Li"}}] """, MessageKind.Contacts)]
    [InlineData(""" "text":{"body":"Hi"} """, MessageKind.Text)]
    [InlineData(""" "button":{"text":"No","payload":"No-Button-Payload"} """, MessageKind.Interactive)]
    [InlineData(""" "type":"voice","voice":{"id":"id_voice","mime_type":"audio/ogg; codecs=opus"} """, MessageKind.Voice)]
    [InlineData(""" "type":"interactive","interactive":{"list_reply":{"id":"r1","title":"Yes"},"type":"list_reply"} """, MessageKind.Interactive)]
    [InlineData(""" "type":"interactive" """, MessageKind.Unsupported)]
    [InlineData(""" "type":"unsupported","errors":[{"code":131051,"details":"Message type is not currently supported","title":"Unsupported message type"}],"unsupported":{"type":"poll"} """, MessageKind.Unsupported)]
    public void Tells_the_kind_by_the_member_where_the_type_is_not_written(string members, MessageKind kind) =>
        Assert.Equal(kind, Assert.IsType<InboundMessage>(Assert.Single(ParseWhatsAppMessage(members).Events)).Content.Kind);

    [Fact]
    public void Keeps_what_comes_without_an_id_and_knows_it_again()
    {
        string body = Value(""" "messages":[{"from":"2423423243","timestamp":"1","type":"image","image":{"id":"5","caption":"Look"}}] """);

        InboundMessage first = Assert.IsType<InboundMessage>(Assert.Single(ParseWhatsApp(body).Events));
        InboundMessage again = Assert.IsType<InboundMessage>(Assert.Single(ParseWhatsApp(body).Events));
        InboundMessage other = Assert.IsType<InboundMessage>(Assert.Single(ParseWhatsApp(body.Replace("Look", "There", StringComparison.Ordinal)).Events));

        Assert.Equal(first.ProviderId, again.ProviderId);
        Assert.NotEqual(first.ProviderId, other.ProviderId);
        Assert.Equal("Look", first.Content.Text);
    }

    [Theory]
    [InlineData(""" "type":"reaction","reaction":{"emoji":"👍"} """)]
    [InlineData(""" "type":"request_welcome" """)]
    [InlineData(""" "x":1 """)]
    public void Makes_nothing_of_what_says_nothing_by_itself(string members)
    {
        ParsedWebhook parsed = ParseWhatsApp(Value($$""" "messages":[{"from":"2423423243","timestamp":"1",{{members}}}] """));

        Assert.Empty(parsed.Events);
        Assert.Single(parsed.Unknown);
    }

    [Theory]
    [InlineData(""" "from":"16505550001","system":{"type":"user_changed_number","body":"x","wa_id":"16505550002"} """, "+16505550002,+16505550001")]
    [InlineData(""" "from":"16505550001","system":{"type":"user_changed_number","body":"x","new_wa_id":"16505550002"} """, "+16505550002,+16505550001")]
    [InlineData(""" "system":{"type":"customer_changed_number","customer":"16505550001","wa_id":"16505550002"} """, "+16505550002,+16505550001")]
    [InlineData(""" "system":{"type":"user_changed_number","previous_user_id":"IN.1","user_id":"IN.2","wa_id":"16505550002"} """, "+16505550002,IN.2,IN.1")]
    [InlineData(""" "system":{"type":"user_changed_user_id","previous_user_id":"IN.1","user_id":"IN.2","parent_user_id":"IN.ENT.2"} """, "IN.2,IN.1")]
    public void Hears_of_a_new_address_whichever_way_it_is_told(string members, string addresses)
    {
        ParsedWebhook parsed = ParseWhatsApp(Value($$""" "messages":[{"id":"wamid.S","timestamp":"1","type":"system",{{members}}}] """));

        Assert.Equal(addresses.Split(','), Assert.IsType<InboundAddresses>(Assert.Single(parsed.Events)).From.Identities.Select(i => i.Address));
    }

    [Theory]
    [InlineData(""" "from":"16505550001","identity":{"acknowledged":true},"system":{"type":"customer_identity_changed","body":"x"} """)]
    [InlineData(""" "from":"16505550001","system":{"type":"user_changed_number","wa_id":"16505550001"} """)]
    [InlineData(""" "system":{"type":"user_changed_number","wa_id":"16505550001"} """)]
    public void Is_not_told_of_a_new_address_by_other_news(string members) =>
        Assert.Empty(ParseWhatsApp(Value($$""" "messages":[{"id":"wamid.S","timestamp":"1","type":"system",{{members}}}] """)).Events);

    [Fact]
    public void Shows_a_new_wording_as_an_answer_to_the_old_one()
    {
        InboundMessage edit = Assert.IsType<InboundMessage>(Assert.Single(ParseWhatsAppMessage("""
            "type":"edit","edit":{"original_message_id":"wamid.OLD","message":{"context":{"id":"M0"},"type":"text","text":{"body":"I meant two"}}}
            """).Events));

        Assert.Equal((MessageKind.Text, "I meant two", "wamid.OLD"), (edit.Content.Kind, edit.Content.Text, edit.ReplyToProviderId));
    }

    [Fact]
    public void Leaves_what_was_taken_back()
    {
        Assert.Equal(["message:revoke"], ParseWhatsAppMessage(""" "type":"revoke","revoke":{"original_message_id":"wamid.OLD"} """).Unknown);
        Assert.Equal(["echo:revoke"], ParseWhatsApp(Value("""
            "message_echoes":[{"from":"15550783881","to":"16505551234","id":"wamid.E","timestamp":"1","type":"revoke","revoke":{"original_message_id":"wamid.OLD"}}]
            """, "smb_message_echoes")).Unknown);
    }

    [Fact]
    public void Takes_what_was_written_anew_on_the_phone_for_our_own() => Assert.Equal("Better so", Assert.IsType<InboundEcho>(Assert.Single(ParseWhatsApp(Value("""
        "message_echoes":[{"from":"15550783881","to":"16505551234","id":"wamid.E","timestamp":"1","type":"edit","edit":{"original_message_id":"wamid.OLD","message":{"type":"text","text":{"body":"Better so"}}}}]
        """, "smb_message_echoes")).Events)).Content.Text);

    [Theory]
    [InlineData("played", DeliveryStatus.Read)]
    [InlineData("read", DeliveryStatus.Read)]
    public void Counts_a_voice_message_that_was_played_as_read(string word, DeliveryStatus expected) => Assert.Equal(expected, Assert.IsType<InboundReceipt>(
        Assert.Single(ParseWhatsApp(Value($$""" "statuses":[{"id":"wamid.1","recipient_id":"972987654321","status":"{{word}}"}] """)).Events)).Status);

    [Theory]
    [InlineData("deleted")]
    [InlineData("warning")]
    [InlineData("in_orbit")]
    public void Changes_nothing_for_a_status_it_does_not_know(string word)
    {
        ParsedWebhook parsed = ParseWhatsApp(Value($$""" "statuses":[{"id":"wamid.1","recipient_id":"972987654321","status":"{{word}}","timestamp":"1"}] """));

        Assert.Empty(parsed.Events);
        Assert.Equal([$"status:{word}"], parsed.Unknown);
    }

    [Fact]
    public void Reads_a_body_with_a_mark_before_it_and_a_broken_character_in_it()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Value($""" "messages":[{Message.Replace("Hi", "caf~", StringComparison.Ordinal)}] """))];
        body[Array.IndexOf(body, (byte)'~')] = 0xE9; // é in Latin-1
        using var http = new LiveDesk.Functions.Providers.ProviderHttp();

        ParsedWebhook parsed = NewWhatsApp(http).Parse(WhatsApp, Post("") with { Body = body }, Now);

        Assert.Equal("caf\ufffd", Assert.IsType<InboundMessage>(Assert.Single(parsed.Events)).Content.Text);
    }

    private static ParsedWebhook Entries(string entry) => ParseWhatsApp($$"""{"object":"whatsapp_business_account","entry":[{{entry}}]}""");
}
