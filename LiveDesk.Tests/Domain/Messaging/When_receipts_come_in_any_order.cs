using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.Support;
using static LiveDesk.Domain.Messaging.DeliveryStatus;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_receipts_come_in_any_order
{
    private static readonly DeliveryStatus[] News = [Sent, Delivered, Read, Failed, Unknown];

    [Theory]
    [InlineData(Queued)]
    [InlineData(Sending)]
    public void Ends_at_the_furthest_that_was_told_whatever_the_order(DeliveryStatus start)
    {
        foreach (DeliveryStatus[] told in Sequences(5))
        {
            Message message = told.Aggregate(Given.Message(start), (m, status) => DeliveryTransitions.Apply(m, Receipt(status)) ?? m);

            DeliveryStatus expected = new[] { Read, Delivered, Failed, Sent, Unknown }.First(told.Contains);
            Assert.True(message.Status == expected, $"{start}, {string.Join(", ", told)}: {message.Status}");
            Assert.Equal(expected == Failed, message.Failure is not null);
            Assert.Equal("SM1", message.ProviderId);
        }
    }

    [Fact]
    public void Never_steps_back()
    {
        Dictionary<DeliveryStatus, int> rank = new() { [Queued] = 0, [Sending] = 1, [Unknown] = 2, [Sent] = 3, [Failed] = 4, [Delivered] = 5, [Read] = 6 };
        foreach (DeliveryStatus from in Enum.GetValues<DeliveryStatus>())
            foreach (DeliveryStatus to in Enum.GetValues<DeliveryStatus>())
                Assert.Equal(rank[to] > rank[from], DeliveryTransitions.Supersedes(from, to));
    }

    [Theory]
    [InlineData(Sent)]
    [InlineData(Delivered)]
    [InlineData(Read)]
    [InlineData(Failed)]
    public void Is_no_news_the_second_time(DeliveryStatus status)
    {
        Message once = DeliveryTransitions.Apply(Given.Message(Sending), Receipt(status))!;

        Assert.Null(DeliveryTransitions.Apply(once, Receipt(status)));
    }

    [Fact]
    public void Forgets_the_failure_that_a_delivery_disproves()
    {
        Message failed = DeliveryTransitions.Apply(Given.Message(Sent), Receipt(Failed))!;

        Message delivered = DeliveryTransitions.Apply(failed, Receipt(Delivered))!;

        Assert.NotNull(failed.Failure);
        Assert.Null(delivered.Failure);
    }

    [Fact]
    public void Learns_the_providers_id_even_from_an_old_status_and_keeps_the_first()
    {
        Message read = Given.Message(Read);

        Message learnt = DeliveryTransitions.Apply(read, Receipt(Sent))!;

        Assert.Equal((Read, "SM1"), (learnt.Status, learnt.ProviderId));
        Assert.Null(DeliveryTransitions.Apply(learnt, Receipt(Sent) with { ProviderId = "SM2" }));
    }

    [Fact]
    public void Says_nothing_of_what_was_never_sent() =>
        Assert.Null(DeliveryTransitions.Apply(Given.Message(null) with { Direction = MessageDirection.In }, Receipt(Read)));

    private static DeliveryReceipt Receipt(DeliveryStatus status) =>
        new(status, "SM1", status == Failed ? new DeliveryFailure("unreachable", "30003", "x") : null, Given.Now);

    /// <summary>Every order of every choice of up to so many receipts, repetitions included.</summary>
    private static IEnumerable<DeliveryStatus[]> Sequences(int longest)
    {
        List<DeliveryStatus[]> level = [[]];
        for (int length = 1; length <= longest; length++)
        {
            level = [.. level.SelectMany(_ => News, (before, next) => (DeliveryStatus[])[.. before, next])];
            foreach (DeliveryStatus[] sequence in level) yield return sequence;
        }
    }
}
