using LiveDesk.Domain.Languages;

namespace LiveDesk.Tests.Domain.Languages;

public sealed class When_a_browser_says_what_it_speaks
{
    [Theory]
    [InlineData("es-MX,es;q=0.9,en;q=0.8", "es-MX")]
    [InlineData("de-DE, fr-CA;q=0.8, en;q=0.5", "fr-CA")]
    [InlineData("en-GB,th;q=0.9", "en-GB")]
    [InlineData("th;q=0.3, fr;q=0.7", "fr")]
    [InlineData("fr;q=0, th;q=0.1", "th")]
    [InlineData("de,ja;q=0.5", null)]
    [InlineData("*", null)]
    [InlineData("es;q=many", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Takes_what_it_likes_best_of_what_the_desk_speaks(string? header, string? tag) => Assert.Equal(tag, DeskLanguages.Preferred(header));
}
