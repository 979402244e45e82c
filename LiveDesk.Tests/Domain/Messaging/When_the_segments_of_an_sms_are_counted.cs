using LiveDesk.Domain.Messaging;

namespace LiveDesk.Tests.Domain.Messaging;

public class When_the_segments_of_an_sms_are_counted
{
    [Theory]
    [InlineData("a", 160, SmsEncoding.Gsm7, 160, 1)]
    [InlineData("a", 161, SmsEncoding.Gsm7, 161, 2)]
    [InlineData("a", 306, SmsEncoding.Gsm7, 306, 2)]
    [InlineData("a", 307, SmsEncoding.Gsm7, 307, 3)]
    [InlineData("€", 80, SmsEncoding.Gsm7, 160, 1)]
    [InlineData("€", 81, SmsEncoding.Gsm7, 162, 2)]
    [InlineData("ж", 70, SmsEncoding.Ucs2, 70, 1)]
    [InlineData("ж", 71, SmsEncoding.Ucs2, 71, 2)]
    [InlineData("ж", 134, SmsEncoding.Ucs2, 134, 2)]
    [InlineData("ж", 135, SmsEncoding.Ucs2, 135, 3)]
    [InlineData("😀", 35, SmsEncoding.Ucs2, 70, 1)]
    [InlineData("😀", 36, SmsEncoding.Ucs2, 72, 2)]
    [InlineData("`", 1, SmsEncoding.Ucs2, 1, 1)]
    [InlineData("ç", 1, SmsEncoding.Ucs2, 1, 1)]
    [InlineData("Ç", 1, SmsEncoding.Gsm7, 1, 1)]
    [InlineData("^", 1, SmsEncoding.Gsm7, 2, 1)]
    [InlineData("\f", 1, SmsEncoding.Gsm7, 2, 1)]
    [InlineData("\r\n", 80, SmsEncoding.Gsm7, 160, 1)]
    public void Agrees_with_the_networks(string character, int times, SmsEncoding encoding, int units, int segments) =>
        Assert.Equal(new SmsSegments(encoding, units, segments), SmsSegments.Count(string.Concat(Enumerable.Repeat(character, times))));

    [Fact]
    public void One_typographic_apostrophe_makes_the_whole_text_UCS2() =>
        Assert.Equal(new SmsSegments(SmsEncoding.Ucs2, 160, 3), SmsSegments.Count(new string('a', 159) + "’"));

    [Fact]
    public void An_extension_character_is_not_split()
    {
        // 152 septets, then one that needs two: 153 is left unused in the first segment.
        Assert.Equal(2, SmsSegments.Count(new string('a', 152) + "€" + new string('a', 151)).Segments);
        Assert.Equal(3, SmsSegments.Count(new string('a', 152) + "€" + new string('a', 152)).Segments);
        Assert.Equal(306, SmsSegments.Count(new string('a', 152) + "€" + new string('a', 152)).Units);
    }

    [Fact]
    public void A_surrogate_pair_is_not_split()
    {
        Assert.Equal(2, SmsSegments.Count(new string('ж', 66) + "😀" + new string('ж', 65)).Segments);
        Assert.Equal(3, SmsSegments.Count(new string('ж', 66) + "😀" + new string('ж', 66)).Segments);
    }

    [Fact]
    public void Half_a_pair_counts_as_one_unit() => Assert.Equal(new SmsSegments(SmsEncoding.Ucs2, 2, 1), SmsSegments.Count("a\ud83d"));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void No_text_takes_no_segment(string? text) => Assert.Equal(new SmsSegments(SmsEncoding.Gsm7, 0, 0), SmsSegments.Count(text));

    [Fact]
    public void The_basic_alphabet_has_127_characters_of_one_septet()
    {
        int basic = Enumerable.Range(0, char.MaxValue + 1)
            .Select(c => SmsSegments.Count(((char)c).ToString()))
            .Count(count => count == new SmsSegments(SmsEncoding.Gsm7, 1, 1));
        Assert.Equal(127, basic);
    }
}
