using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Bandwidth;
using LiveDesk.Tests.Support;
using static LiveDesk.Tests.Functions.Providers.Bandwidth.BandwidthBench;

namespace LiveDesk.Tests.Functions.Providers.Bandwidth;

public sealed class When_a_message_goes_out_over_bandwidth
{
    private static Task<SimulatedProvider> StartAsync() =>
        SimulatedProvider.StartAsync("bandwidth", new { phoneNumber = Number, callbackUser = "bw-user", callbackPassword = "p@ss:wörd" });

    [Fact]
    public async Task Carries_the_text_with_our_id_and_hears_of_its_delivery()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        BandwidthProvider provider = Provider(bandwidth.BaseUrl);

        var accepted = Assert.IsType<SendOutcome.Accepted>(await SendAsync(provider, MessageContent.OfText("Ça va? 👋")));

        JsonNode sent = await bandwidth.SentWithStatusAsync(accepted.ProviderId, "delivered");
        Assert.Equal((Number, Customer, "Ça va? 👋"), ((string?)sent["from"], (string?)sent["to"], (string?)sent["text"]));
        Assert.Equal(Bench.OurMessage.Value, (string?)sent["fields"]!["tag"]);
        await bandwidth.Desk.GotAsync(2);
        WebhookRequest webhook = bandwidth.LastWebhook();
        Channel channel = Channel(user: "bw-user", password: "p@ss:wörd");
        Assert.Equal(WebhookVerdict.Authentic, provider.Verify(channel, webhook, Bench.Now));
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(provider.Parse(channel, webhook, Bench.Now).Events));
        Assert.Equal((DeliveryStatus.Delivered, accepted.ProviderId, Bench.OurMessage), (receipt.Status, receipt.ProviderId, receipt.MessageId));
    }

    [Fact]
    public async Task Carries_files_by_their_address()
    {
        await using SimulatedProvider bandwidth = await StartAsync();

        await SendAsync(Provider(bandwidth.BaseUrl), new MessageContent { Kind = MessageKind.Image }, Bench.File("image/png", "a.png"), Bench.File("image/png", "b.png"));

        JsonNode sent = Assert.Single(await bandwidth.SentAsync());
        Assert.Equal(["https://files.example.test/a.png?sig=1", "https://files.example.test/b.png?sig=1"], sent["mediaUrls"]!.AsArray().Select(u => (string?)u));
        Assert.Null(sent["fields"]!["text"]);
    }

    [Theory]
    [InlineData(429, typeof(SendOutcome.NotTaken))]
    [InlineData(500, typeof(SendOutcome.ServerError))]
    [InlineData(503, typeof(SendOutcome.ServerError))]
    [InlineData(400, typeof(SendOutcome.Refused))]
    [InlineData(401, typeof(SendOutcome.Refused))]
    public async Task Tells_what_may_be_tried_again(int status, Type expected)
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        await bandwidth.FaultAsync(new { kind = "status", status, retryAfter = "7" });

        SendOutcome outcome = await SendAsync(Provider(bandwidth.BaseUrl), MessageContent.OfText("hi"));

        Assert.IsType(expected, outcome);
        if (outcome is SendOutcome.NotTaken notTaken) Assert.Equal(TimeSpan.FromSeconds(7), notTaken.RetryAfter);
        if (outcome is SendOutcome.Refused refused) Assert.Equal(status == 401, refused.ChannelBroken);
    }

    [Fact]
    public async Task Does_not_guess_when_the_connection_breaks_after_the_message_left()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        await bandwidth.FaultAsync(new { kind = "drop", accept = true });

        Assert.IsType<SendOutcome.Ambiguous>(await SendAsync(Provider(bandwidth.BaseUrl), MessageContent.OfText("hi")));
        Assert.Single(await bandwidth.SentAsync());
    }

    [Fact]
    public async Task Knows_that_nothing_left_when_nobody_listens()
    {
        Uri closed;
        await using (SimulatedProvider bandwidth = await StartAsync()) closed = bandwidth.BaseUrl;

        Assert.IsType<SendOutcome.NotTaken>(await SendAsync(Provider(closed), MessageContent.OfText("hi")));
    }

    [Fact]
    public async Task Names_the_fault_of_a_refused_recipient()
    {
        await using SimulatedProvider bandwidth = await StartAsync();

        SendOutcome outcome = await Provider(bandwidth.BaseUrl).SendAsync(Bench.Outbound(Channel(), "12345", MessageContent.OfText("hi")), default);

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal(("invalid_recipient", "request-validation", false), (refused.Failure.Code, refused.Failure.ProviderCode, refused.ChannelBroken));
        Assert.Contains("E164", refused.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blames_the_channel_for_a_wrong_application()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        Channel channel = Channel() with { Credentials = new Dictionary<string, string>(Credentials) { ["applicationId"] = Guid.Empty.ToString() } };

        SendOutcome outcome = await Provider(bandwidth.BaseUrl).SendAsync(Bench.Outbound(channel, Customer, MessageContent.OfText("hi")), default);

        Assert.True(Assert.IsType<SendOutcome.Refused>(outcome).ChannelBroken);
    }

    [Fact]
    public async Task Hears_that_the_customer_of_a_toll_free_number_has_opted_out()
    {
        await using SimulatedProvider bandwidth = await SimulatedProvider.StartAsync("bandwidth", new { phoneNumber = "+18335550100" });
        await bandwidth.WriteAsync(new { from = Customer, text = "STOP" });
        Channel channel = Channel("+18335550100");
        BandwidthProvider provider = Provider(bandwidth.BaseUrl);

        await provider.SendAsync(Bench.Outbound(channel, Customer, MessageContent.OfText("hi")), default);

        await bandwidth.Desk.GotAsync(2);
        InboundReceipt receipt = Assert.IsType<InboundReceipt>(Assert.Single(provider.Parse(channel, bandwidth.LastWebhook(), Bench.Now).Events));
        Assert.True(receipt.OptedOut);
    }

    [Fact]
    public async Task Says_whether_the_credentials_are_good()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        BandwidthProvider provider = Provider(bandwidth.BaseUrl);
        Channel With(string name, string value) => Channel() with { Credentials = new Dictionary<string, string>(Credentials) { [name] = value } };

        Assert.Null(await provider.CheckCredentialsAsync(Channel(), default));
        Assert.Equal("credentials.apiSecret", (await provider.CheckCredentialsAsync(With("apiSecret", "wrong"), default))!.Field);
        Assert.Equal("credentials.accountId", (await provider.CheckCredentialsAsync(With("accountId", "1"), default))!.Field);
        await bandwidth.FaultAsync(new { kind = "status", status = 503 });
        Assert.Equal(RefusalKind.Unavailable, (await provider.CheckCredentialsAsync(Channel(), default))!.Kind);
    }

    [Fact]
    public async Task Shows_its_credentials_to_bandwidth_alone_when_it_fetches_a_file()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        BandwidthProvider provider = Provider(bandwidth.BaseUrl);
        await bandwidth.WriteAsync(new { from = Customer, contentType = "image/png" });
        Attachment file = Assert.Single(Assert.IsType<InboundMessage>(Assert.Single(provider.Parse(Channel(), bandwidth.LastWebhook(), Bench.Now).Events)).Content.Attachments);

        var own = Assert.IsType<MediaLocation.At>(await provider.LocateAsync(Channel(), file.Source!, default));
        var foreign = Assert.IsType<MediaLocation.At>(await provider.LocateAsync(Channel(), "https://evil.example.test/a.png", default));

        Assert.Null(foreign.Authorization);
        using HttpClient http = new();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await http.GetAsync(own.Url)).StatusCode);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", own.Authorization);
        Assert.Equal("image/png", (await http.GetAsync(own.Url)).Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("accountId", "", "credentials.accountId")]
    [InlineData("accountId", "990/../1", "credentials.accountId")]
    [InlineData("accountId", "..", "credentials.accountId")]
    [InlineData("applicationId", "my app", "credentials.applicationId")]
    [InlineData("apiKey", "", "credentials.apiKey")]
    [InlineData("apiSecret", "", "credentials.apiSecret")]
    [InlineData("callbackUser", "only", "credentials.callbackPassword")]
    [InlineData("callbackPassword", "only", "credentials.callbackUser")]
    public void Names_the_field_that_cannot_be_right(string name, string value, string field)
    {
        var credentials = new Dictionary<string, string>(Credentials) { [name] = value };

        Assert.Equal(field, Assert.Single(Provider().Validate(ChannelType.Sms, Number, credentials)).Field);
        Assert.Empty(Provider().Validate(ChannelType.Sms, Number, Credentials));
        Assert.Equal("phoneNumber", Assert.Single(Provider().Validate(ChannelType.Sms, null, Credentials)).Field);
    }

    [Theory]
    [InlineData("accountId", "u-abc.DEF_9")]
    [InlineData("applicationId", "9900000")]
    public void Leaves_it_to_bandwidth_what_its_ids_look_like(string name, string value) =>
        Assert.Empty(Provider().Validate(ChannelType.Sms, Number, new Dictionary<string, string>(Credentials) { [name] = value }));

    private static Task<SendOutcome> SendAsync(BandwidthProvider provider, MessageContent content, params OutboundMedia[] media) =>
        provider.SendAsync(Bench.Outbound(Channel(), Customer, content, media), default);
}
