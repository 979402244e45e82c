namespace LiveDesk.Tests.Support;

public sealed class When_waiting_for_an_eventual_result
{
    [Fact]
    public async Task Returns_the_first_look_that_holds()
    {
        int looks = 0;

        Assert.Equal(3, await Eventually.SeesAsync(() => ++looks, n => n >= 3, "the third look"));
    }

    [Fact]
    public async Task Tells_what_it_last_saw()
    {
        var failure = await Assert.ThrowsAsync<Xunit.Sdk.XunitException>(
            () => Eventually.SeesAsync(() => "a red light", _ => false, "a green light", TimeSpan.FromMilliseconds(60)));

        Assert.Contains("a green light", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a red light", failure.Message, StringComparison.Ordinal);
    }
}
