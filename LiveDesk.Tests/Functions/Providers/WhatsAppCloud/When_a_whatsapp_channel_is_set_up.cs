using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers;
using LiveDesk.Tests.Functions.Providers.Meta;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.WhatsAppCloud;

public sealed class When_a_whatsapp_channel_is_set_up
{
    [Fact]
    public void Wants_every_credential_and_an_id_in_place_of_a_number()
    {
        using ProviderHttp http = new();
        var credentials = new Dictionary<string, string> { ["phoneNumberId"] = "+15550783881", ["accessToken"] = " " };

        IReadOnlyList<FieldError> errors = NewWhatsApp(http).Validate(ChannelType.WhatsApp, null, credentials);

        Assert.Equal(
            ["credentials.phoneNumberId", "credentials.businessAccountId", "credentials.accessToken", "credentials.appSecret", "credentials.verifyToken"],
            errors.Select(e => e.Field));
        Assert.Empty(NewWhatsApp(http).Validate(ChannelType.WhatsApp, "+15550783881", WhatsApp.Credentials));
        Assert.Empty(NewWhatsApp(http).Validate(
            ChannelType.WhatsApp, "+15550783881",
            new Dictionary<string, string>(WhatsApp.Credentials) { ["phoneNumberId"] = "pn-1", ["businessAccountId"] = "waba_1.a" }));
    }

    [Theory]
    [InlineData(190, "words", "credentials.accessToken")]
    [InlineData(200, "words", "credentials.accessToken")]
    [InlineData(100, "Unsupported get request", "credentials.phoneNumberId")]
    [InlineData(100, "Invalid appsecret_proof provided", "credentials.appSecret")]
    public async Task Names_the_credential_that_is_wrong(int code, string words, string field)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync($$$"""{"error":{"message":"{{{words}}}","code":{{{code}}}}}""", 400);

        Refusal refusal = (await NewWhatsApp(graph.Http, graph.BaseUrl).CheckCredentialsAsync(WhatsApp, CancellationToken.None))!;

        Assert.Equal(("credentials_refused", field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task Checks_number_and_account()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(
            request => request.Url.Contains(BusinessAccountId, StringComparison.Ordinal)
                ? (400, """{"error":{"message":"no","code":100,"error_subcode":33}}""")
                : (200, $$"""{"id":"{{PhoneNumberId}}"}"""));

        Refusal refusal = (await NewWhatsApp(graph.Http, graph.BaseUrl).CheckCredentialsAsync(WhatsApp, CancellationToken.None))!;

        Assert.Equal("credentials.businessAccountId", refusal.Field);
    }

    [Fact]
    public async Task Does_not_blame_the_credentials_when_meta_is_down()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync("<html>", 503);

        Refusal refusal = (await NewWhatsApp(graph.Http, graph.BaseUrl).CheckCredentialsAsync(WhatsApp, CancellationToken.None))!;

        Assert.Equal((RefusalKind.Unavailable, "provider_unavailable"), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public async Task Finds_a_customers_file_and_tells_only_meta_the_token()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync("""{"url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=5","mime_type":"image/jpeg","file_size":"12"}""");
        LiveDesk.Functions.Providers.WhatsAppCloud.WhatsAppCloudProvider media = NewWhatsApp(graph.Http, graph.BaseUrl);

        var found = (MediaLocation.At)await media.LocateAsync(WhatsApp, "media:1003383421387256", CancellationToken.None);
        var elsewhere = (MediaLocation.At)await media.LocateAsync(WhatsApp, "https://elsewhere.example/file", CancellationToken.None);

        Assert.Equal(("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=5", "Bearer EAAtesttoken"), (found.Url.AbsoluteUri, found.Authorization));
        Assert.Null(elsewhere.Authorization);
        Assert.Contains($"/v23.0/1003383421387256?phone_number_id={PhoneNumberId}", graph.Request.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 400, true)]
    [InlineData(190, 401, false)]
    [InlineData(2, 500, false)]
    public async Task Tells_a_file_that_is_gone_from_one_that_cannot_be_had_now(int code, int status, bool gone)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code), status);

        MediaLocation location = await NewWhatsApp(graph.Http, graph.BaseUrl).LocateAsync(WhatsApp, "media:5", CancellationToken.None);

        Assert.Equal(gone, location is MediaLocation.Gone);
        Assert.Equal(!gone, location is MediaLocation.Unavailable);
    }

    [Fact]
    public async Task Lists_the_templates_of_every_page()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(request => (200, request.Url.Contains("after=QVFI", StringComparison.Ordinal)
            ? """{"data":[{"name":"b","language":"es","status":"PAUSED","category":"MARKETING","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Hola"},{"type":"FOOTER","text":"Adiós"}]}],"paging":{"cursors":{"after":"WkQZ"}}}"""
            : """{"data":[{"name":"a","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"{{1}}, order {{2}} for {{1}}"}]},{"broken":1}],"paging":{"cursors":{"after":"QVFI"},"next":"https://graph.facebook.com/x"}}"""));

        IReadOnlyList<MessageTemplate> templates = (await NewWhatsApp(graph.Http, graph.BaseUrl).ListTemplatesAsync(WhatsApp, CancellationToken.None)).Value;

        Assert.Equal(["a", "b"], templates.Select(t => t.Name));
        Assert.Equal((TemplateStatus.Approved, "utility", null), (templates[0].Status, templates[0].Category, templates[0].Header));
        Assert.Equal(["1", "2"], templates[0].Variables);
        Assert.Equal((TemplateStatus.Paused, "image", "Adiós"), (templates[1].Status, templates[1].Header, templates[1].Footer));
    }
}
