using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Local.Twilio;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Content.V1;
using Twilio.Rest.Messaging.V1;
using static LiveDesk.Tests.Local.ProviderSimulator.SimulatedTwilio;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_the_simulated_twilio_refuses
{
    public static TheoryData<int, string, string?, Dictionary<string, string>> Refusals => new()
    {
        { 21604, "", Sms, [] },
        { 21211, "12", Sms, [] },
        { 21211, "whatsapp:12", WhatsApp, [] },
        { 21603, SmsCustomer, null, [] },
        { 21212, SmsCustomer, "+1", [] },
        { 21606, SmsCustomer, "+15559999999", [] },
        { 63007, WhatsAppCustomer, "whatsapp:+15559999999", [] },
        { 21910, WhatsAppCustomer, Sms, [] },
        { 21910, SmsCustomer, WhatsApp, [] },
        { 21266, Sms, Sms, [] },
        { 21619, SmsCustomer, Sms, new() { ["Body"] = "" } },
        { 21617, SmsCustomer, Sms, new() { ["Body"] = new string('a', 1601) } },
        { 21620, SmsCustomer, Sms, new() { ["MediaUrl"] = "ftp://cdn.example.test/a.png" } },
        { 21609, SmsCustomer, Sms, new() { ["StatusCallback"] = "/relative" } },
        { 21609, SmsCustomer, Sms, new() { ["StatusCallback"] = "https://my_desk.example.test/x" } },
        { 21655, SmsCustomer, Sms, new() { ["ContentSid"] = "HX00000000000000000000000000000009" } },
        { 92007, SmsCustomer, Sms, new() { ["ContentSid"] = "HX00000000000000000000000000000000", ["ContentVariables"] = "{1:2}" } },
        { 21656, SmsCustomer, Sms, new() { ["ContentSid"] = "HX00000000000000000000000000000000", ["ContentVariables"] = """{"1":""}""" } },
        { 21705, SmsCustomer, null, new() { ["MessagingServiceSid"] = "MG1" } },
        { 20001, SmsCustomer, Sms, new() { ["ValidityPeriod"] = "0" } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Names_the_code(int code, string to, string? from, Dictionary<string, string> fields)
    {
        await using SimulatedTwilio twilio = await StartAsync();
        Dictionary<string, string> form = new() { ["To"] = to, ["Body"] = "Hello" };
        if (from is not null) form["From"] = from;
        foreach ((string name, string value) in fields) form[name] = value;

        using FormUrlEncodedContent content = new(form);
        (HttpStatusCode status, JsonNode error) = await PostAsync(twilio, content);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (int)error["code"]!));
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", (string?)error["more_info"]);
        Assert.Equal(400, (int)error["status"]!);
        Assert.NotEmpty((string)error["message"]!);
        Assert.Empty(await twilio.ListAsync("twilio/messages"));
    }

    [Fact]
    public async Task Takes_ten_files_and_no_more()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        List<Uri> files = [.. Enumerable.Range(0, 11).Select(i => new Uri($"https://cdn.example.test/{i}.png"))];

        MessageResource ten = await twilio.SendAsync(options => options.MediaUrl = files[..10]);
        ApiException eleven = await twilio.RefusalAsync(options => options.MediaUrl = files);

        Assert.Equal("10", ten.NumMedia);
        Assert.Equal(21623, eleven.Code);
    }

    [Fact]
    public async Task Takes_1600_characters_and_a_local_callback()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        MessageResource message = await twilio.SendAsync(options =>
        {
            options.Body = new string('a', 1600);
            options.StatusCallback = new Uri("http://localhost:1/x");
        });

        Assert.Equal("11", message.NumSegments);
    }

    [Fact]
    public async Task Wants_a_form()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        using JsonContent json = JsonContent.Create(new { To = SmsCustomer, From = Sms, Body = "Hello" });
        (HttpStatusCode status, _) = await PostAsync(twilio, json);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Theory]
    [InlineData(TwilioClients.AccountSid, "wrong")]
    [InlineData("AC0", TwilioClients.AuthToken)]
    [InlineData("AC00000000000000000000000000000000", "wrong")]
    public async Task Knows_bad_credentials(string account, string token)
    {
        await using SimulatedTwilio twilio = await StartAsync();

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => AccountResource.FetchAsync(client: TwilioClients.For(twilio.Api, account, token)));

        Assert.Equal((20003, 401), (error.Code, error.Status));
    }

    [Fact]
    public async Task Takes_strangers_until_an_account_is_registered()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        const string stranger = "AC00000000000000000000000000000007";

        AccountResource first = await AccountResource.FetchAsync(client: TwilioClients.For(twilio.Api, stranger, "any"));
        ApiException other = await Assert.ThrowsAsync<ApiException>(() => AccountResource.FetchAsync(client: TwilioClients.For(twilio.Api, stranger, "another")));
        await twilio.ControlAsync("twilio/accounts", new { accountSid = "AC00000000000000000000000000000008", authToken = "t" }, HttpStatusCode.Created);
        ApiException late = await Assert.ThrowsAsync<ApiException>(
            () => AccountResource.FetchAsync(client: TwilioClients.For(twilio.Api, "AC00000000000000000000000000000009", "any")));

        Assert.Equal(stranger, first.Sid);
        Assert.Equal(AccountResource.StatusEnum.Active, first.Status);
        Assert.Equal(20003, other.Code);
        Assert.Equal(20003, late.Code);
    }

    [Fact]
    public async Task Takes_an_api_key_of_the_account()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        const string key = "SK00000000000000000000000000000001";
        await twilio.ControlAsync(
            "twilio/accounts",
            new { accountSid = TwilioClients.AccountSid, authToken = TwilioClients.AuthToken, apiKeys = new Dictionary<string, string> { [key] = "apisecret01" } },
            HttpStatusCode.Created);

        using HttpRequestMessage request = new(HttpMethod.Get, $"{twilio.Api}/2010-04-01/Accounts/{TwilioClients.AccountSid}.json");
        request.Headers.Authorization = new("Basic", "U0swMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTphcGlzZWNyZXQwMQ==");
        using HttpResponseMessage answer = await twilio.Http.SendAsync(request);
        ApiException wrong = await Assert.ThrowsAsync<ApiException>(
            () => AccountResource.FetchAsync(TwilioClients.AccountSid, TwilioClients.For(twilio.Api, key, "wrong")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(20003, wrong.Code);
    }

    [Fact]
    public async Task Does_not_know_what_does_not_exist()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        ApiException message = await Assert.ThrowsAsync<ApiException>(
            () => MessageResource.FetchAsync("SM00000000000000000000000000000001", client: twilio.Client));
        ApiException service = await Assert.ThrowsAsync<ApiException>(
            () => ServiceResource.FetchAsync("MG00000000000000000000000000000001", twilio.Client));

        Assert.Equal((20404, 404), (message.Code, message.Status));
        Assert.Equal(20404, service.Code);
    }

    [Fact]
    public async Task Answers_an_unknown_path_with_an_error_document()
    {
        await using SimulatedTwilio twilio = await StartAsync();

        using HttpResponseMessage answer = await twilio.Http.GetAsync("/twilio/2010-04-01/Nothing.json");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(20404, (int)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!);
    }

    [Fact]
    public async Task Shows_services_templates_and_numbers_of_the_account()
    {
        await using SimulatedTwilio twilio = await StartAsync();
        const string service = "MG00000000000000000000000000000001";
        await twilio.RegisterAsync(Sms, new { messagingServiceSid = service });
        await twilio.ControlAsync(
            "twilio/contents",
            new { accountSid = TwilioClients.AccountSid, friendlyName = "hello", body = "Hi {{1}}", variables = new Dictionary<string, string> { ["1"] = "Ann" } },
            HttpStatusCode.Created);

        ServiceResource found = await ServiceResource.FetchAsync(service, twilio.Client);
        List<ContentResource> contents = [.. await ContentResource.ReadAsync(pageSize: 1, client: twilio.Client)];

        Assert.Equal((service, "POST"), (found.Sid, found.InboundMethod?.ToString()));
        Assert.Equal(["order_ready", "hello"], contents.Select(content => content.FriendlyName));
        Assert.Contains("Hi {{1}}", contents[1]._Types?.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Error)> PostAsync(SimulatedTwilio twilio, HttpContent content)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{twilio.Api}/2010-04-01/Accounts/{TwilioClients.AccountSid}/Messages.json");
        request.Headers.Authorization = new("Basic", "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpsaXZlZGVza190ZXN0X2F1dGhfdG9rZW5fMDAwMQ==");
        request.Content = content;
        using HttpResponseMessage answer = await twilio.Http.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
