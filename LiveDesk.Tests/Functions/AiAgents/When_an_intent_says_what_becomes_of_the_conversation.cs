using System.Text;
using System.Text.Json;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.AiAgents.Dialogflow;

namespace LiveDesk.Tests.Functions.AiAgents;

public sealed class When_an_intent_says_what_becomes_of_the_conversation
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\" TRUE \"", true)]
    [InlineData("[\"true\"]", true)]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    [InlineData("2", false)]
    [InlineData("\"yes\"", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    public void Closes_only_if_it_clearly_says_so(string value, bool closes) =>
        Assert.Equal(closes, Effects($$"""{"RB_MARKDONE":{{value}}}""").Any(e => e is AiEffect.Close));

    [Theory]
    [InlineData("""{"RB_BOTSTATUS":"false"}""", true)]
    [InlineData("""{"RB_BOTSTATUS":false}""", true)]
    [InlineData("""{"RB_BOTSTATUS":"true"}""", false)]
    [InlineData("""{"rb_botstatus":"false"}""", false)]
    [InlineData("""{"RB_BOTSTATUS":"false","RB_MARKDONE":"true"}""", false)]
    public void Hands_over_if_it_turns_itself_off_in_a_conversation_that_goes_on(string parameters, bool handsOver) =>
        Assert.Equal(handsOver, Effects(parameters).Any(e => e is AiEffect.HandOff));

    [Fact]
    public void Reads_tags_between_commas()
    {
        IReadOnlyList<AiEffect> effects = Effects("""{"RB_ADDTAGS":"orders, vip ,,","RB_REMOVETAGS":["new","old"]}""");

        Assert.Equal(["orders", "vip"], effects.OfType<AiEffect.AddTags>().Single().Tags);
        Assert.Equal(["new", "old"], effects.OfType<AiEffect.RemoveTags>().Single().Tags);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"RB_MARKDONE\"")]
    [InlineData("""{"RB_ADDTAGS":7,"RB_NOTIFY":" ","RB_UNKNOWN":"x"}""")]
    public void Does_nothing_with_what_makes_no_sense(string parameters) =>
        Assert.DoesNotContain(Effects(parameters), e => e is not AiEffect.AddTags { Tags: ["7"] });

    [Fact]
    public void Waits_while_Dialogflow_still_asks_for_parameters()
    {
        Assert.Empty(Es("""{"parameters":{"RB_MARKDONE":"true","order":""},"intent":{"name":"i"},"fulfillmentText":"Which order?"}""").Effects);
        Assert.Empty(Es("""{"parameters":{"RB_MARKDONE":"true"},"allRequiredParamsPresent":false,"intent":{"name":"i"}}""").Effects);
        Assert.Single(Es("""{"parameters":{"RB_MARKDONE":"true","order":"17"},"allRequiredParamsPresent":true,"intent":{"name":"i"}}""").Effects);
    }

    [Fact]
    public void Says_what_is_meant_for_every_platform()
    {
        AiAnswer.Said said = Es("""
            {"intent":{"name":"i"},"fulfillmentText":"Legacy","fulfillmentMessages":[
              {"text":{"text":["One"]}},{"text":{"text":["For Facebook"]},"platform":"FACEBOOK"},{"quickReplies":{"title":"More?","quickReplies":["Yes","No"]}},
              {"payload":{"RB_NOTIFY":"Look"}}]}
            """);

        Assert.Equal("One\nMore?\n• Yes\n• No", said.Text);
        Assert.Equal("Look", Assert.IsType<AiEffect.Notify>(Assert.Single(said.Effects)).Text);
        Assert.Equal("Legacy", Es("""{"intent":{"name":"i"},"fulfillmentText":"Legacy"}""").Text);
    }

    [Fact]
    public void Has_not_understood_without_an_intent() => Assert.False(Es("""{"fulfillmentText":"?"}""").Understood);

    [Fact]
    public void Does_not_repeat_a_note_that_CX_keeps_for_the_session()
    {
        var said = (AiAnswer.Said)CxReply.Read(Json("""{"parameters":{"RB_NOTIFY":"Look","RB_ADDTAGS":"orders"},"match":{"matchType":"INTENT","confidence":1}}"""));

        Assert.IsType<AiEffect.AddTags>(Assert.Single(said.Effects));
    }

    private static AiAnswer.Said Es(string result) => (AiAnswer.Said)EsReply.Read(Json(result));

    private static IReadOnlyList<AiEffect> Effects(string parameters)
    {
        var flags = new RbParameters();
        flags.Take(Json(parameters));
        return flags.Effects();
    }

    private static JsonElement Json(string text) => LiveDesk.Functions.Providers.JsonFields.Read(Encoding.UTF8.GetBytes(text));
}
