using LiveDesk.Domain.Csat;

namespace LiveDesk.Tests.Domain.Csat;

public class When_a_survey_is_put_into_words
{
    private static readonly Uri Link = new("https://desk.example.test/api/csat/tok");

    [Theory]
    [InlineData("en", "How was")]
    [InlineData("es", "¿Cómo ha sido")]
    [InlineData("fr-FR", "Comment évaluez")]
    [InlineData("th", "คุณพอใจ")]
    [InlineData(null, "How was")]
    public void The_default_question_speaks_the_contacts_language_and_ends_with_the_link(string? language, string begins)
    {
        string question = SurveyTexts.Question(null, language, Link);
        Assert.StartsWith(begins, question, StringComparison.Ordinal);
        Assert.EndsWith("\nhttps://desk.example.test/api/csat/tok", question, StringComparison.Ordinal);
        Assert.Contains("1", question, StringComparison.Ordinal);
        Assert.Contains("5", question, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channels_own_question_places_the_link() =>
        Assert.Equal("¿Qué tal? https://desk.example.test/api/csat/tok ¡Gracias!", SurveyTexts.Question("¿Qué tal? {{link}} ¡Gracias!", "th", Link));

    [Fact]
    public void Thanks_and_reminder_have_four_languages()
    {
        string[] languages = ["en", "es", "fr", "th"];
        Assert.Equal(4, languages.Select(language => SurveyTexts.Thanks(" ", language)).Distinct().Count());
        Assert.Equal(4, languages.Select(SurveyTexts.Reminder).Distinct().Count());
        Assert.Equal("Merci !", SurveyTexts.Thanks("Merci !", "es"));
    }
}
