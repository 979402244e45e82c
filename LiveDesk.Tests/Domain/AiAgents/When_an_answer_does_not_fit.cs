using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Tests.Domain.AiAgents;

public sealed class When_an_answer_does_not_fit
{
    [Theory]
    [InlineData("Hello.", 10, false, "Hello.")]
    [InlineData("  Hello.  ", 10, false, "Hello.")]
    [InlineData("Half a", 10, false, "Half a")]
    [InlineData("One two. Three four five.", 15, false, "One two.…")]
    [InlineData("One two! Three four five.", 15, false, "One two!…")]
    [InlineData("It costs 3.50 for each of them", 20, false, "It costs 3.50 for…")]
    [InlineData("One two three four", 10, false, "One two…")]
    [InlineData("A. Bbbbbbbbbbbb cccccccccc", 20, false, "A. Bbbbbbbbbbbb…")]
    [InlineData("abcdefghijklmnopqrst", 10, false, "abcdefghi…")]
    [InlineData("一二三。四五六七八九十", 6, false, "一二三。…")]
    [InlineData("First part. Second pa", 100, true, "First part.…")]
    [InlineData("All said.", 100, true, "All said.")]
    public void Ends_behind_a_sentence_or_a_word(string text, int limit, bool cut, string fitted) => Assert.Equal(fitted, AnswerText.Fit(text, limit, cut));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Is_nothing_if_it_says_nothing(string? text) => Assert.Null(AnswerText.Fit(text, 100));

    [Fact]
    public void Never_exceeds_the_limit_nor_splits_an_emoji()
    {
        string text = string.Concat(Enumerable.Repeat("📦", 40));
        for (int limit = 2; limit < 80; limit++)
        {
            string fitted = AnswerText.Fit(text, limit)!;
            Assert.InRange(fitted.Length, 1, limit);
            Assert.False(char.IsHighSurrogate(fitted.TrimEnd('…') is { Length: > 0 } kept ? kept[^1] : ' '));
        }
    }
}
