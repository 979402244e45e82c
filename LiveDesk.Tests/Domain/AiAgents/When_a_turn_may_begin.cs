using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.AiAgents;

public sealed class When_a_turn_may_begin
{
    [Fact]
    public void Asks_the_agent_that_a_customer_waits_for() => Assert.Equal(AiTurnStep.Ask, Look(AiSetting.Waiting()));

    [Theory]
    [InlineData("closed")]
    [InlineData("snoozed")]
    [InlineData("a person's")]
    [InlineData("nobody's")]
    [InlineData("owned anew")]
    [InlineData("answered")]
    [InlineData("quiet")]
    [InlineData("blocked")]
    [InlineData("opted out")]
    [InlineData("another one")]
    [InlineData("unknown")]
    public void Does_nothing_if_it_is(string state) => Assert.Equal(AiTurnStep.Nothing, Look(state switch
    {
        "closed" => AiSetting.Waiting(conversation: c => c with { Status = ConversationStatus.Closed }),
        "snoozed" => AiSetting.Waiting(conversation: c => c with { Status = ConversationStatus.Snoozed }),
        "a person's" => AiSetting.Waiting(conversation: c => c with { Owner = Owner.Agent(Given.Ana, "Ana") }),
        "nobody's" => AiSetting.Waiting(conversation: c => c with { Owner = Owner.None }),
        "owned anew" => AiSetting.Waiting(conversation: c => c with { OwnerVersion = AiSetting.Version + 1 }),
        "answered" => AiSetting.Waiting(conversation: c => c with { CustomerWaitingSince = null }),
        "quiet" => AiSetting.Waiting(conversation: c => c with { Quiet = true }),
        "blocked" => AiSetting.Waiting(c => c with { Blocked = true }),
        "opted out" => AiSetting.Waiting(c => c with { OptedOutChannels = [Given.ChannelId()] }),
        "another one" => AiSetting.Waiting(conversation: c => c with { Id = c.Id with { Number = 2 } }),
        _ => ContactState.None,
    }));

    [Theory]
    [InlineData(5, AiTurnStep.LeaveToLater)]
    [InlineData(9, AiTurnStep.LeaveToLater)]
    [InlineData(10, AiTurnStep.Ask)]
    public void Leaves_the_answer_to_the_turn_of_a_later_message_for_a_while(int secondsWaited, AiTurnStep step)
    {
        ContactState state = AiSetting.Waiting(conversation: c => c with
        {
            LastQuestion = AiSetting.Question + 1,
            CustomerWaitingSince = Given.Now.AddSeconds(-secondsWaited),
        });

        Assert.Equal(step, Look(state));
    }

    [Fact]
    public void Collects_for_two_seconds_at_the_most() =>
        Assert.InRange(new AiTurnWork(Given.Workspace, Given.ConversationId, 1, 1).Delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    private static AiTurnStep Look(ContactState state) =>
        AiTurnPlan.Look(state, new AiTurnWork(Given.Workspace, Given.ConversationId, AiSetting.Version, AiSetting.Question), Given.Now);
}
