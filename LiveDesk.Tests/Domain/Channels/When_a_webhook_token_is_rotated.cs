using LiveDesk.Domain.Channels;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Channels;

public sealed class When_a_webhook_token_is_rotated
{
    private static readonly WebhookToken Token = new("new", "old", Given.Now.AddHours(24));

    [Theory]
    [InlineData("new", 0, true)]
    [InlineData("new", 100, true)]
    [InlineData("old", 0, true)]
    [InlineData("old", 23, true)]
    [InlineData("old", 24, false)]
    [InlineData("older", 0, false)]
    [InlineData("", 0, false)]
    [InlineData("NEW", 0, false)]
    [InlineData("new ", 0, false)]
    public void Both_work_until_the_overlap_ends(string token, int hours, bool accepted) => Assert.Equal(accepted, Token.Accepts(token, Given.Now.AddHours(hours)));

    [Theory]
    [InlineData("")]
    [InlineData("old")]
    public void Nothing_stands_in_for_a_token_that_never_was(string token) => Assert.False(new WebhookToken("new").Accepts(token, Given.Now));
}
