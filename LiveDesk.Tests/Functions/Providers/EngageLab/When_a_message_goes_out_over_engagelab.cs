using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.EngageLab;
using static LiveDesk.Tests.Functions.Providers.EngageLab.EngageLabBench;

namespace LiveDesk.Tests.Functions.Providers.EngageLab;

public sealed class When_a_message_goes_out_over_engagelab
{
    private static Task<SimulatedProvider> StartAsync() => SimulatedProvider.StartAsync("engagelab", new { phoneNumber = Number, callbackUser = "u", callbackSecret = "s" });

    [Fact]
    public void Encodes_the_documented_credentials() =>
        Assert.Equal("Basic ZGV2S2V5MDE6ZGV2U2VjcmV0MDE=", ProviderCalls.Basic("devKey01", "devSecret01").ToString());

    [Fact]
    public async Task Carries_the_text_with_our_id_and_hears_of_its_delivery()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        EngageLabProvider provider = Provider(engagelab.BaseUrl);
        await engagelab.WriteAsync(new { from = Customer, text = "hi" });

        var accepted = Assert.IsType<SendOutcome.Accepted>(await SendAsync(provider, MessageContent.OfText("你好")));

        JsonNode sent = await engagelab.SentWithStatusAsync(accepted.ProviderId, "delivered");
        Assert.Equal(("你好", "8613800138000"), ((string?)sent["text"], (string?)sent["fields"]!["to"]![0]));
        await engagelab.Desk.GotAsync(3);
        Channel channel = Channel(("callbackSecret", "s"), ("callbackUser", "u"));
        Assert.Equal(WebhookVerdict.Authentic, provider.Verify(channel, engagelab.LastWebhook(), Bench.Now));
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(provider.Parse(channel, engagelab.LastWebhook(), Bench.Now).Events));
        Assert.Equal((DeliveryStatus.Delivered, accepted.ProviderId, Bench.OurMessage), (receipt.Status, receipt.ProviderId, receipt.MessageId));
    }

    [Fact]
    public async Task Hears_that_the_window_is_closed()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        EngageLabProvider provider = Provider(engagelab.BaseUrl);

        await SendAsync(provider, MessageContent.OfText("too late"));

        await engagelab.Desk.GotAsync(1);
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(provider.Parse(Channel(), engagelab.LastWebhook(), Bench.Now).Events));
        Assert.Equal("window_closed", receipt.Failure!.Code);
    }

    [Fact]
    public async Task Sends_a_template_with_its_variables_in_order()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        var template = new TemplateContent("order_ready", "en", new Dictionary<string, string> { ["2"] = "A-17", ["1"] = "Bob" });

        SendOutcome outcome = await SendAsync(Provider(engagelab.BaseUrl), new MessageContent { Kind = MessageKind.Template, Template = template });

        Assert.IsType<SendOutcome.Accepted>(outcome);
        JsonNode sent = Assert.Single(await engagelab.SentAsync());
        Assert.Equal("Hello Bob, your order A-17 is ready.", (string?)sent["text"]);
        Assert.Equal("en", (string?)sent["fields"]!["body"]!["template"]!["language"]);
    }

    [Theory]
    [InlineData("image/png", "image", "see")]
    [InlineData("image/bmp", "document", "see")]
    [InlineData("video/mp4", "video", "see")]
    [InlineData("audio/ogg; codecs=opus", "audio", null)]
    [InlineData("application/pdf", "document", "see")]
    public async Task Sends_files_as_what_whatsapp_takes_them_for(string contentType, string type, string? caption)
    {
        await using SimulatedProvider engagelab = await StartAsync();

        SendOutcome outcome = await SendAsync(
            Provider(engagelab.BaseUrl), new MessageContent { Kind = MessageKind.Document, Text = caption }, Bench.File(contentType, "a.bin"));

        Assert.IsType<SendOutcome.Accepted>(outcome);
        JsonNode body = Assert.Single(await engagelab.SentAsync())["fields"]!["body"]!;
        Assert.Equal((type, caption), ((string?)body["type"], (string?)body[type]!["caption"]));
        Assert.Equal(type == "document" ? "a.bin" : null, (string?)body[type]!["filename"]);
    }

    [Theory]
    [InlineData("audio/ogg", 1, "content_refused")]
    [InlineData("image/png", 2, "media_refused")]
    public async Task Refuses_what_would_not_arrive_whole(string contentType, int files, string code)
    {
        OutboundMedia[] media = [.. Enumerable.Repeat(Bench.File(contentType, "a"), files)];

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Provider(), MessageContent.OfText("words"), media));

        Assert.Equal(code, refused.Failure.Code);
    }

    [Theory]
    [InlineData(429, null, typeof(SendOutcome.NotTaken), false)]
    [InlineData(500, 1000, typeof(SendOutcome.ServerError), false)]
    [InlineData(401, 2001, typeof(SendOutcome.Refused), true)]
    [InlineData(400, 2003, typeof(SendOutcome.Refused), true)]
    [InlineData(403, 2004, typeof(SendOutcome.Refused), true)]
    [InlineData(400, 3002, typeof(SendOutcome.Refused), false)]
    [InlineData(400, 4001, typeof(SendOutcome.Refused), false)]
    public async Task Tells_what_each_refusal_asks_for(int status, int? code, Type expected, bool broken)
    {
        await using SimulatedProvider engagelab = await StartAsync();
        await engagelab.FaultAsync(new { kind = "status", status, code });

        SendOutcome outcome = await SendAsync(Provider(engagelab.BaseUrl), MessageContent.OfText("hi"));

        Assert.IsType(expected, outcome);
        if (outcome is SendOutcome.Refused refused) Assert.Equal((broken, $"{code}"), (refused.ChannelBroken, refused.Failure.ProviderCode));
    }

    [Fact]
    public async Task Reads_the_closed_window_out_of_the_words()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        await engagelab.FaultAsync(new { kind = "status", status = 400, body = """{"code":3003,"message":"More than 24 hours have passed since the customer last replied"}""" });

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Provider(engagelab.BaseUrl), MessageContent.OfText("hi")));

        Assert.Equal("window_closed", refused.Failure.Code);
    }

    [Fact]
    public async Task Says_whether_the_credentials_are_good()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        EngageLabProvider provider = Provider(engagelab.BaseUrl);

        Assert.Null(await provider.CheckCredentialsAsync(Channel(), default));
        Assert.Equal("credentials.devSecret", (await provider.CheckCredentialsAsync(Channel(("devSecret", "wrong")), default))!.Field);
        await engagelab.FaultAsync(new { kind = "status", status = 403, code = 2004 });
        Assert.Equal("credentials.devKey", (await provider.CheckCredentialsAsync(Channel(), default))!.Field);
        await engagelab.FaultAsync(new { kind = "drop" });
        Assert.Equal(RefusalKind.Unavailable, (await provider.CheckCredentialsAsync(Channel(), default))!.Kind);
    }

    [Fact]
    public async Task Lists_the_templates()
    {
        await using SimulatedProvider engagelab = await StartAsync();
        await engagelab.ControlAsync("engagelab/templates", new { name = "sale", language = "es", status = "PAUSED", category = "MARKETING", body = "¡Hola!" });

        IReadOnlyList<MessageTemplate> templates = (await Provider(engagelab.BaseUrl).ListTemplatesAsync(Channel(), default)).Value;

        Assert.Equal([("order_ready", "en", TemplateStatus.Approved, 2), ("sale", "es", TemplateStatus.Paused, 0)],
            templates.Select(t => (t.Name, t.Language, t.Status, t.Variables.Count)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("12345678")]
    public async Task Passes_the_test_of_the_console(string? echo)
    {
        Channel channel = Channel(("callbackSecret", "s"), ("callbackUser", "u"));
        await using SimulatedProvider engagelab = await SimulatedProvider.StartAsync(
            "engagelab", new { phoneNumber = Number, callbackUser = "u", callbackSecret = "s" }, async (received, context) =>
            {
                WebhookRequest webhook = SimulatedProvider.Webhook(received);
                WebhookReply reply = Provider().Verify(channel, webhook, Bench.Now) == WebhookVerdict.Authentic
                    ? Provider().Parse(channel, webhook, Bench.Now).Reply
                    : new WebhookReply(403);
                context.Response.StatusCode = reply.Status;
                if (reply.Body is not null) await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(reply.Body));
            });

        JsonNode validation = await engagelab.ControlAsync("engagelab/validate", new { echo });

        Assert.True((bool)validation["accepted"]!);
    }

    [Theory]
    [InlineData("businessAccountId", "", "credentials.businessAccountId")]
    [InlineData("devKey", "a:b", "credentials.devKey")]
    [InlineData("devSecret", "", "credentials.devSecret")]
    [InlineData("callbackUser", "only", "credentials.callbackSecret")]
    public void Names_the_field_that_cannot_be_right(string name, string value, string field)
    {
        var credentials = new Dictionary<string, string>(Credentials) { [name] = value };

        Assert.Equal(field, Assert.Single(Provider().Validate(ChannelType.WhatsApp, Number, credentials)).Field);
        Assert.Empty(Provider().Validate(ChannelType.WhatsApp, Number, Credentials));
        Assert.Empty(Provider().Validate(ChannelType.WhatsApp, Number, new Dictionary<string, string>(Credentials) { ["businessAccountId"] = "waba-1_2.3" }));
    }

    private static Task<SendOutcome> SendAsync(EngageLabProvider provider, MessageContent content, params OutboundMedia[] media) =>
        provider.SendAsync(Bench.Outbound(Channel(), Customer, content, media), default);
}
