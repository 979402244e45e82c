using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using static LiveDesk.Tests.Local.Twilio.When_a_message_is_sent_with_the_twilio_client;

namespace LiveDesk.Tests.Local.Twilio;

public sealed class When_a_twilio_call_fails
{
    [Fact]
    public async Task Carries_the_code_of_the_error_document()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(
            400,
            """{"code":21211,"message":"Invalid 'To' Phone Number: 12","more_info":"https://www.twilio.com/docs/errors/21211","status":400,"details":{"field":"To"}}"""));

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => Send(twilio));

        Assert.Equal((21211, 400), (error.Code, error.Status));
        Assert.Equal("Invalid 'To' Phone Number: 12", error.Message);
        Assert.Equal("https://www.twilio.com/docs/errors/21211", error.MoreInfo);
        Assert.Equal("To", error.Details?["field"].ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("null")]
    public async Task Knows_no_status_if_there_is_no_error_document(string body)
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(503, body, "text/html"));

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => Send(twilio));

        Assert.Equal((0, 0), (error.Code, error.Status));
        Assert.StartsWith("Api Error: ServiceUnavailable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_once_only()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(503, ""));

        await Assert.ThrowsAsync<ApiException>(() => Send(twilio));

        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task Reports_a_broken_connection_with_its_cause()
    {
        await using Receiver twilio = await Receiver.StartAsync((_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        ApiConnectionException error = await Assert.ThrowsAsync<ApiConnectionException>(() => Send(twilio));

        Assert.IsType<HttpRequestException>(error.InnerException);
    }

    [Fact]
    public async Task Reports_a_time_out_as_a_connection_error()
    {
        TaskCompletionSource never = new();
        await using Receiver twilio = await Receiver.StartAsync((_, context) => never.Task.WaitAsync(context.RequestAborted));
        using System.Net.Http.HttpClient impatient = new() { Timeout = TimeSpan.FromMilliseconds(200) };

        // The transport is given the local address itself: the redirection of other tests is left out.
        SystemNetHttpClient transport = new(impatient);
        TwilioRestClient client = new(TwilioClients.AccountSid, TwilioClients.AuthToken, httpClient: transport);
        ApiConnectionException error = await Assert.ThrowsAsync<ApiConnectionException>(
            () => client.RequestAsync(new Request("GET", twilio.BaseUri.AbsoluteUri)));

        Assert.IsAssignableFrom<OperationCanceledException>(error.InnerException);
    }

    private static Task<MessageResource> Send(Receiver twilio) =>
        MessageResource.CreateAsync(to: "12", from: "+15550002222", body: "Hello", client: TwilioClients.For(twilio.BaseUri));
}
