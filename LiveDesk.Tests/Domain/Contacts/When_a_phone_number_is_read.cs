using LiveDesk.Domain.Contacts;

namespace LiveDesk.Tests.Domain.Contacts;

public class When_a_phone_number_is_read
{
    [Theory]
    [InlineData("+15550001111", "+15550001111")]
    [InlineData("15550001111", "+15550001111")]
    [InlineData("whatsapp:+15550001111", "+15550001111")]
    [InlineData("WhatsApp:15550001111", "+15550001111")]
    [InlineData("+1234567", "+1234567")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void Accepts_every_form_providers_use(string text, string expected)
    {
        Assert.True(E164.TryParse(text, out E164 number));
        Assert.Equal(expected, number.ToString());
        Assert.Equal(expected[1..], number.Digits);
        Assert.Equal(number, E164.Parse(expected));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("whatsapp:")]
    [InlineData("+123456")]
    [InlineData("72345")]
    [InlineData("+1234567890123456")]
    [InlineData("+05550001111")]
    [InlineData("0034600111222")]
    [InlineData("++15550001111")]
    [InlineData(" +15550001111")]
    [InlineData("+15550001111 ")]
    [InlineData("+1 555 000 1111")]
    [InlineData("+1-555-000-1111")]
    [InlineData("(555)0001111")]
    [InlineData("+1555000111a")]
    [InlineData("+٣٤٦٠٠١١١٢٢٢")]
    [InlineData("whatsapp:IN.2081978709342942")]
    [InlineData("whatsapp:whatsapp:+15550001111")]
    [InlineData("sms:+15550001111")]
    public void Refuses_everything_else(string? text)
    {
        Assert.False(E164.TryParse(text, out E164 number));
        Assert.Equal(default, number);
    }

    [Fact]
    public void Parse_throws_without_repeating_the_text()
    {
        var error = Assert.Throws<FormatException>(() => E164.Parse("secret"));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_number_prints_as_nothing_and_belongs_nowhere()
    {
        E164 none = default;
        Assert.Equal("", none.ToString());
        Assert.Null(none.Country);
        Assert.Equal("", none.IdentityKey.Value);
    }

    [Theory]
    [InlineData("+15550001111", "US")]
    [InlineData("+12125550100", "US")]
    [InlineData("+14165550100", "CA")]
    [InlineData("+18765550100", "JM")]
    [InlineData("+18095550100", "DO")]
    [InlineData("+17875550100", "PR")]
    [InlineData("+18885550100", null)]
    [InlineData("+79161234567", "RU")]
    [InlineData("+77011234567", "KZ")]
    [InlineData("+447400123456", "GB")]
    [InlineData("+447797123456", "JE")]
    [InlineData("+441624123456", "IM")]
    [InlineData("+34600111222", "ES")]
    [InlineData("+66812345678", "TH")]
    [InlineData("+33612345678", "FR")]
    [InlineData("+5511987654321", "BR")]
    [InlineData("+5491112345678", "AR")]
    [InlineData("+5215512345678", "MX")]
    [InlineData("+8613812345678", "CN")]
    [InlineData("+85251234567", "HK")]
    [InlineData("+38344123456", "XK")]
    [InlineData("+358181234567", "AX")]
    [InlineData("+59995123456", "CW")]
    [InlineData("+881612345678", null)]
    [InlineData("+999123456789", null)]
    public void Tells_the_country(string text, string? country) => Assert.Equal(country, E164.Parse(text).Country);

    [Theory]
    [InlineData("+14155550100", true)]
    [InlineData("14155550100", false)]
    [InlineData("4155550100", false)]
    [InlineData("whatsapp:+14155550100", false)]
    [InlineData("+0155550100", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Wants_the_plus_of_people(string? text, bool valid) => Assert.Equal(valid, E164.TryParseExact(text, out _));
}
