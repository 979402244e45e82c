using System.Diagnostics;
using System.Text.Json;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Tests.Domain.Assignment.Matching;

public class When_conditions_are_held_against_a_conversation
{
    private static readonly MatchFacts Ana = new()
    {
        ChannelId = "ch_Ventas",
        ContactPhone = E164.Parse("+5511987654321"),
        ContactLanguage = "es-MX",
        ContactTags = ["VIP", "mayorista"],
        ContactAttributes = new Dictionary<string, string> { ["plan"] = "Gold", ["empty"] = "" },
        MessageText = "Hola, quiero una FACTURA del pedido 1234",
        WithinBusinessHours = true,
    };

    [Theory]
    [InlineData("channel", "equals", "\"ch_Ventas\"", true)]
    [InlineData("channel", "equals", "\"ch_ventas\"", false)] // ids are exact
    [InlineData("channel", "in", "[\"ch_x\",\"ch_Ventas\"]", true)]
    [InlineData("contact.phone", "equals", "\"+5511987654321\"", true)]
    [InlineData("contact.phone", "equals", "\"551187654321\"", true)] // the same subscriber
    [InlineData("contact.phone", "equals", "\"+5511987654322\"", false)]
    [InlineData("contact.phone", "startsWith", "\"+5511\"", true)]
    [InlineData("contact.phone", "startsWith", "55", true)]
    [InlineData("contact.phone", "startsWith", "\"+34\"", false)]
    [InlineData("contact.phone", "contains", "\"9876\"", true)]
    [InlineData("contact.country", "equals", "\"br\"", true)] // from the number
    [InlineData("contact.country", "in", "[\"AR\",\"CL\"]", false)]
    [InlineData("contact.language", "equals", "\"es\"", true)]
    [InlineData("contact.language", "equals", "\"ES_mx\"", true)]
    [InlineData("contact.language", "equals", "\"e\"", false)]
    [InlineData("contact.language", "notEquals", "\"es\"", false)]
    [InlineData("contact.language", "in", "[\"fr\",\"es\"]", true)]
    [InlineData("contact.tag", "equals", "\"vip\"", true)]
    [InlineData("contact.tag", "notEquals", "\"vip\"", false)]
    [InlineData("contact.tag", "notEquals", "\"new\"", true)]
    [InlineData("contact.tag", "contains", "\"mayor\"", true)]
    [InlineData("contact.tag", "exists", null, true)]
    [InlineData("contact.attributes.plan", "equals", "\"gold\"", true)]
    [InlineData("contact.attributes.Plan", "equals", "\"gold\"", false)] // names are exact
    [InlineData("contact.attributes.plan", "exists", "true", true)]
    [InlineData("contact.attributes.empty", "exists", "false", true)]
    [InlineData("contact.attributes.none", "exists", null, false)]
    [InlineData("contact.attributes.none", "exists", "false", true)]
    [InlineData("contact.attributes.none", "notEquals", "\"x\"", true)]
    [InlineData("contact.attributes.none", "equals", "\"x\"", false)]
    [InlineData("message.text", "contains", "\"factura\"", true)]
    [InlineData("message.text", "startsWith", "\"hola\"", true)]
    [InlineData("message.text", "startsWith", "\"quiero\"", false)]
    [InlineData("message.text", "matches", "\"pedido \\\\d{4}$\"", true)]
    [InlineData("message.text", "matches", "\"^factura\"", false)]
    [InlineData("message.text", "matches", "\"(?-i)factura\"", false)]
    [InlineData("withinBusinessHours", "equals", "true", true)]
    [InlineData("withinBusinessHours", "equals", "\"true\"", true)]
    [InlineData("withinBusinessHours", "notEquals", "true", false)]
    [InlineData("returningContact", "equals", "false", true)]
    public void Each_field_compares_in_its_way(string field, string op, string? value, bool met)
    {
        var condition = new Condition(field, op, value is null ? null : Json(value));
        Assert.Empty(MatchValidation.Validate(new MatchConditions { All = [condition] }));
        Assert.Equal(met, Matcher.IsMatch(new MatchConditions { All = [condition] }, Ana));
        Assert.Equal(met, Matcher.IsMatch(new MatchConditions { Any = [condition] }, Ana));
    }

    [Fact]
    public void All_must_be_met_and_one_of_any()
    {
        Condition yes = new("contact.tag", "equals", Json("\"vip\"")), no = new("contact.tag", "equals", Json("\"x\""));
        Assert.True(Matcher.IsMatch(new MatchConditions(), Ana));
        Assert.True(Matcher.IsMatch(new MatchConditions { All = [yes, yes], Any = [no, yes] }, Ana));
        Assert.False(Matcher.IsMatch(new MatchConditions { All = [yes, no], Any = [yes] }, Ana));
        Assert.False(Matcher.IsMatch(new MatchConditions { All = [yes], Any = [no, no] }, Ana));
    }

    [Fact]
    public void A_simulation_shows_what_came_of_each()
    {
        Condition yes = new("contact.tag", "exists"), no = new("message.text", "contains", Json("\"x!\""));
        MatchResult result = Matcher.Explain(new MatchConditions { All = [no, yes], Any = [yes] }, Ana);
        Assert.False(result.Matched);
        Assert.Equal([("all[0]", false), ("all[1]", true), ("any[0]", true)], result.Conditions.Select(c => (c.Path, c.Met)));
    }

