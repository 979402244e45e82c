using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers;
using LiveDesk.Tests.Functions.Providers.Meta;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.WhatsAppCloud;

public sealed class When_whatsapp_is_asked_to_send
{
    private const string Taken = """{"messaging_product":"whatsapp","contacts":[{"input":"+16505551234","wa_id":"16505551234"}],"messages":[{"id":"wamid.HBgL","message_status":"accepted"}]}""";

    [Fact]
    public async Task Posts_text_with_our_id_the_token_and_its_proof()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        SendOutcome outcome = await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("Hola 👋")));

        Assert.Equal(new SendOutcome.Accepted("wamid.HBgL"), outcome);
        Assert.EndsWith(
            $"/v23.0/{PhoneNumberId}/messages?appsecret_proof=99a73f52c8e8b70c14e06474591e908752bc062acf1724e83fed9106c7117c4d", graph.Request.Url, StringComparison.Ordinal);
        Assert.Equal("Bearer EAAtesttoken", graph.Request.Headers["Authorization"]);
        AssertJson($$"""
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234","type":"text",
             "text":{"body":"Hola 👋","preview_url":false},"biz_opaque_callback_data":"{{OurMessage}}"}
            """, graph.Body);
    }

    [Fact]
    public async Task Quotes_and_writes_to_who_hides_the_number()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("See https://example.com"), Number("IN.2081978709342942"), "wamid.IN1"));

        Assert.Null(graph.Body["to"]);
        Assert.Equal("IN.2081978709342942", (string?)graph.Body["recipient"]);
        Assert.Equal("wamid.IN1", (string?)graph.Body["context"]!["message_id"]);
        Assert.True((bool)graph.Body["text"]!["preview_url"]!);
    }

    [Theory]
    [InlineData("image/png", MessageKind.Image, "Look", "image", """{"link":"https://files.example/f","caption":"Look"}""")]
    [InlineData("image/webp", MessageKind.Image, null, "sticker", """{"link":"https://files.example/f"}""")]
    [InlineData("video/mp4", MessageKind.Video, null, "video", """{"link":"https://files.example/f"}""")]
    [InlineData("audio/ogg; codecs=opus", MessageKind.Voice, null, "audio", """{"link":"https://files.example/f","voice":true}""")]
    [InlineData("audio/mpeg", MessageKind.Audio, null, "audio", """{"link":"https://files.example/f"}""")]
    [InlineData("application/pdf", MessageKind.Document, "Read", "document", """{"link":"https://files.example/f","caption":"Read","filename":"offer.pdf"}""")]
    [InlineData("audio/webm", MessageKind.Audio, null, "document", """{"link":"https://files.example/f","filename":"offer.pdf"}""")]
    public async Task Sends_each_file_as_its_kind(string contentType, MessageKind kind, string? text, string type, string expected)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        await graph.SendWhatsAppAsync(Outbound(
            WhatsApp, new MessageContent { Kind = kind, Text = text }, files: (contentType, "https://files.example/f", "offer.pdf")));

        Assert.Equal(type, (string?)graph.Body["type"]);
        AssertJson(expected, graph.Body[type]!);
    }

    [Fact]
    public async Task Fills_a_template_in_the_order_of_its_variables()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);
        var variables = new Dictionary<string, string> { ["10"] = "j", ["2"] = "b", ["1"] = "a" };

        await graph.SendWhatsAppAsync(Outbound(
            WhatsApp, new MessageContent { Kind = MessageKind.Template, Text = "preview", Template = new TemplateContent("order_ready", "en_US", variables) },
            files: ("image/jpeg", "https://files.example/head.jpg", null)));

        AssertJson("""
            {"name":"order_ready","language":{"code":"en_US"},"components":[
              {"type":"header","parameters":[{"type":"image","image":{"link":"https://files.example/head.jpg"}}]},
              {"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"text","text":"j"}]}]}
            """, graph.Body["template"]!);
    }

    [Fact]
    public async Task Names_named_variables_and_leaves_out_what_a_template_lacks()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);
        TemplateContent named = new("hello", "es", new Dictionary<string, string> { ["name"] = "Ann" });

        await graph.SendWhatsAppAsync(Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Template, Template = named }));
        await graph.SendWhatsAppAsync(Outbound(
            WhatsApp, new MessageContent { Kind = MessageKind.Template, Template = named with { Variables = new Dictionary<string, string>() } }));

        JsonNode[] templates = [.. graph.Requests.Select(r => JsonNode.Parse(r.Body)!["template"]!)];
        AssertJson("""{"name":"hello","language":{"code":"es"},"components":[{"type":"body","parameters":[{"type":"text","parameter_name":"name","text":"Ann"}]}]}""", templates[0]);
        AssertJson("""{"name":"hello","language":{"code":"es"}}""", templates[1]);
    }

    [Fact]
    public async Task Reacts_and_takes_reactions_back()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        await graph.SendWhatsAppAsync(Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Reaction, Text = "👍" }, replyTo: "wamid.IN1"));
        await graph.SendWhatsAppAsync(Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Reaction }, replyTo: "wamid.IN1"));

        JsonNode[] bodies = [.. graph.Requests.Select(r => JsonNode.Parse(r.Body)!)];
        AssertJson("""{"message_id":"wamid.IN1","emoji":"👍"}""", bodies[0]["reaction"]!);
        AssertJson("""{"message_id":"wamid.IN1","emoji":""}""", bodies[1]["reaction"]!);
        Assert.Null(bodies[0]["context"]);
    }

    [Fact]
    public async Task Refuses_without_a_call_what_whatsapp_would_not_take()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);
        (string, string, string?) file = ("image/png", "https://files.example/f", null), sound = ("audio/mpeg", "https://files.example/f", null);
        OutboundMessage[] wrong =
        [
            Outbound(WhatsApp, MessageContent.OfText("")),
            Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Image }, files: [file, file]),
            Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Image, Text = new string('x', 1_025) }, files: file),
            Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Audio, Text = "Listen" }, files: sound),
            Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Template, Template = new TemplateContent("t", null, new Dictionary<string, string>()) }),
            Outbound(WhatsApp, new MessageContent { Kind = MessageKind.Reaction, Text = "👍" }),
        ];

        foreach (OutboundMessage message in wrong) Assert.IsType<SendOutcome.Refused>(await graph.SendWhatsAppAsync(message));

        Assert.Empty(graph.Requests);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(80007)]
    [InlineData(130429)]
    [InlineData(131056)]
    public async Task Tries_again_later_when_it_is_throttled(int code)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(
            GraphServer.Error(code), 400, usage: """{"102290129340398":[{"type":"messaging","call_count":100,"estimated_time_to_regain_access":3}]}""");

        SendOutcome outcome = await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("Hi")));

        Assert.Equal(TimeSpan.FromMinutes(3), Assert.IsType<SendOutcome.NotTaken>(outcome).RetryAfter);
    }

    [Fact]
    public async Task Honours_retry_after_and_is_transient()
    {
        await using GraphServer limited = await GraphServer.AnsweringAsync("{}", 429, retryAfter: "7");
        await using GraphServer transient = await GraphServer.AnsweringAsync(GraphServer.Error(131009, transient: true), 400);
        await using GraphServer quality = await GraphServer.AnsweringAsync(GraphServer.Error(131048), 400);
        OutboundMessage message = Outbound(WhatsApp, MessageContent.OfText("Hi"));

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SendOutcome.NotTaken>(await limited.SendWhatsAppAsync(message)).RetryAfter);
        Assert.IsType<SendOutcome.NotTaken>(await transient.SendWhatsAppAsync(message));
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<SendOutcome.NotTaken>(await quality.SendWhatsAppAsync(message)).RetryAfter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(131000)]
    [InlineData(131016)]
    [InlineData(131057)]
    [InlineData(133004)]
    [InlineData(135000)]
    public async Task Calls_it_a_server_error_when_whatsapp_is_unwell(int code)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code), 500);

        Assert.IsType<SendOutcome.ServerError>(await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("Hi"))));
    }

    [Theory]
    [InlineData(0, "channel_failed", true)]
    [InlineData(3, "channel_failed", true)]
    [InlineData(10, "channel_failed", true)]
    [InlineData(190, "channel_failed", true)]
    [InlineData(200, "channel_failed", true)]
    [InlineData(299, "channel_failed", true)]
    [InlineData(368, "channel_failed", true)]
    [InlineData(131005, "channel_failed", true)]
    [InlineData(131031, "channel_failed", true)]
    [InlineData(131042, "channel_failed", true)]
    [InlineData(131045, "channel_failed", true)]
    [InlineData(133010, "channel_failed", true)]
    [InlineData(133016, "channel_failed", true)]
    [InlineData(33, "provider_refused", false)]
    [InlineData(100, "provider_refused", false)]
    [InlineData(130472, "blocked_by_recipient", false)]
    [InlineData(130497, "provider_refused", false)]
    [InlineData(131008, "provider_refused", false)]
    [InlineData(131009, "provider_refused", false)]
    [InlineData(131021, "invalid_recipient", false)]
    [InlineData(131026, "invalid_recipient", false)]
    [InlineData(131030, "provider_refused", false)]
    [InlineData(131047, "window_closed", false)]
    [InlineData(131049, "template_refused", false)]
    [InlineData(131050, "blocked_by_recipient", false)]
    [InlineData(131051, "content_refused", false)]
    [InlineData(131052, "media_refused", false)]
    [InlineData(131053, "media_refused", false)]
    [InlineData(132000, "template_refused", false)]
    [InlineData(132001, "template_refused", false)]
    [InlineData(132005, "template_refused", false)]
    [InlineData(132007, "template_refused", false)]
    [InlineData(132012, "template_refused", false)]
    [InlineData(132015, "template_refused", false)]
    [InlineData(132016, "template_refused", false)]
    [InlineData(987654, "provider_refused", false)]
    public async Task Says_why_it_was_refused(int code, string expected, bool broken)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code), 400);

        var refused = Assert.IsType<SendOutcome.Refused>(await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("Hi"))));

        Assert.Equal((expected, $"{code}", broken), (refused.Failure.Code, refused.Failure.ProviderCode, refused.ChannelBroken));
        Assert.NotEmpty(refused.Failure.Message);
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"messages":[]}""")]
    public async Task Cannot_tell_when_no_id_comes_back(int status, string answer)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(answer, status);

        Assert.IsType<SendOutcome.Ambiguous>(await graph.SendWhatsAppAsync(Outbound(WhatsApp, MessageContent.OfText("Hi"))));
    }

    [Fact]
    public async Task Knows_that_nothing_left_when_nobody_listens()
    {
        Uri closed;
        await using (GraphServer gone = await GraphServer.AnsweringAsync("{}")) closed = gone.BaseUrl;
        using ProviderHttp http = new();

        Assert.IsType<SendOutcome.NotTaken>(await NewWhatsApp(http, closed).SendAsync(Outbound(WhatsApp, MessageContent.OfText("Hi")), CancellationToken.None));
    }

    [Fact]
    public async Task Takes_the_version_from_the_base_url_if_it_names_one()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        await NewWhatsApp(graph.Http, new Uri(graph.BaseUrl, "v24.0")).SendAsync(Outbound(WhatsApp, MessageContent.OfText("Hi")), CancellationToken.None);

        Assert.Contains($"/v24.0/{PhoneNumberId}/messages", graph.Request.Url, StringComparison.Ordinal);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected} but was {actual}");
}
