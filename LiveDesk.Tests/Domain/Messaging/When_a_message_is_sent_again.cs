using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_message_is_sent_again
{
    [Theory]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Unknown)]
    public void Queues_it_with_the_attempts_it_had(DeliveryStatus status)
    {
        Message before = Some.Outgoing(status);

        PendingSend send = Decide(before).Value;

        Assert.Equal(before.Attempts, send.Message.Attempts);
        Assert.Equal((DeliveryStatus.Queued, null, null), (send.Message.Status, send.Message.Failure, send.Message.ProviderId));
        Assert.Equal((before.Id, Some.Address), (send.Message.Id, send.To));
        Assert.Equal(Some.Now.AddHours(23), send.WindowExpiresAt);
    }

    [Fact]
    public void Counts_the_time_it_is_tried_for_from_now() => Assert.Equal(Some.Now, Decide(Some.Outgoing(DeliveryStatus.Failed)).Value.Began);

    [Theory]
    [InlineData(DeliveryStatus.Queued)]
    [InlineData(DeliveryStatus.Sending)]
    [InlineData(DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read)]
    public void Refuses_what_is_on_its_way_or_has_arrived(DeliveryStatus status)
    {
        Refusal? refusal = Decide(Some.Outgoing(status)).Refusal;

        Assert.Equal((RefusalKind.Conflict, "not_resendable"), (refusal?.Kind, refusal?.Code));
    }

    [Fact]
    public void Refuses_a_customers_message() => Assert.Equal("not_resendable", Decide(Some.Incoming()).Refusal?.Code);

    [Fact]
    public void Refuses_as_for_a_new_message()
    {
        Message failed = Some.Outgoing(DeliveryStatus.Failed);
        ContactState closed = Some.State with { Latest = Some.Conversation with { Status = ConversationStatus.Closed } };
        ContactState late = Some.State with
        {
            Contact = Some.Contact with { LastInboundAt = new Dictionary<string, DateTimeOffset> { [Some.Channel.Id.Value] = Some.Now.AddHours(-25) } },
        };

        Assert.Equal("conversation_closed", Decide(failed, closed).Refusal?.Code);
        Assert.Equal("window_closed", Decide(failed, late).Refusal?.Code);
        Assert.Equal("contact_blocked", Decide(failed, Some.State with { Contact = Some.Contact with { Blocked = true } }).Refusal?.Code);
        Assert.Equal("contact_opted_out", Decide(failed, Some.State with { Contact = Some.Contact with { OptedOutChannels = [Some.Channel.Id] } }).Refusal?.Code);
        Assert.Equal("channel_failed", ResendMessage.Decide(Some.State, failed, null, null, Some.Now).Refusal?.Code);
    }

    private static Result<PendingSend> Decide(Message message, ContactState? state = null) =>
        ResendMessage.Decide(state ?? Some.State, message, Some.Channel, Some.Traits, Some.Now);
}
