using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Meta;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.Meta;

public sealed class When_meta_calls_a_webhook
{
    private const string Empty = """{"object":"whatsapp_business_account","entry":[]}""";
    private const string EmptySignature = "sha256=a75fb2fc0adcb2b987a13370d1caa139dd863f0fbb78ceef516ca7eb28221ac0";
    private const string Escaped = """{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"message":{"text":"caf\u00e9"}}]}]}""";
    private const string EscapedSignature = "sha256=e939b762594607ac7232ac953d1a1b7768a5daef3eb424affc32f722f363c927";

    [Theory]
    [InlineData(Empty, EmptySignature)]
    [InlineData(Escaped, EscapedSignature)]
    public void Believes_what_is_signed_over_the_bytes(string body, string signature)
    {
        using ProviderHttp http = new();

        Assert.Equal(WebhookVerdict.Authentic, NewWhatsApp(http).Verify(WhatsApp, Post(body, signature), Now));
        Assert.Equal(WebhookVerdict.Authentic, NewMessenger(http).Verify(Page, Post(body, signature), Now));
    }

    [Theory]
    [InlineData(Empty, EscapedSignature)]
    [InlineData(Empty, "sha1=55c7b6e883466037c136077c0164c3772edf4021")]
    [InlineData(Empty, "sha256=")]
    [InlineData(Empty, "a75fb2fc0adcb2b987a13370d1caa139dd863f0fbb78ceef516ca7eb28221ac0")]
    [InlineData(Empty + " ", EmptySignature)]
    [InlineData("""{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"message":{"text":"café"}}]}]}""", EscapedSignature)]
    public void Refuses_any_other_signature(string body, string signature)
    {
        using ProviderHttp http = new();

        Assert.Equal(WebhookVerdict.SignatureWrong, NewWhatsApp(http).Verify(WhatsApp, Post(body, signature), Now));
    }

    [Fact]
    public void Refuses_what_carries_the_old_signature_alone()
    {
        using ProviderHttp http = new();
        var request = new WebhookRequest("POST", new Uri("https://desk.example/x"), new Dictionary<string, string>
        {
            ["X-Hub-Signature"] = "sha1=55c7b6e883466037c136077c0164c3772edf4021",
        }, Encoding.UTF8.GetBytes(Empty));

        Assert.Equal(WebhookVerdict.SignatureMissing, NewMessenger(http).Verify(Page, request, Now));
    }

    [Fact]
    public void Refuses_everything_of_a_channel_without_an_app_secret()
    {
        using ProviderHttp http = new();
        Channel bare = WhatsApp with { Credentials = new Dictionary<string, string>() };

        Assert.Equal(WebhookVerdict.SignatureWrong, NewWhatsApp(http).Verify(bare, Post(Empty, EmptySignature), Now));
        Assert.Equal(WebhookVerdict.CredentialsWrong, NewWhatsApp(http).Verify(bare, Get("hub.mode=subscribe&hub.verify_token=x&hub.challenge=1"), Now));
    }

    [Fact]
    public void Answers_the_handshake_with_the_bare_challenge()
    {
        using ProviderHttp http = new();
        WebhookRequest request = Get($"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VerifyToken}");

        WebhookReply whatsApp = NewWhatsApp(http).Parse(WhatsApp, request, Now).Reply;
        WebhookReply messenger = NewMessenger(http).Parse(Page, request, Now).Reply;

        Assert.Equal(WebhookVerdict.Authentic, NewWhatsApp(http).Verify(WhatsApp, request, Now));
        Assert.Equal(WebhookVerdict.Authentic, NewMessenger(http).Verify(Page, request, Now));
        Assert.Equal(new WebhookReply(200, "text/plain; charset=utf-8", "1158201444"), whatsApp);
        Assert.Equal(whatsApp, messenger);
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", WebhookVerdict.CredentialsWrong)]
    [InlineData("hub.mode=subscribe&hub.challenge=1", WebhookVerdict.CredentialsMissing)]
    [InlineData("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=livedesk_verify", WebhookVerdict.CredentialsMissing)]
    [InlineData("hub_mode=subscribe&hub_verify_token=livedesk_verify", WebhookVerdict.CredentialsMissing)]
    [InlineData("", WebhookVerdict.CredentialsMissing)]
    public void Refuses_a_handshake_that_does_not_know_the_token(string query, WebhookVerdict verdict)
    {
        using ProviderHttp http = new();

        Assert.Equal(verdict, NewWhatsApp(http).Verify(WhatsApp, Get(query), Now));
        Assert.Equal(verdict, NewMessenger(http).Verify(Page, Get(query), Now));
    }

    [Fact]
    public void Proves_the_app_secret_beside_the_token() =>
        Assert.Equal("99a73f52c8e8b70c14e06474591e908752bc062acf1724e83fed9106c7117c4d", MetaSignature.Proof(AppSecret, "EAAtesttoken"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"object\":")]
    [InlineData("null")]
    public void Does_not_understand_what_is_no_webhook(string body)
    {
        Assert.NotNull(ParseWhatsApp(body).Malformed);
        Assert.NotNull(ParsePage(body).Malformed);
    }

    [Theory]
    [InlineData("""{"object":"OBJECT","entry":{}}""")]
    [InlineData("""{"object":"OBJECT","entry":null}""")]
    [InlineData("""{"object":"OBJECT","entry":[1,"x",null,{},{"changes":{},"messaging":7}]}""")]
    [InlineData("""{"object":"OBJECT","entry":[{"id":"117172741761305","changes":[null,{"field":1,"value":[]}],"messaging":[null,1]}]}""")]
    public void Survives_shapes_that_are_not_documented(string body)
    {
        ParsedWebhook whatsApp = ParseWhatsApp(body.Replace("OBJECT", "whatsapp_business_account", StringComparison.Ordinal));
        ParsedWebhook page = ParsePage(body.Replace("OBJECT", "page", StringComparison.Ordinal));

        Assert.Equal((null, 0, 200), (whatsApp.Malformed, whatsApp.Events.Count, whatsApp.Reply.Status));
        Assert.Equal((null, 0, 200), (page.Malformed, page.Events.Count, page.Reply.Status));
    }

    [Fact]
    public void Counts_what_is_about_another_product()
    {
        Assert.Equal(["object:page"], ParseWhatsApp("""{"object":"page","entry":[]}""").Unknown);
        Assert.Equal(["object:instagram"], ParsePage("""{"object":"instagram","entry":[]}""").Unknown);
    }
}
