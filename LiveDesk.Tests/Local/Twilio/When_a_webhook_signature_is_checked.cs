using System.Collections.Specialized;
using System.Net;
using Twilio.Security;

namespace LiveDesk.Tests.Local.Twilio;

/// <summary>The vectors are those of Twilio's helper libraries, and own ones for what these leave out.</summary>
public sealed class When_a_webhook_signature_is_checked
{
    private const string PublishedUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string PublishedSignature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private const string OwnToken = "livedesk_test_auth_token_0001";
    private const string OwnUrl = "https://desk.example.test/webhooks/twilio/ch_01?tenant=acme";
    private const string OwnForm =
        "MessageSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9&SmsSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9&SmsMessageSid=SM0a1b2c3d4e5f60718293a4b5c6d7e8f9" +
        "&AccountSid=AC00000000000000000000000000000001&From=whatsapp%3A%2B15550001111&To=whatsapp%3A%2B15550002222" +
        "&Body=Ol%C3%A1+%26+adi%C3%B3s+%F0%9F%98%80&NumMedia=0&NumSegments=1&ProfileName=Zo%C3%AB&WaId=15550001111&ApiVersion=2010-04-01" +
        "&SmsStatus=received&MessageType=text";

    private static readonly Dictionary<string, string> Published = new()
    {
        ["CallSid"] = "CA1234567890ABCDE",
        ["From"] = "+14158675309",
        ["Digits"] = "1234",
        ["To"] = "+18005551212",
        ["Caller"] = "+14158675309",
    };

    [Fact]
    public void Accepts_the_published_form() => Assert.True(new RequestValidator("12345").Validate(PublishedUrl, Published, PublishedSignature));

    [Fact]
    public void Accepts_the_published_form_as_a_name_value_collection()
    {
        NameValueCollection form = [];
        foreach ((string name, string value) in Published) form.Add(name, value);

        Assert.True(new RequestValidator("12345").Validate(PublishedUrl, form, PublishedSignature));
    }

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=3")]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2")]
    public void Refuses_another_url(string url) => Assert.False(new RequestValidator("12345").Validate(url, Published, PublishedSignature));

    [Fact]
    public void Refuses_a_changed_field() =>
        Assert.False(new RequestValidator("12345").Validate(PublishedUrl, new Dictionary<string, string>(Published) { ["Digits"] = "1235" }, PublishedSignature));

    [Fact]
    public void Refuses_another_token() => Assert.False(new RequestValidator("12346").Validate(PublishedUrl, Published, PublishedSignature));

    [Theory]
    [InlineData("RNeKpVvZUe5C3x/mWOD6lGKfpA8=")]
    [InlineData("NLrHn8m+da0eYn7JMvZwU2Jn6kg=")]
    public void Accepts_unicode_signed_without_and_with_the_standard_port(string signature) =>
        Assert.True(new RequestValidator(OwnToken).Validate(OwnUrl, Parsed(OwnForm), signature));

    [Fact]
    public void Accepts_a_signature_without_the_port_of_the_url()
    {
        string url = OwnUrl.Replace("desk.example.test", "desk.example.test:8443", StringComparison.Ordinal);

        Assert.True(new RequestValidator(OwnToken).Validate(url, Parsed(OwnForm), "RNeKpVvZUe5C3x/mWOD6lGKfpA8="));
    }

    [Fact]
    public void Keeps_the_case_of_the_host_as_configured()
    {
        RequestValidator validator = new("12345");

        Assert.False(validator.Validate(PublishedUrl.Replace("mycompany", "MyCompany", StringComparison.Ordinal), Published, PublishedSignature));
    }

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "y77kIzt2vzLz71DgmJGsen2scGs=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "a9nBmqA0ju/hNViExpshrM61xv4=")]
    public void Checks_the_url_and_the_hash_of_a_json_body(string url, string signature)
    {
        RequestValidator validator = new("12345");

        Assert.True(validator.Validate(url, "{\"property\": \"value\", \"boolean\": true}", signature));
        Assert.False(validator.Validate(url, "{\"property\": \"value\", \"boolean\": false}", signature));
    }

    [Fact]
    public void Joins_repeated_names_with_commas_as_the_official_library_does()
    {
        NameValueCollection form = new() { { "A", "2" }, { "A", "1" } };
        RequestValidator validator = new(OwnToken);

        // Twilio signs A1A2: the reason why the desk computes signatures over the raw form itself.
        Assert.False(validator.Validate("https://desk.example.test/webhooks/twilio/ch_01", form, "gqwBQjrPQc51d4hLMCXyysHKed4="));
    }

    [Fact]
    public void Insists_on_a_url_and_a_signature()
    {
        RequestValidator validator = new("12345");

        Assert.Throws<ArgumentException>(() => validator.Validate("", Published, PublishedSignature));
        Assert.Throws<ArgumentException>(() => validator.Validate(PublishedUrl, Published, ""));
    }

    private static Dictionary<string, string> Parsed(string form) => form
        .Split('&')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));
}
