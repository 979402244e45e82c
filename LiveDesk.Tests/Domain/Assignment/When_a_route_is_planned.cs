using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Assignment;

public sealed class When_a_route_is_planned
{
    private static readonly MatchFacts Facts = new() { ChannelId = Given.ChannelId().Value, ContactLanguage = "es", WithinBusinessHours = true };

    [Fact]
    public void Tries_the_first_matching_rule_then_the_ai_agent_then_people()
    {
        RoutingRule[] rules = [Rule("b", 2, "es"), Rule("a", 2, "es"), Rule("c", 1, "fr"), Rule("d", 0, "es") with { Active = false }];

        Route route = Routing.Plan(rules, Question(WithAi()));

        Assert.Equal(
            [new RouteStep(RouteKind.Team, "team_a", "rule:a", TimeSpan.FromMinutes(5)), new RouteStep(RouteKind.AiAgent, "ai_1", "ai"), new RouteStep(RouteKind.People)],
            route.Steps);
        Assert.Equal(["d", "c", "a", "b"], route.Trace.Select(t => t.Rule.Id));
        Assert.Equal(["not active", null, null, "an earlier rule matched"], route.Trace.Select(t => t.Skipped));
        Assert.Equal("a", route.Rule!.Id);
    }

    [Fact]
    public void Leaves_out_what_is_not_there()
    {
        Assert.Equal([new RouteStep(RouteKind.People)], Routing.Plan([], Question(Given.Channel())).Steps);
        Assert.Equal([new RouteStep(RouteKind.People)], Routing.Plan([], Question(WithAi()) with { AiAgents = [] }).Steps);
        Assert.Equal([new RouteStep(RouteKind.People)], Routing.Plan([], Question(WithAi()) with { AiDone = true }).Steps);
        Assert.Equal([new RouteStep(RouteKind.People)], Routing.Plan([Rule("a", 1, "es")], Question(Given.Channel()) with { SkipRules = true }).Steps);
        Assert.Empty(Routing.Plan([], Question(With(s => s with { Assignment = new AssignmentSettings { Auto = false } }))).Steps);
        RoutingRule other = Rule("a", 1, "es") with { ChannelIds = [Given.ChannelId(9)] };
        Assert.Equal("for other channels", Routing.Plan([other], Question(Given.Channel())).Trace.Single().Skipped);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void Lets_an_ai_agent_answer_outside_hours_only_if_it_may(bool isOpen, bool outside, bool answers)
    {
        Channel channel = WithAi() with
        {
            Settings = WithAi().Settings with { BusinessHours = new BusinessHoursSettings { Enabled = true, AiOutsideHours = outside } },
        };
        RoutingRule toAi = Rule("a", 1, "es") with { Target = new RuleTarget(RuleTargetKind.AiAgent, "ai_1") };

        Route route = Routing.Plan([toAi], Question(channel) with { Facts = Facts with { WithinBusinessHours = isOpen } });

        Assert.Equal(answers ? 2 : 0, route.Steps.Count(s => s.Kind == RouteKind.AiAgent));
        Assert.Equal(RouteKind.People, route.Steps[^1].Kind);
    }

    private static RoutingQuestion Question(Channel channel) => new(channel, Facts, ["ai_1"]);

    private static Channel WithAi() => With(s => s with { Ai = new AiSettings { Enabled = true, AiAgentId = "ai_1" } });

    private static Channel With(Func<ChannelSettings, ChannelSettings> change) => Given.Channel() with { Settings = change(new ChannelSettings()) };

    private static RoutingRule Rule(string id, int position, string language) => new()
    {
        Workspace = Given.Workspace,
        Id = id,
        Name = id,
        Position = position,
        Match = new MatchConditions { All = [new Condition(MatchField.Language, MatchOp.Equals, JsonSerializer.SerializeToElement(language))] },
        Target = new RuleTarget(RuleTargetKind.Team, $"team_{id}"),
        WaitTimeout = TimeSpan.FromMinutes(5),
        CreatedAt = Given.Now,
    };
}
