using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Bandwidth;
using static LiveDesk.Tests.Functions.Providers.Bandwidth.BandwidthBench;

namespace LiveDesk.Tests.Functions.Providers.Bandwidth;

public sealed class When_bandwidths_answer_was_lost
{
    [Fact]
    public async Task Finds_the_message_that_was_taken_all_the_same()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        await bandwidth.FaultAsync(new { kind = "drop", accept = true });
        await SendAsync(bandwidth, "Ça va? 👋");

        var found = Assert.IsType<LookupOutcome.Found>(await LookUpAsync(bandwidth, "Ça va? 👋", attempted));

        Assert.Equal((string?)(await bandwidth.SentAsync()).Single()["id"], found.ProviderId);
    }

    [Fact]
    public async Task Finds_nothing_where_nothing_was_taken()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        await bandwidth.FaultAsync(new { kind = "drop" });
        await SendAsync(bandwidth, "Hello");

        Assert.IsType<LookupOutcome.NotFound>(await LookUpAsync(bandwidth, "Hello", DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Tells_two_equal_texts_apart_and_passes_over_others()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        string first = Assert.IsType<SendOutcome.Accepted>(await SendAsync(bandwidth, "Hello")).ProviderId;

        Assert.IsType<LookupOutcome.NotFound>(await LookUpAsync(bandwidth, "Hello", attempted, first));
        Assert.IsType<LookupOutcome.NotFound>(await LookUpAsync(bandwidth, "Hello!", attempted));
        Assert.IsType<LookupOutcome.NotFound>(await LookUpAsync(bandwidth, "Hello", attempted.AddSeconds(30)));
        Assert.IsType<LookupOutcome.NotFound>(await LookUpAsync(bandwidth, "Hello", attempted, to: "+12345678909"));
        string second = Assert.IsType<SendOutcome.Accepted>(await SendAsync(bandwidth, "Hello")).ProviderId;
        Assert.Equal(second, Assert.IsType<LookupOutcome.Found>(await LookUpAsync(bandwidth, "Hello", attempted, first)).ProviderId);
    }

    [Theory]
    [InlineData("delivered", null, DeliveryStatus.Delivered)]
    [InlineData("failed", "4775", DeliveryStatus.Failed)]
    [InlineData("failed", "9902", DeliveryStatus.Sent)]
    [InlineData("sending", null, DeliveryStatus.Sent)]
    public async Task Knows_how_far_it_has_come(string status, string? errorCode, DeliveryStatus expected)
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        DateTimeOffset attempted = DateTimeOffset.UtcNow;
        string id = Assert.IsType<SendOutcome.Accepted>(await SendAsync(bandwidth, "Hello")).ProviderId;
        await bandwidth.PushAsync(id, new { status, errorCode });

        var found = Assert.IsType<LookupOutcome.Found>(await LookUpAsync(bandwidth, "Hello", attempted));

        Assert.Equal((expected, expected == DeliveryStatus.Failed ? "contact_opted_out" : null), (found.Status, found.Failure?.Code));
    }

    [Theory]
    [InlineData("status", "<html/>")]
    [InlineData("status", null)]
    [InlineData("drop", null)]
    public async Task Says_when_bandwidth_cannot_be_asked(string kind, string? body)
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        await bandwidth.FaultAsync(new { kind, body });

        Assert.IsType<LookupOutcome.Unavailable>(await LookUpAsync(bandwidth, "Hello", DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Says_for_whom_a_message_was()
    {
        await using SimulatedProvider bandwidth = await StartAsync();
        string id = Assert.IsType<SendOutcome.Accepted>(await SendAsync(bandwidth, "Hello")).ProviderId;
        BandwidthProvider provider = Provider(bandwidth.BaseUrl);

        Assert.Equal(Customer, (await provider.FindRecipientAsync(Channel(), id, CancellationToken.None))?.Address);
        Assert.Null(await provider.FindRecipientAsync(Channel(), "another", CancellationToken.None));
    }

    private static async Task<SimulatedProvider> StartAsync()
    {
        SimulatedProvider bandwidth = await SimulatedProvider.StartAsync("bandwidth", new { phoneNumber = Number });
        await bandwidth.SetAsync(new { autoStatus = Array.Empty<string>() });
        return bandwidth;
    }

    private static Task<SendOutcome> SendAsync(SimulatedProvider bandwidth, string text) =>
        Provider(bandwidth.BaseUrl).SendAsync(Bench.Outbound(Channel(), Customer, MessageContent.OfText(text)), CancellationToken.None);

    private static Task<LookupOutcome> LookUpAsync(SimulatedProvider bandwidth, string text, DateTimeOffset attemptedAt, string? known = null, string to = Customer) =>
        Provider(bandwidth.BaseUrl).LookUpAsync(
            Bench.Outbound(Channel(), to, MessageContent.OfText(text)), attemptedAt, id => Task.FromResult(id == known), CancellationToken.None);
}
