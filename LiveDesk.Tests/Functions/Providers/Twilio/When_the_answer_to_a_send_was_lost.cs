using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Twilio.TwilioUnderTest;

namespace LiveDesk.Tests.Functions.Providers.Twilio;

public sealed class When_the_answer_to_a_send_was_lost
{
    [Fact]
    public async Task Finds_the_message_that_was_taken_all_the_same()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        await twilio.Simulated.FaultAsync(new { kind = "drop", accept = true });
        await twilio.SendAsync();

        var found = Assert.IsType<LookupOutcome.Found>(await twilio.LookUpAsync(Outbound(), attempted));

        Assert.Equal((string?)(await twilio.Simulated.ListAsync("twilio/messages"))[0]!["id"], found.ProviderId);
    }

    [Fact]
    public async Task Finds_nothing_where_nothing_was_taken()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind = "drop" });
        await twilio.SendAsync();

        Assert.IsType<LookupOutcome.NotFound>(await twilio.LookUpAsync(Outbound(), DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Does_not_take_the_same_text_of_a_second_ago_for_it()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        string first = Assert.IsType<SendOutcome.Accepted>(await twilio.SendAsync()).ProviderId;
        await twilio.Simulated.FaultAsync(new { kind = "drop" });
        await twilio.SendAsync();

        Assert.IsType<LookupOutcome.NotFound>(await twilio.LookUpAsync(Outbound(), attempted, known: first));
    }

    [Fact]
    public async Task Tells_two_equal_texts_of_one_second_apart()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        string first = Assert.IsType<SendOutcome.Accepted>(await twilio.SendAsync()).ProviderId;
        await twilio.Simulated.FaultAsync(new { kind = "drop", accept = true });
        await twilio.SendAsync();

        var found = Assert.IsType<LookupOutcome.Found>(await twilio.LookUpAsync(Outbound(), attempted, known: first));

        Assert.NotEqual(first, found.ProviderId);
    }

    [Fact]
    public async Task Passes_over_other_texts_other_customers_and_older_messages()
    {
        await using TwilioUnderTest twilio = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        await twilio.SendAsync(Outbound("Hello"));

        Assert.IsType<LookupOutcome.NotFound>(await twilio.LookUpAsync(Outbound("Hello!"), attempted));
        Assert.IsType<LookupOutcome.NotFound>(await twilio.LookUpAsync(Outbound("Hello", to: "+15550003333"), attempted));
        Assert.IsType<LookupOutcome.NotFound>(await twilio.LookUpAsync(Outbound("Hello"), attempted.AddSeconds(30)));
        Assert.IsType<LookupOutcome.Found>(await twilio.LookUpAsync(Outbound("Hello"), attempted));
    }

    [Theory]
    [InlineData("status", "<html/>")]
    [InlineData("status", null)]
    [InlineData("drop", null)]
    public async Task Says_when_twilio_cannot_be_asked(string kind, string? body)
    {
        await using TwilioUnderTest twilio = await StartAsync();
        await twilio.Simulated.FaultAsync(new { kind, body });

        Assert.IsType<LookupOutcome.Unavailable>(await twilio.LookUpAsync(Outbound(), DateTimeOffset.UtcNow));
    }
}
