using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using static LiveDesk.Tests.Domain.Messaging.MessagingStories;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_watermark_comes
{
    [Fact]
    public void Reaches_what_had_gone_out_by_then()
    {
        Message[] messages = [Out(1, DeliveryStatus.Sent), Out(2, DeliveryStatus.Delivered), Out(3, DeliveryStatus.Sent), Out(30, DeliveryStatus.Sent)];

        Assert.Equal([1, 2, 3], Reached(messages, DeliveryStatus.Read, 3));
        Assert.Equal([1, 3], Reached(messages, DeliveryStatus.Delivered, 3));
    }

    [Theory]
    [InlineData(DeliveryStatus.Queued)]
    [InlineData(DeliveryStatus.Sending)]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Unknown)]
    [InlineData(DeliveryStatus.Read)]
    public void Proves_nothing_about_what_may_not_have_left(DeliveryStatus status) =>
        Assert.Empty(Reached([Out(1, status)], DeliveryStatus.Read, 60));

    [Fact]
    public void Passes_over_customers_messages_notes_and_other_channels()
    {
        Message sent = Out(1, DeliveryStatus.Sent);

        Assert.Empty(Reached(
            [
                sent with { Direction = MessageDirection.In }, sent with { Direction = MessageDirection.Note }, sent with { Channel = null },
                sent with { ProviderId = null },
            ], DeliveryStatus.Read, 60));
    }

    [Fact]
    public void Goes_by_the_attempt_that_carried_the_message()
    {
        Message late = Out(1, DeliveryStatus.Sent) with { Attempts = [new SendAttempt(1, Now.AddSeconds(40))] };

        Assert.Empty(Reached([late], DeliveryStatus.Read, 30));
        Assert.Equal([1], Reached([late], DeliveryStatus.Read, 39));
    }

    private static IEnumerable<int> Reached(Message[] messages, DeliveryStatus status, int second) =>
        ReceiveWatermark.Reached(messages, Page.Id, status, Now.AddSeconds(second)).Select(m => (int)m.Id.Sequence);

    private static Message Out(int second, DeliveryStatus status) => new()
    {
        Id = MessageId.Create(new ConversationId(Id, 1), Now.AddSeconds(second), second),
        Direction = MessageDirection.Out,
        Author = new Actor(ActorKind.Agent),
        Content = MessageContent.OfText("x"),
        Channel = Page.Id,
        Status = status,
        ProviderId = $"m_{second}",
        OccurredAt = Now.AddSeconds(second),
        ReceivedAt = Now.AddSeconds(second),
    };
}
