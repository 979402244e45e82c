using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_send_has_ended
{
    private static readonly ProviderTraits CanLookUp = Traits(true);
    private static readonly ProviderTraits CannotLookUp = Traits(false);
    private static readonly DeliveryFailure Failure = new("provider_refused", "1", "x");
    private static readonly SendOutcome.ServerError ServerError = new(null, "500");

    [Fact]
    public void Is_sent_when_it_was_accepted() =>
        Assert.Equal(new SendStep.Sent("SM1", DeliveryStatus.Sent), After(new SendOutcome.Accepted("SM1")));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Fails_at_once_when_it_was_refused(bool optedOut, bool broken) =>
        Assert.Equal(new SendStep.Fail(Failure, optedOut, broken), After(new SendOutcome.Refused(Failure, optedOut, broken)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_tried_again_when_it_surely_was_not_taken(bool canLookUp) =>
        Assert.IsType<SendStep.Retry>(After(new SendOutcome.NotTaken(null, "429"), traits: Traits(canLookUp)));

    [Fact]
    public void Asks_before_it_repeats_after_an_error_of_the_server()
    {
        Assert.Equal(new SendStep.LookUp(TimeSpan.Zero), After(ServerError));
        Assert.IsType<SendStep.Retry>(After(ServerError, traits: CannotLookUp));
    }

    [Fact]
    public void Never_repeats_blindly_what_may_have_been_taken()
    {
        Assert.Equal(new SendStep.LookUp(TimeSpan.Zero), After(new SendOutcome.Ambiguous("x")));
        Assert.Equal(new SendStep.GiveUpAsUnknown("x"), After(new SendOutcome.Ambiguous("x"), traits: CannotLookUp));
        Assert.Equal(new SendStep.LookUp(TimeSpan.Zero), SendRecovery.AfterCrash(CanLookUp));
        Assert.IsType<SendStep.GiveUpAsUnknown>(SendRecovery.AfterCrash(CannotLookUp));
    }

    [Fact]
    public void Waits_as_long_as_the_provider_asks()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), Retry(new SendOutcome.NotTaken(TimeSpan.FromSeconds(7), "429"), 1));
        Assert.Equal(TimeSpan.Zero, Retry(new SendOutcome.NotTaken(TimeSpan.Zero, "429"), 1));
    }

    [Fact]
    public void Does_not_wait_longer_than_it_would_ever_try() =>
        Assert.Equal(SendRecovery.GiveUpAfter, Retry(new SendOutcome.NotTaken(TimeSpan.FromDays(400), "429"), 1));

    [Theory]
    [InlineData(1, 0.0, 0.5)]
    [InlineData(1, 1.0, 1)]
    [InlineData(2, 1.0, 2)]
    [InlineData(3, 1.0, 4)]
    [InlineData(3, 0.5, 3)]
    [InlineData(7, 1.0, 64)]
    [InlineData(8, 1.0, 120)]
    [InlineData(8, 0.0, 60)]
    [InlineData(1_000_000, 1.0, 120)]
    public void Backs_off_with_jitter_up_to_two_minutes(int attempt, double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Retry(new SendOutcome.NotTaken(null, "429"), attempt, jitter));

    [Fact]
    public void Gives_up_after_a_day()
    {
        Assert.IsType<SendStep.Retry>(After(new SendOutcome.NotTaken(null, "429"), age: SendRecovery.GiveUpAfter - TimeSpan.FromSeconds(1)));
        Assert.Equal("provider_unavailable", Assert.IsType<SendStep.Fail>(After(new SendOutcome.NotTaken(null, "429"), age: SendRecovery.GiveUpAfter)).Failure.Code);
        Assert.IsType<SendStep.Fail>(Looked(new LookupOutcome.NotFound(), 1, ServerError, age: SendRecovery.GiveUpAfter));
        Assert.IsType<SendStep.GiveUpAsUnknown>(Looked(new LookupOutcome.Unavailable("x"), 1, null, age: SendRecovery.GiveUpAfter));
    }

    [Theory]
    [InlineData(DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read)]
    public void Is_what_the_look_up_finds(DeliveryStatus status) =>
        Assert.Equal(new SendStep.Sent("SM1", status), Looked(new LookupOutcome.Found("SM1", status), 1, null));

    [Fact]
    public void Has_failed_if_the_look_up_finds_that() =>
        Assert.Equal(new SendStep.Fail(Failure, false, false), Looked(new LookupOutcome.Found("SM1", DeliveryStatus.Failed, Failure), 1, null));

    [Fact]
    public void Is_tried_again_if_the_server_failed_and_does_not_know_it() =>
        Assert.IsType<SendStep.Retry>(Looked(new LookupOutcome.NotFound(), 1, ServerError));

    [Fact]
    public void Looks_twice_before_it_is_unknown()
    {
        Assert.Equal(new SendStep.LookUp(TimeSpan.FromSeconds(5)), Looked(new LookupOutcome.NotFound(), 1, null));
        Assert.IsType<SendStep.GiveUpAsUnknown>(Looked(new LookupOutcome.NotFound(), 2, null));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(50, 120)]
    public void Asks_again_while_the_provider_cannot_be_asked(int lookups, int seconds) =>
        Assert.Equal(new SendStep.LookUp(TimeSpan.FromSeconds(seconds)), Looked(new LookupOutcome.Unavailable("x"), lookups, null));

    private static SendStep After(SendOutcome outcome, ProviderTraits? traits = null, int attempt = 1, TimeSpan age = default, double jitter = 1) =>
        SendRecovery.After(outcome, traits ?? CanLookUp, attempt, age, jitter);

    private static SendStep Looked(LookupOutcome outcome, int lookups, SendOutcome.ServerError? error, TimeSpan age = default) =>
        SendRecovery.After(outcome, lookups, error, 1, age, 1);

    private static TimeSpan Retry(SendOutcome outcome, int attempt, double jitter = 1) =>
        Assert.IsType<SendStep.Retry>(After(outcome, attempt: attempt, jitter: jitter)).After;

    private static ProviderTraits Traits(bool canLookUp) => new()
    {
        Name = "test",
        Types = [ChannelType.Sms],
        Credentials = [],
        MaximumTextLength = 100,
        DefaultRate = 1,
        CanLookUp = canLookUp,
    };
}
