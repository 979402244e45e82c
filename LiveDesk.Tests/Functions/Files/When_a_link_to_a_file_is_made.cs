using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.Files;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Files;

public sealed class When_a_link_to_a_file_is_made
{
    private static readonly Attachment Ready = new("at_1", "application/pdf", AttachmentState.Ready, 10, "Factura nº 1.pdf", Key: "uploads/main/at_1");

    private readonly FakeClock _clock = new();

    [Fact]
    public void Opens_that_one_file_until_it_expires()
    {
        FileLinks links = Links();
        string url = links.Of(Ready)!;

        Assert.StartsWith("https://desk.example/base/api/media/", url, StringComparison.Ordinal);
        Assert.EndsWith("/Factura%20n%C2%BA%201.pdf", url, StringComparison.Ordinal);
        Assert.Equal((LinkVerdict.Valid, "uploads/main/at_1"), (links.Read(Token(url), out string key, out _), key));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(LinkVerdict.Valid, links.Read(Token(url), out _, out _));
        _clock.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(LinkVerdict.Expired, links.Read(Token(url), out _, out _));
    }

    [Fact]
    public async Task Gives_a_provider_the_hours_that_its_queue_may_take()
    {
        FileLinks links = Links();
        OutboundMedia media = Assert.Single(await links.OfAsync(WorkspaceId.Parse("main"), [Ready], CancellationToken.None));

        _clock.Advance(TimeSpan.FromHours(4));

        Assert.Equal(LinkVerdict.Valid, links.Read(Token(media.Url.AbsoluteUri), out _, out _));
    }

    [Fact]
    public void Stays_the_same_for_a_while_so_that_a_browser_keeps_its_copy()
    {
        FileLinks links = Links();
        string first = links.Of(Ready)!;
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(first, links.Of(Ready));
    }

    [Fact]
    public void Is_worth_nothing_once_a_single_character_differs()
    {
        FileLinks links = Links();
        string token = Token(links.Of(Ready)!);

        for (int at = 0; at < token.Length; at++)
        {
            string changed = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
            // The last character may carry bits that no byte has.
            if (at == token.Length - 1 && links.Read(changed, out _, out _) == LinkVerdict.Valid) continue;
            Assert.Equal(LinkVerdict.Forged, links.Read(changed, out _, out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("not a token")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Refuses_what_never_was_one(string token) => Assert.Equal(LinkVerdict.Forged, Links().Read(token, out _, out _));

    [Fact]
    public void Is_worth_nothing_to_a_desk_with_another_key() =>
        Assert.Equal(LinkVerdict.Forged, Links(secret: 1).Read(Token(Links().Of(Ready)!), out _, out _));

    [Fact]
    public void Is_not_made_before_there_is_a_copy() =>
        Assert.Null(Links().Of(Ready with { State = AttachmentState.Pending, Key = null }));

    private FileLinks Links(byte secret = 0) =>
        new(new LiveDeskOptions { PublicBaseUrl = new Uri("https://desk.example/base/"), SecretsKey = [.. Enumerable.Repeat(secret, 32)] }, _clock);

    private static string Token(string url) => url.Split("/api/media/")[1].Split('/')[0];
}
