using LiveDesk.Domain.Contacts;

namespace LiveDesk.Tests.Domain.Contacts;

public class When_an_sms_is_a_keyword
{
    [Theory]
    [InlineData("STOP", OptOutKeyword.Stop)]
    [InlineData("stop", OptOutKeyword.Stop)]
    [InlineData("  Stop\r\n", OptOutKeyword.Stop)]
    [InlineData("\u00a0stop", OptOutKeyword.Stop)]
    [InlineData("STOPALL", OptOutKeyword.Stop)]
    [InlineData("Unsubscribe", OptOutKeyword.Stop)]
    [InlineData("cancel", OptOutKeyword.Stop)]
    [InlineData("End", OptOutKeyword.Stop)]
    [InlineData("QUIT", OptOutKeyword.Stop)]
    [InlineData("revoke", OptOutKeyword.Stop)]
    [InlineData("OptOut", OptOutKeyword.Stop)]
    [InlineData("START", OptOutKeyword.Start)]
    [InlineData("unstop", OptOutKeyword.Start)]
    [InlineData("Yes", OptOutKeyword.Start)]
    [InlineData("help", OptOutKeyword.Help)]
    [InlineData("INFO", OptOutKeyword.Help)]
    public void Knows_the_words_of_both_providers(string body, OptOutKeyword expected) => Assert.Equal(expected, OptOutKeywords.Read(body));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("please stop")]
    [InlineData("stop it")]
    [InlineData("STOP.")]
    [InlineData("opt out")]
    [InlineData("yes please")]
    [InlineData("no")]
    [InlineData("ｓｔｏｐ")]
    public void Takes_nothing_else_for_one(string? body) => Assert.Equal(OptOutKeyword.None, OptOutKeywords.Read(body));

    [Theory]
    [InlineData(" yes ", false, OptOutKeyword.None)]
    [InlineData("YES", true, OptOutKeyword.Start)]
    [InlineData("START", false, OptOutKeyword.Start)]
    [InlineData("stop", true, OptOutKeyword.Stop)]
    [InlineData("ok", true, OptOutKeyword.None)]
    public void A_yes_opts_in_only_who_had_opted_out(string body, bool optedOut, OptOutKeyword expected) =>
        Assert.Equal(expected, OptOutKeywords.Read(body, optedOut));

    [Theory]
    [InlineData("STOP", OptOutKeyword.Stop)]
    [InlineData("Start", OptOutKeyword.Start)]
    [InlineData("HELP", OptOutKeyword.Help)]
    [InlineData("", OptOutKeyword.None)]
    [InlineData(null, OptOutKeyword.None)]
    [InlineData("BAJA", OptOutKeyword.None)]
    public void Reads_what_Advanced_Opt_Out_says(string? type, OptOutKeyword expected) => Assert.Equal(expected, OptOutKeywords.FromOptOutType(type));
}
