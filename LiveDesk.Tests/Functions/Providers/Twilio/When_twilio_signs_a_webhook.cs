using System.Text;
using LiveDesk.Functions.Providers.Twilio;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_twilio_signs_a_webhook
{
    private const string FormType = "application/x-www-form-urlencoded; charset=UTF-8";
    private const string Token = "livedesk_test_auth_token_0001";
    private const string Url = "https://desk.example.test/webhooks/twilio/ch_01";
    private const string Json = "{\"event\":\"ping\",\"n\":1}";
    private const string JsonHash = "9239c422a41b555493841e492401a13c6081045f49bd7223f575c7e1f7d86f7f";

    private const string WhatsApp =
        "MessageSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9&SmsSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9&SmsMessageSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9"
        + "&AccountSid=AC00000000000000000000000000000001&From=whatsapp%3A%2B15550001111&To=whatsapp%3A%2B15550002222&Body=Ol%C3%A1+%26+adi%C3%B3s+%F0%9F%98%80"
        + "&NumMedia=0&NumSegments=1&ProfileName=Zo%C3%AB&WaId=15550001111&ApiVersion=2010-04-01&SmsStatus=received&MessageType=text";

    // github.com/twilio/twilio-csharp test/Twilio.Test/Security/RequestValidatorTest.cs
    private const string Published = "CallSid=CA1234567890ABCDE&From=%2B14158675309&Digits=1234&To=%2B18005551212&Caller=%2B14158675309";
    private const string PublishedHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2")]
    public void Agrees_with_the_vector_that_twilio_publishes(string url) =>
        Assert.True(IsValid("12345", url, Published, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?bodySHA256=" + PublishedHash, "y77kIzt2vzLz71DgmJGsen2scGs=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=" + PublishedHash, "a9nBmqA0ju/hNViExpshrM61xv4=")]
    public void Agrees_with_the_published_vectors_of_a_JSON_body(string url, string signature) =>
        Assert.True(IsValid("12345", url, "{\"property\": \"value\", \"boolean\": true}", signature, "application/json"));

    [Theory]
    [InlineData(Url + "?tenant=acme", "RNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    [InlineData(Url + "?tenant=acme", "NLrHn8m+da0eYn7JMvZwU2Jn6kg=")] // signed over :443
    [InlineData("https://desk.example.test:443/webhooks/twilio/ch_01?tenant=acme", "RNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    [InlineData("https://desk.example.test:443/webhooks/twilio/ch_01?tenant=acme", "NLrHn8m+da0eYn7JMvZwU2Jn6kg=")]
    [InlineData("https://desk.example.test:8443/webhooks/twilio/ch_01?tenant=acme", "RNeKpVvZUe5C3x/mWOD6lGKfpA8=")] // behind a gateway
    public void Takes_the_signature_with_the_port_and_without(string url, string signature) => Assert.True(IsValid(Token, url, WhatsApp, signature));

    [Fact]
    public void Takes_a_port_that_is_not_the_standard_one()
    {
        const string url = "http://localhost:7071/api/webhooks/twilio/ch_01/token";

        Assert.True(IsValid(Token, url, "A=1", TwilioSignature.Sign(Token, url + "A1")));
        Assert.True(IsValid(Token, url, "A=1", TwilioSignature.Sign(Token, "http://localhost:80/api/webhooks/twilio/ch_01/tokenA1")));
        Assert.False(IsValid(Token, url, "A=1", TwilioSignature.Sign(Token, "http://localhost:7072/api/webhooks/twilio/ch_01/tokenA1")));
    }

    [Fact]
    public void Counts_each_distinct_value_of_a_repeated_name_once() =>
        Assert.True(IsValid(Token, Url, "A=2&A=1&A=1&B=x", "gqwBQjrPQc51d4hLMCXyysHKed4="));

    [Fact]
    public void Does_not_join_repeated_names_with_a_comma() => Assert.False(IsValid(Token, Url, "A=2&A=1&A=1&B=x", TwilioSignature.Sign(Token, Url + "A2,1,1Bx")));

    [Theory]
    [InlineData("Body=++hi+&Empty=&NoEquals", "Body  hi EmptyNoEquals")]
    [InlineData("b=1&B=2&a=3&_=4", "B2_4a3b1")]
    [InlineData("Body=a%3Db%26c&Body2=%2B%20%25", "Bodya=b&cBody2+ %")]
    [InlineData("Body=%F0%9F%98%80&Z=%C3%A9", "Body😀Zé")]
    public void Signs_every_parameter_untrimmed_and_in_byte_order(string form, string text) =>
        Assert.True(IsValid(Token, Url, form, TwilioSignature.Sign(Token, Url + text)));

    [Fact]
    public void Holds_a_JSON_body_to_the_hash_that_was_signed()
    {
        const string url = Url + "?bodySHA256=" + JsonHash;

        Assert.True(IsValid(Token, url, Json, "Pj2RBcCOxt4fMNgGhhzyxLvG5ms=", "application/json"));
        Assert.False(IsValid(Token, url, Json + " ", "Pj2RBcCOxt4fMNgGhhzyxLvG5ms=", "application/json"));
        Assert.False(IsValid(Token, url, Json, "Pj2RBcCOxt4fMNgGhhzyxLvG5mt=", "application/json"));
        Assert.False(IsValid(Token, Url + "?bodySHA256=", Json, TwilioSignature.Sign(Token, Url + "?bodySHA256="), "application/json"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Does_not_believe_a_body_that_nothing_vouches_for(string? type) =>
        Assert.False(IsValid(Token, Url, WhatsApp, TwilioSignature.Sign(Token, Url), type));

    [Fact]
    public void Takes_a_GET_whose_parameters_stand_in_the_URL() =>
        Assert.True(IsValid(Token, Url + "?MessageSid=SM1&Body=x", "", TwilioSignature.Sign(Token, Url + "?MessageSid=SM1&Body=x"), null));

    [Theory]
    [InlineData("")]
    [InlineData(" RNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    [InlineData("rNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    [InlineData("RNeKpVvZUe5C3x/mWOD6lGKfpA8")]
    [InlineData("RNeKpVvZUe5C3x/mWOD6lGKfpA8=,RNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    public void Refuses_any_other_signature(string signature) => Assert.False(IsValid(Token, Url + "?tenant=acme", WhatsApp, signature));

    [Theory]
    [InlineData("livedesk_test_auth_token_0002", Url + "?tenant=acme", WhatsApp)]
    [InlineData(Token, Url + "?tenant=acm", WhatsApp)]
    [InlineData(Token, Url, WhatsApp)]
    [InlineData(Token, "http://desk.example.test/webhooks/twilio/ch_01?tenant=acme", WhatsApp)]
    [InlineData(Token, "https://desk.example.tes/webhooks/twilio/ch_01?tenant=acme", WhatsApp)]
    [InlineData(Token, Url + "?tenant=acme", WhatsApp + "&Extra=1")]
    [InlineData(Token, Url + "?tenant=acme", "Body=Ol%C3%A1")]
    public void Refuses_what_was_not_signed(string token, string url, string form) => Assert.False(IsValid(token, url, form, "RNeKpVvZUe5C3x/mWOD6lGKfpA8="));

    private static bool IsValid(string token, string url, string body, string signature, string? contentType = FormType) =>
        TwilioSignature.IsValid(token, new Uri(url), contentType, Encoding.UTF8.GetBytes(body), signature);
}
