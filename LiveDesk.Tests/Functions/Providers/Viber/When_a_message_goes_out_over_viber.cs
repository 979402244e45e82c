using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Viber;
using static LiveDesk.Tests.Functions.Providers.Viber.ViberBench;

namespace LiveDesk.Tests.Functions.Providers.Viber;

public sealed class When_a_message_goes_out_over_viber
{
    private static Task<SimulatedProvider> StartAsync() => SimulatedProvider.StartAsync("viber", new { authToken = Token });

    [Fact]
    public async Task Carries_the_text_with_our_id_and_hears_of_its_delivery()
    {
        await using SimulatedProvider viber = await StartAsync();
        ViberProvider provider = Provider(viber.BaseUrl);
        await viber.WriteAsync(new { text = "ahoj" });

        var accepted = Assert.IsType<SendOutcome.Accepted>(await SendAsync(provider, MessageContent.OfText("Dobrý den")));

        JsonNode sent = await viber.SentWithStatusAsync(accepted.ProviderId, "delivered");
        Assert.Equal(("Dobrý den", Customer, Bench.OurMessage.Value), ((string?)sent["text"], (string?)sent["to"], (string?)sent["fields"]!["tracking_data"]));
        Assert.True(ulong.Parse(accepted.ProviderId, System.Globalization.CultureInfo.InvariantCulture) > 1UL << 53);
        await viber.Desk.GotAsync(2);
        Assert.Equal(WebhookVerdict.Authentic, provider.Verify(Channel(), viber.LastWebhook(), Bench.Now));
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(provider.Parse(Channel(), viber.LastWebhook(), Bench.Now).Events));
        Assert.Equal((DeliveryStatus.Delivered, accepted.ProviderId), (receipt.Status, receipt.ProviderId));
    }

    [Fact]
    public async Task Stays_below_the_size_of_a_request_in_any_script()
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.WriteAsync(new { text = "ahoj" });

        Assert.IsType<SendOutcome.Accepted>(await SendAsync(Provider(viber.BaseUrl), MessageContent.OfText(new string('ก', 7_000))));
    }

    [Theory]
    [InlineData("image/jpeg", 1_000L, "hi", "picture")]
    [InlineData("image/png", null, null, "picture")]
    [InlineData("image/jpeg", 3_000_000L, null, "file")]
    [InlineData("image/webp", 1_000L, null, "file")]
    [InlineData("video/mp4", 1_000L, null, "video")]
    [InlineData("video/mp4", 40_000_000L, null, "file")]
    [InlineData("audio/ogg", 1_000L, null, "file")]
    [InlineData("application/pdf", 1_000L, null, "file")]
    public async Task Sends_files_as_what_viber_takes_them_for(string contentType, long? size, string? text, string type)
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.WriteAsync(new { text = "ahoj" });

        SendOutcome outcome = await SendAsync(Provider(viber.BaseUrl), new MessageContent { Kind = MessageKind.Document, Text = text }, Bench.File(contentType, "no-extension", size));

        Assert.IsType<SendOutcome.Accepted>(outcome);
        JsonNode fields = Assert.Single(await viber.SentAsync())["fields"]!;
        Assert.Equal((type, text ?? (type == "picture" ? "" : null)), ((string?)fields["type"], (string?)fields["text"]));
        if (type == "file") Assert.StartsWith("no-extension.", (string?)fields["file_name"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pdf", 1_000L, "words", "content_refused")]
    [InlineData("image/jpeg", 3_000_000L, "words", "content_refused")]
    [InlineData("application/pdf", null, null, "media_refused")]
    public async Task Refuses_what_would_not_arrive_whole(string contentType, long? size, string? text, string code)
    {
        var content = new MessageContent { Kind = MessageKind.Document, Text = text };

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Provider(), content, Bench.File(contentType, "a", size)));

        Assert.Equal(code, refused.Failure.Code);
    }

    [Fact]
    public async Task Hears_in_an_answer_of_200_that_the_customer_is_not_subscribed()
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.WriteAsync(new { text = "ahoj" });
        await viber.WriteAsync(new Dictionary<string, object> { ["event"] = "unsubscribed" });

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Provider(viber.BaseUrl), MessageContent.OfText("hi")));

        Assert.Equal(("contact_opted_out", "6", true, false), (refused.Failure.Code, refused.Failure.ProviderCode, refused.OptedOut, refused.ChannelBroken));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(13, false)]
    [InlineData(15, true)]
    [InlineData(24, false)]
    public async Task Tells_the_faults_of_the_channel_from_those_of_the_message(int status, bool broken)
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.FaultAsync(new { kind = "status", status = 200, code = status });

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Provider(viber.BaseUrl), MessageContent.OfText("hi")));

        Assert.Equal((broken, $"{status}"), (refused.ChannelBroken, refused.Failure.ProviderCode));
        Assert.NotEmpty(refused.Failure.Message);
    }

    [Fact]
    public async Task Waits_after_a_hundred_messages_without_an_answer()
    {
        await using SimulatedProvider viber = await StartAsync();
        ViberProvider provider = Provider(viber.BaseUrl);
        await viber.WriteAsync(new { text = "ahoj" });
        for (int i = 0; i < 100; i++) Assert.IsType<SendOutcome.Accepted>(await SendAsync(provider, MessageContent.OfText($"{i}")));

        var full = Assert.IsType<SendOutcome.NotTaken>(await SendAsync(provider, MessageContent.OfText("101")));
        Assert.Equal(TimeSpan.FromMinutes(1), full.RetryAfter);
        await viber.WriteAsync(new { text = "stop it" });
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(provider, MessageContent.OfText("sorry")));
    }

    [Theory]
    [InlineData(500, typeof(SendOutcome.ServerError))]
    [InlineData(429, typeof(SendOutcome.NotTaken))]
    public async Task Tells_what_may_be_tried_again(int status, Type expected)
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.FaultAsync(new { kind = "status", status });

        Assert.IsType(expected, await SendAsync(Provider(viber.BaseUrl), MessageContent.OfText("hi")));
    }

    [Theory]
    [InlineData("""{"status":0,"status_message":"ok"}""")]
    [InlineData("<html>")]
    public async Task Does_not_guess_from_an_answer_without_a_token(string body)
    {
        await using SimulatedProvider viber = await StartAsync();
        await viber.FaultAsync(new { kind = "status", status = 200, body });

        Assert.IsType<SendOutcome.Ambiguous>(await SendAsync(Provider(viber.BaseUrl), MessageContent.OfText("hi")));
    }

    [Fact]
    public async Task Says_whether_the_token_is_good()
    {
        await using SimulatedProvider viber = await StartAsync();
        ViberProvider provider = Provider(viber.BaseUrl);

        Assert.Null(await provider.CheckCredentialsAsync(Channel(), default));
        Channel wrong = Channel() with { Credentials = new Dictionary<string, string> { ["authToken"] = "0000000000000000-0000000000000000-0000000000000000" } };
        Assert.Equal(("credentials_refused", "credentials.authToken"), await provider.CheckCredentialsAsync(wrong, default) is { } r ? (r.Code, r.Field) : default);
        await viber.FaultAsync(new { kind = "status", status = 503 });
        Assert.Equal(RefusalKind.Unavailable, (await provider.CheckCredentialsAsync(Channel(), default))!.Kind);
    }

    [Fact]
    public async Task Greets_through_the_answer_to_the_first_opening_alone()
    {
        Channel channel = Channel(greeting: "Welcome!");
        await using SimulatedProvider viber = await SimulatedProvider.StartAsync("viber", new { authToken = Token }, async (received, context) =>
        {
            WebhookReply reply = Provider().Parse(channel, SimulatedProvider.Webhook(received), Bench.Now).Reply;
            if (reply.ContentType is not null) context.Response.ContentType = reply.ContentType;
            if (reply.Body is not null) await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
        });

        JsonNode first = await viber.WriteAsync(new Dictionary<string, object> { ["event"] = "conversation_started" });
        await viber.WriteAsync(new { text = "hi" });
        JsonNode again = await viber.WriteAsync(new Dictionary<string, object> { ["event"] = "conversation_started" });

        Assert.Equal(("Welcome!", null), ((string?)first["reply"], (string?)first["warning"]));
        Assert.Null((string?)again["reply"]);
    }

    [Fact]
    public async Task Takes_the_webhook_of_set_webhook()
    {
        await using SimulatedProvider viber = await StartAsync();
        using HttpClient api = viber.Api();
        api.DefaultRequestHeaders.Add("X-Viber-Auth-Token", Token);

        using HttpResponseMessage answer = await api.PostAsync("pa/set_webhook", new StringContent($$"""{"url":"{{viber.WebhookUrl}}"}"""));

        Assert.Equal(0, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!);
        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(Channel(), viber.LastWebhook(), Bench.Now));
        Assert.Empty(Parse(viber.Desk.Requests[^1].Body).Events);
    }

    [Theory]
    [InlineData("short", null, "credentials.authToken")]
    [InlineData("44dafb7e0f40021e-61a47a1e6778d187 f2c5", null, "credentials.authToken")]
    [InlineData(Token, "+15550001111", "phoneNumber")]
    public void Names_the_field_that_cannot_be_right(string token, string? number, string field)
    {
        Assert.Equal(field, Assert.Single(Provider().Validate(ChannelType.Viber, number, new Dictionary<string, string> { ["authToken"] = token })).Field);
        Assert.Empty(Provider().Validate(ChannelType.Viber, null, Credentials));
    }

    [Fact]
    public void Names_the_bot_without_its_secret() =>
        Assert.DoesNotContain(Token[..16], Provider().AddressOf(ChannelType.Viber, null, Credentials), StringComparison.Ordinal);

    private static Task<SendOutcome> SendAsync(ViberProvider provider, MessageContent content, params OutboundMedia[] media) =>
        provider.SendAsync(Bench.Outbound(Channel(), Customer, content, media), default);
}
