using LiveDesk.Domain.Channels;
using LiveDesk.Functions.Providers.EngageLab;
using static LiveDesk.Tests.Functions.Providers.EngageLab.EngageLabBench;

namespace LiveDesk.Tests.Functions.Providers.EngageLab;

public sealed class When_engagelab_calls_the_webhook
{
    private const string Signature = "404794bf3409ad56077e11dac58f0f1d19e5a3b898b669360fb888a5efe4e729";

    [Fact]
    public void Signs_the_published_example() => Assert.Equal(Signature, EngageLabCallbacks.Sign("my_secret", "1701234567", "abc123", "my_user"));

    [Theory]
    [InlineData($"timestamp=1701234567;nonce=abc123;username=my_user;signature={Signature}", WebhookVerdict.Authentic)]
    [InlineData($"timestamp=1701234567; nonce=abc123; username = my_user; signature={Signature};", WebhookVerdict.Authentic)]
    [InlineData($"timestamp=1701234568;nonce=abc123;username=my_user;signature={Signature}", WebhookVerdict.SignatureWrong)]
    [InlineData($"timestamp=1701234567;nonce=abc124;username=my_user;signature={Signature}", WebhookVerdict.SignatureWrong)]
    [InlineData($"timestamp=1701234567abc123;nonce=;username=my_user;signature={Signature}", WebhookVerdict.SignatureWrong)]
    [InlineData("timestamp=1701234567;nonce=abc123;username=my_user", WebhookVerdict.SignatureWrong)]
    [InlineData("garbage", WebhookVerdict.SignatureWrong)]
    [InlineData("", WebhookVerdict.SignatureMissing)]
    public void Believes_only_the_secret_that_is_set(string header, WebhookVerdict expected)
    {
        Channel channel = Channel(("callbackSecret", "my_secret"), ("callbackUser", "my_user"));

        Assert.Equal(expected, Provider().Verify(channel, Bench.Post(Bench.Fixture("engagelab/reply.json"), ("X-CALLBACK-ID", header)), Bench.Now));
    }

    [Fact]
    public void Refuses_a_signature_of_another_user()
    {
        string header = $"timestamp=1;nonce=2;username=mallory;signature={EngageLabCallbacks.Sign("my_secret", "1", "2", "mallory")}";

        Assert.Equal(WebhookVerdict.SignatureWrong, Provider().Verify(
            Channel(("callbackSecret", "my_secret"), ("callbackUser", "my_user")), Bench.Post("{}", ("X-CALLBACK-ID", header)), Bench.Now));
        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(
            Channel(("callbackSecret", "my_secret")), Bench.Post("{}", ("X-CALLBACK-ID", header)), Bench.Now));
    }

    [Theory]
    [InlineData("Bearer fixed", WebhookVerdict.Authentic)]
    [InlineData("bearer fixed", WebhookVerdict.CredentialsWrong)]
    [InlineData("", WebhookVerdict.CredentialsMissing)]
    public void Believes_only_the_authorization_that_is_set(string header, WebhookVerdict expected) => Assert.Equal(expected, Provider().Verify(
        Channel(("callbackAuthorization", "Bearer fixed")), Bench.Post(Bench.Fixture("engagelab/reply.json"), ("Authorization", header)), Bench.Now));

    [Theory]
    [InlineData("123321", "+447911123456", WebhookVerdict.Authentic)]
    [InlineData("999", "+447911123456", WebhookVerdict.WrongAccount)]
    [InlineData("123321", "+447911999999", WebhookVerdict.WrongAccount)]
    public void Looks_at_account_and_number_where_nothing_is_set(string account, string number, WebhookVerdict expected)
    {
        string body = Bench.Fixture("engagelab/reply.json").Replace("\"123321\"", $"\"{account}\"", StringComparison.Ordinal)
            .Replace("+447911123456", number, StringComparison.Ordinal);

        Assert.Equal(expected, Provider().Verify(Channel(), Bench.Post(body), Bench.Now));
    }

    [Fact]
    public void Believes_a_callback_of_which_some_rows_are_its_own() =>
        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(Channel(), Bench.Post(Bench.Fixture("engagelab/mixed.json")), Bench.Now));

    [Theory]
    [InlineData("", 200, null)]
    [InlineData("  \n", 200, null)]
    [InlineData("{\"echostr\":\"12345678\"}", 200, "12345678")]
    [InlineData("{\"total\":0,\"rows\":[]}", 200, null)]
    public void Answers_the_console_that_tries_the_address(string body, int status, string? answer)
    {
        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(Channel(), Bench.Post(body), Bench.Now));
        ParsedWebhook parsed = Parse(body);

        Assert.Null(parsed.Malformed);
        Assert.Empty(parsed.Events);
        Assert.Equal((status, answer), (parsed.Reply.Status, parsed.Reply.Body));
        Assert.Equal(answer is null ? null : "text/plain", parsed.Reply.ContentType);
    }

    [Theory]
    [InlineData("{\"echostr\":\"<script>\"}")]
    [InlineData("{\"echostr\":\"12345678901234567890123456789012345678901234567890123456789012345\"}")]
    [InlineData("{\"echostr\":{}}")]
    [InlineData("{\"hello\":1}")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    public void Does_not_echo_or_understand_anything_else(string body) => Assert.NotNull(Parse(body).Malformed);
}
