using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers.Viber;
using static LiveDesk.Tests.Functions.Providers.Viber.ViberBench;

namespace LiveDesk.Tests.Functions.Providers.Viber;

public sealed class When_viber_calls_the_webhook
{
    private const string Body = """{"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}""";
    private const string Signature = "d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef";

    private const string Unicode =
        """{"event":"message","timestamp":1457764197627,"chat_hostname":"SN-CHAT-01_","message_token":4912661846655238145,"sender":{"id":"01234567890A=","name":"Žofie"},"message":{"type":"text","text":"ahoj 👋"},"silent":false}""";

    [Theory]
    [InlineData(Body, Signature, WebhookVerdict.Authentic)]
    [InlineData(Unicode, "53f682443a875017226307c05231a4972f1f4ce78fcf421c1424093565b99ce2", WebhookVerdict.Authentic)]
    [InlineData(Body + " ", Signature, WebhookVerdict.SignatureWrong)]
    [InlineData(Body, "d21b", WebhookVerdict.SignatureWrong)]
    [InlineData(Body, "", WebhookVerdict.SignatureMissing)]
    public void Believes_only_its_signature_over_the_raw_body(string body, string signature, WebhookVerdict expected) =>
        Assert.Equal(expected, Provider().Verify(Channel(), Bench.Post(body, ("X-Viber-Content-Signature", signature)), Bench.Now));

    [Fact]
    public void Takes_the_signature_from_the_query_only_where_there_is_no_header()
    {
        WebhookRequest bare = Bench.Post(Body);
        WebhookRequest request = bare with { PublicUrl = new Uri(bare.PublicUrl + "?sig=" + Signature) };
        WebhookRequest contradicting = Bench.Post(Body, ("X-Viber-Content-Signature", "00")) with { PublicUrl = request.PublicUrl };

        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(Channel(), request, Bench.Now));
        Assert.Equal(WebhookVerdict.SignatureWrong, Provider().Verify(Channel(), contradicting, Bench.Now));
        Assert.Equal(WebhookVerdict.SignatureMissing, Provider().Verify(Channel(), bare, Bench.Now));
    }

    [Fact]
    public void Refuses_the_signature_of_another_bot() => Assert.Equal(WebhookVerdict.SignatureWrong, Provider().Verify(
        Channel(), Bench.Post(Body, ("X-Viber-Content-Signature", ViberSignature.Sign("another", System.Text.Encoding.UTF8.GetBytes(Body)))), Bench.Now));

    [Theory]
    [InlineData(Body)]
    [InlineData("""{"event":"client_status","timestamp":1457764197627}""")]
    public void Answers_events_that_say_nothing_to_the_desk_with_an_empty_200(string body)
    {
        ParsedWebhook parsed = Parse(body);

        Assert.Empty(parsed.Events);
        Assert.Null(parsed.Malformed);
        Assert.Equal((200, (string?)null), (parsed.Reply.Status, parsed.Reply.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"event":"message","sender":{"id":"a"},"message":{"type":"text","text":"no token"}}""")]
    [InlineData("""{"event":"delivered","message_token":1}""")]
    [InlineData("""{"event":"conversation_started"}""")]
    [InlineData("""{"event":"unsubscribed"}""")]
    public void Does_not_understand_half_an_event(string body) => Assert.NotNull(Parse(body).Malformed);
}