    [Fact]
    public void A_contact_of_whom_nothing_is_known_meets_only_what_is_absent()
    {
        var nobody = new MatchFacts();
        Condition noPhone = new("contact.phone", "exists", Json("false")), notSpain = new("contact.country", "notEquals", Json("\"ES\""));
        Condition anyText = new("message.text", "matches", Json("\".*\"")), anyPhone = new("contact.phone", "startsWith", Json("\"+\""));
        Assert.True(Matcher.IsMatch(new MatchConditions { All = [noPhone, notSpain] }, nobody));
        Assert.False(Matcher.IsMatch(new MatchConditions { Any = [anyText, anyPhone] }, nobody));
    }

    [Fact]
    public void Conditions_are_read_from_the_APIs_JSON()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        MatchConditions read = JsonSerializer.Deserialize<MatchConditions>(
            """{"all":[{"field":"contact.country","op":"in","value":["BR","AR"]},{"field":"contact.tag","op":"exists"}],"any":[]}""", options)!;
        Assert.True(Matcher.IsMatch(read, Ana));
        MatchConditions again = JsonSerializer.Deserialize<MatchConditions>(JsonSerializer.Serialize(read, options), options)!;
        Assert.True(Matcher.IsMatch(again, Ana));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(x+x+)+y")]
    [InlineData("(.*a.*){20}b")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a|b)*a(a|b){200}c")]
    public void A_hostile_pattern_on_a_hostile_text_ends_soon(string pattern)
    {
        var facts = Ana with { MessageText = string.Concat(Enumerable.Repeat("aabxaab", 20_000)) + "!" };
        var condition = new MatchConditions { All = [new Condition("message.text", "matches", Json(JsonSerializer.Serialize(pattern)))] };
        var watch = Stopwatch.StartNew();
        Matcher.IsMatch(condition, facts);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("all[0].field", "nosuch", "equals", "\"x\"")]
    [InlineData("all[0].field", "Message.text", "equals", "\"x\"")]
    [InlineData("all[0].field", "contact.attributes.", "equals", "\"x\"")]
    [InlineData("all[0].op", "message.text", "like", "\"x\"")]
    [InlineData("all[0].op", "message.text", "Equals", "\"x\"")]
    [InlineData("all[0].op", "withinBusinessHours", "contains", "\"x\"")]
    [InlineData("all[0].value", "withinBusinessHours", "equals", "\"yes\"")]
    [InlineData("all[0].value", "message.text", "equals", null)]
    [InlineData("all[0].value", "message.text", "equals", "null")]
    [InlineData("all[0].value", "message.text", "equals", "\"\"")]
    [InlineData("all[0].value", "message.text", "equals", "{}")]
    [InlineData("all[0].value", "message.text", "equals", "[\"x\"]")]
    [InlineData("all[0].value", "message.text", "in", "\"x\"")]
    [InlineData("all[0].value", "message.text", "in", "[]")]
    [InlineData("all[0].value", "message.text", "in", "[\"x\",null]")]
    [InlineData("all[0].value", "message.text", "exists", "\"maybe\"")]
    [InlineData("all[0].value", "message.text", "matches", "\"(\"")]
    [InlineData("all[0].value", "message.text", "matches", "\"(?=x)y\"")]
    [InlineData("all[0].value", "message.text", "matches", "\"(a)\\\\1\"")]
    [InlineData("all[0].value", "message.text", "matches", "\"(a{1000}){1000}\"")]
    [InlineData("all[0].value", "contact.phone", "equals", "\"600 111 222\"")]
    [InlineData("all[0].value", "contact.phone", "in", "[\"+34600111222\",\"x\"]")]
    [InlineData("all[0].value", "contact.phone", "startsWith", "\"+34x\"")]
    public void What_is_not_valid_is_named_and_never_met(string path, string field, string op, string? value)
    {
        var conditions = new MatchConditions { All = [new Condition(field, op, value is null ? null : Json(value))] };
        var error = Assert.Single(MatchValidation.Validate(conditions));
        Assert.Equal($"match.{path}", error.Field);
        Assert.NotEmpty(error.Message);
        Assert.False(Matcher.IsMatch(conditions, Ana));
    }

    [Fact]
    public void All_faults_are_told_under_the_path_of_the_request()
    {
        var bad = new Condition("x", "y");
        var conditions = new MatchConditions { All = [null!, bad], Any = [new Condition("contact.tag", "exists"), bad] };
        Assert.Equal(
            ["rule.match.all[0]", "rule.match.all[1].field", "rule.match.any[1].field"],
            MatchValidation.Validate(conditions, "rule.match").Select(e => e.Field));

        var noLists = new MatchConditions { All = null!, Any = [.. Enumerable.Repeat(bad, 51)] };
        Assert.Equal(["match.all", "match.any"], MatchValidation.Validate(noLists).Select(e => e.Field));
        Assert.Empty(MatchValidation.Validate(null));
    }

    [Fact]
    public void Long_values_are_refused()
    {
        var matches = new Condition("message.text", "matches", Json($"\"{new string('a', 501)}\""));
        var contains = new Condition("message.text", "contains", Json($"\"{new string('a', 1001)}\""));
        Assert.Equal(2, MatchValidation.Validate(new MatchConditions { All = [matches, contains] }).Count);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
