using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_text_does_not_fit_into_one_message
{
    [Theory]
    [InlineData("Short. ", new[] { "Short. " })]
    [InlineData("First paragraph.\n\nSecond. Third.", new[] { "First paragraph.", "Second. Third." })]
    [InlineData("First paragraph.\r\n\r\nSecond. Third.", new[] { "First paragraph.", "Second. Third." })]
    [InlineData("It costs 3.50 now. Come today!", new[] { "It costs 3.50 now.", "Come today!" })]
    [InlineData("no end of it to be seen anywhere", new[] { "no end of it to be", "seen anywhere" })]
    [InlineData("A.\n\nabcdefghijklmnopqrstuvwxyz", new[] { "A.\n\nabcdefghijklmnop", "qrstuvwxyz" })]
    [InlineData("abcdefghijklmnopqrs😀😀", new[] { "abcdefghijklmnopqrs", "😀😀" })]
    public void It_is_divided_where_a_reader_pauses(string text, string[] parts) => Assert.Equal(parts, TextParts.Of(text, 20));

    [Theory]
    [InlineData(1_600)]
    [InlineData(2_000)]
    [InlineData(4_096)]
    public void Every_part_fits_and_no_word_is_lost(int limit)
    {
        string text = string.Join(' ', Enumerable.Range(0, 1_500).Select(n => $"word{n}{(n % 12 == 0 ? "." : "")}{(n % 90 == 0 ? "\n\n" : "")}"))[..9_990];

        IReadOnlyList<string> parts = TextParts.Of(text, limit);

        Assert.All(parts, part => Assert.InRange(part.Length, 1, limit));
        Assert.Equal(Words(text), Words(string.Join(' ', parts)));
        Assert.InRange(parts.Count, 9_990 / limit, 2 + (2 * 9_990 / limit));
    }

    [Fact]
    public void What_variables_have_made_longer_than_any_such_text_is_cut_off()
    {
        string text = string.Concat(Enumerable.Repeat("Bla bla. ", 100_000));

        IReadOnlyList<string> parts = TextParts.Of(text, 1_600);

        Assert.InRange(parts.Sum(p => p.Length), 9_000, TextParts.LongestText);
        Assert.EndsWith("…", parts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_never_sent()
    {
        IReadOnlyList<string> parts = TextParts.Of("x" + string.Concat(Enumerable.Repeat("😀", 4_000)), 1_600);

        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.All(parts, part => Assert.NotEmpty(strict.GetBytes(part)));
        Assert.Equal(8_001, parts.Sum(p => p.Length));
    }

    [Fact]
    public void All_parts_are_posted_in_order_in_one_decision()
    {
        string text = string.Join("\n\n", new string('a', 1_500), new string('b', 1_500), new string('c', 1_500));
        ContactState state = Given.Talking();
        var command = new PostMessageCommand(Given.ConversationId, Actor.System, MessageContent.OfText(text), Given.Channel(), Some.Traits);

        Message[] posted = [.. PostMessage.Decide(state, command, text, Given.Now).Events.OfType<MessagePosted>().Select(e => e.Message)];

        Assert.Equal(["a", "b", "c"], posted.Select(m => m.Content.Text![..1]));
        Assert.Equal([10, 11, 12], posted.Select(m => m.Id.Sequence));
        Assert.Equal(13, state.Apply(PostMessage.Decide(state, command, text, Given.Now).Events).Contact!.NextSequence);
    }

    [Fact]
    public void A_refusal_leaves_none_of_them()
    {
        ContactState state = Given.Talking(contact: c => c with { OptedOutChannels = [Given.ChannelId()] });
        string text = new('a', 3_000);
        var command = new PostMessageCommand(Given.ConversationId, Actor.System, MessageContent.OfText(text), Given.Channel(), Some.Traits);

        Decision decision = PostMessage.Decide(state, command, text, Given.Now);

        Assert.Equal(("contact_opted_out", 0), (decision.Refusal?.Code, decision.Events.Count));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
