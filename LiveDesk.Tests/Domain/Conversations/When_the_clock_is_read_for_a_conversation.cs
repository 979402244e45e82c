using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Conversations;

public sealed class When_the_clock_is_read_for_a_conversation
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Sleeps_a_day_where_nothing_can_come_due() =>
        Assert.Equal(new ClockReading(null, Given.Now.AddDays(1)), Read(Given.Conversation(), new ChannelSettings()));

    [Theory]
    [InlineData(60, null)]
    [InlineData(59, TimedAction.Close)]
    public void Closes_when_the_customer_has_been_silent_for_the_channels_time(int minutes, TimedAction? due)
    {
        var settings = new ChannelSettings { AutoClose = new AutoCloseSettings(TimeSpan.FromMinutes(minutes)) };
        Conversation conversation = Given.Conversation() with { AwaitingCustomerSince = Given.Now.AddMinutes(-59) };

        Assert.Equal(due, Read(conversation, settings).Due);
        Assert.Null(Read(conversation with { AwaitingCustomerSince = null }, settings).Due);
        Assert.Null(Read(conversation with { Status = ConversationStatus.Snoozed }, settings).Due);
    }

    [Fact]
    public void Looks_again_before_anything_that_starts_now_can_come_due()
    {
        var settings = new ChannelSettings
        {
            AutoClose = new AutoCloseSettings(3 * Hour), Assignment = new AssignmentSettings { ReassignAfter = 2 * Hour, ReleaseInactiveAfter = 4 * Hour },
        };

        Assert.Equal(Given.Now + (2 * Hour), Read(Given.Conversation(), settings).NextLook);
        Assert.Equal(Given.Now + (2 * Hour), Read(Given.Conversation() with { Status = ConversationStatus.Snoozed }, settings).NextLook);
        Assert.Equal(Given.Now.AddMinutes(5), Read(
            Given.Conversation() with { Status = ConversationStatus.Snoozed, SnoozedUntil = Given.Now.AddMinutes(5) }, settings).NextLook);
    }

    [Fact]
    public void Moves_the_customer_on_who_has_waited_too_long_for_this_owner()
    {
        var settings = new ChannelSettings { Assignment = new AssignmentSettings { ReassignAfter = Hour } };
        Conversation waiting = Given.Conversation() with
        {
            Owner = Owner.Agent(Given.Ana, "Ana"), OwnerSince = Given.Now.AddHours(-2), CustomerWaitingSince = Given.Now.AddHours(-1),
        };

        Assert.Equal(TimedAction.Reassign, Read(waiting, settings).Due);
        Assert.Equal(new ClockReading(null, Given.Now.AddMinutes(30)), Read(waiting with { OwnerSince = Given.Now.AddMinutes(-30) }, settings));
        Assert.Null(Read(waiting with { CustomerWaitingSince = null }, settings).Due);
        Assert.Null(Read(waiting with { Owner = Owner.None }, settings).Due);
    }

    [Fact]
    public void Frees_the_slot_of_a_silent_customer_once()
    {
        var settings = new ChannelSettings { Assignment = new AssignmentSettings { ReleaseInactiveAfter = Hour } };
        Conversation silent = Given.Conversation() with { Owner = Owner.Agent(Given.Ana, "Ana"), AwaitingCustomerSince = Given.Now.AddHours(-1) };

        Assert.Equal(TimedAction.ReleaseSlot, Read(silent, settings).Due);
        Assert.Null(Read(silent with { Inactive = true }, settings).Due);
        Assert.Null(Read(silent with { CustomerWaitingSince = Given.Now }, settings).Due);
    }

    [Fact]
    public void Goes_on_from_a_line_when_the_rules_time_is_over()
    {
        Assert.Equal(TimedAction.RouteOn, Read(Given.Conversation(), new ChannelSettings(), Given.Now).Due);
        Assert.Equal(Given.Now.AddMinutes(1), Read(Given.Conversation(), new ChannelSettings(), Given.Now.AddMinutes(1)).NextLook);
        Assert.Null(Read(Given.Conversation() with { Owner = Owner.Ai("ai_1", null) }, new ChannelSettings(), Given.Now).Due);
    }

    [Fact]
    public void Knows_the_next_opening_while_the_channel_is_closed()
    {
        var settings = new ChannelSettings { BusinessHours = new BusinessHoursSettings { Enabled = true } };

        Assert.Null(LifecycleClock.Opening(settings, Given.Now));
        Assert.Equal(Given.Now.AddDays(1), LifecycleClock.Opening(settings, Given.Now.AddHours(12)));
    }

    private static ClockReading Read(Conversation conversation, ChannelSettings settings, DateTimeOffset? waitsUntil = null) =>
        LifecycleClock.Read(conversation, settings, waitsUntil, Given.Now);
}
