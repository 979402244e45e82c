using LiveDesk.Domain.Snippets;

namespace LiveDesk.Tests.Domain.Snippets;

public class When_a_snippet_is_used
{
    private static readonly Dictionary<string, string?> Values = new()
    {
        ["contact.name"] = "Ana", ["agent.name"] = "{{contact.name}}", ["order-id_2"] = "77", ["empty"] = "", ["none"] = null,
    };

    [Theory]
    [InlineData("Hola {{contact.name}}!", "Hola Ana!")]
    [InlineData("{{ Contact.Name }}{{order-id_2}}", "Ana77")]
    [InlineData("No variables {here} or {{ }} or {{two words}}", "No variables {here} or {{ }} or {{two words}}")]
    [InlineData("{{contact.name", "{{contact.name")]
    [InlineData("{{{contact.name}}}", "{Ana}")]
    [InlineData("{{contact.name}} {{", "Ana {{")]
    [InlineData("{{a\nb}}", "{{a\nb}}")]
    [InlineData("", "")]
    public void Variables_are_filled_in(string text, string expected)
    {
        ExpandedSnippet expanded = SnippetExpansion.Expand(text, Values);
        Assert.Equal(expected, expanded.Text);
        Assert.Empty(expanded.MissingVariables);
    }

    [Fact]
    public void What_is_missing_becomes_empty_and_is_told_once()
    {
        ExpandedSnippet expanded = SnippetExpansion.Expand("a{{x.y}}b{{empty}}c{{none}}d{{X.Y}}e", Values);
        Assert.Equal("abcde", expanded.Text);
        Assert.Equal(["x.y", "empty", "none"], expanded.MissingVariables);
    }

    [Fact]
    public void A_value_is_not_looked_at_again() => Assert.Equal("I am {{contact.name}}", SnippetExpansion.Expand("I am {{agent.name}}", Values).Text);

    [Fact]
    public void A_text_of_braces_takes_no_time()
    {
        string braces = new('{', 200_000);
        Assert.Equal(braces, SnippetExpansion.Expand(braces, Values).Text);
    }
}

public class When_snippets_are_searched
{
    private static readonly (string Shortcut, string Text)[] Snippets =
        [("thanks-all", "Gracias a todos"), ("no-thanks", "No, gracias"), ("bye", "Many Thanks and goodbye"), ("thanks", "Gracias"), ("hello", "Hola")];

    [Theory]
    [InlineData("thanks", "thanks thanks-all no-thanks bye")]
    [InlineData("/THA", "thanks thanks-all no-thanks bye")]
    [InlineData("gracias", "thanks no-thanks thanks-all")]
    [InlineData(" hello ", "hello")]
    [InlineData("nothing", "")]
    [InlineData("", "bye hello no-thanks thanks thanks-all")]
    [InlineData(null, "bye hello no-thanks thanks thanks-all")]
    public void A_shortcut_that_begins_so_leads_then_one_that_holds_it_then_the_text(string? query, string expected) =>
        Assert.Equal(expected, string.Join(' ', SnippetSearch.Rank(Snippets, query, s => s.Shortcut, s => s.Text).Select(s => s.Shortcut)));
}
