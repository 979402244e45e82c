using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Reporting;

namespace LiveDesk.Functions.Storage.Reporting;

/// <summary>
/// The facts of a day as bytes, some 40 for a cycle: every figure stays exact in any zone, grouping and span, which sums or histograms could not give.
/// Texts stand once, in the order in which they are first used; times are milliseconds.
/// </summary>
internal static class FactPacking
{
    private const byte Version = 3;

    /// <summary>Without the ids of categories, and of surveys without how their conversation was closed.</summary>
    private const byte VersionWithoutIds = 2;

    public static byte[] Pack(FactDay day)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Writer(buffer))
        {
            writer.Write(Version);
            writer.Number(day.Cycles.Count);
            foreach (CycleFact fact in day.Cycles) Write(writer, fact);
            writer.Number(day.Surveys.Count);
            foreach (SurveyFact fact in day.Surveys) Write(writer, fact);
        }
        return buffer.ToArray();
    }

    public static bool CanUnpack(ReadOnlyMemory<byte> packed) => packed.Length > 0 && packed.Span[0] is (Version or VersionWithoutIds);

    public static FactDay Unpack(DateOnly day, Stream packed)
    {
        using var reader = new Reader(packed);
        bool ids = reader.ReadByte() == Version;
        var cycles = new CycleFact[reader.Number()];
        for (int i = 0; i < cycles.Length; i++) cycles[i] = Cycle(reader, ids);
        var surveys = new SurveyFact[reader.Number()];
        for (int i = 0; i < surveys.Length; i++) surveys[i] = Survey(reader, ids);
        return new FactDay(day, cycles, surveys);
    }

    private static void Write(Writer writer, CycleFact fact)
    {
        writer.Text(fact.Channel.Value);
        writer.Number(fact.Cycle);
        writer.Instant(fact.OpenedAt);
        writer.Span(fact.FirstReplyAt - fact.OpenedAt);
        writer.Text(fact.FirstReplyBy);
        writer.Span(fact.FirstResponseInHours);
        writer.Span(fact.AssignedToReply);
        writer.Span(fact.HandleTime);
        writer.Span(fact.ClosedAt - fact.OpenedAt);
        writer.Span(fact.ResolutionInHours);
        writer.Source(fact.ClosedSource);
        writer.Text(fact.Category);
        writer.Text(fact.CategoryId);
        writer.Text(fact.Owner);
        writer.Text(fact.OwnerName);
        writer.Text(fact.Team);
        writer.Number(fact.Replies.Count);
        foreach (ReplyFact reply in fact.Replies)
        {
            writer.Text(reply.By);
            writer.Span(reply.At - fact.OpenedAt);
            writer.Span(reply.Waited);
            writer.Span(reply.WaitedInHours);
        }
    }

    private static CycleFact Cycle(Reader reader, bool ids)
    {
        ChannelId channel = reader.Channel();
        int cycle = reader.Number();
        DateTimeOffset opened = reader.Instant();
        return new CycleFact
        {
            Channel = channel,
            Cycle = cycle,
            OpenedAt = opened,
            FirstReplyAt = opened + reader.Span(),
            FirstReplyBy = reader.Text(),
            FirstResponseInHours = reader.Span(),
            AssignedToReply = reader.Span(),
            HandleTime = reader.Span(),
            ClosedAt = opened + reader.Span(),
            ResolutionInHours = reader.Span(),
            ClosedSource = reader.Source(),
            Category = reader.Text(),
            CategoryId = ids ? reader.Text() : null,
            Owner = reader.Text(),
            OwnerName = reader.Text(),
            Team = reader.Text(),
            Replies = Replies(reader, opened),
        };
    }

    private static ReplyFact[] Replies(Reader reader, DateTimeOffset opened)
    {
        int count = reader.Number();
        if (count == 0) return [];
        var replies = new ReplyFact[count];
        for (int i = 0; i < count; i++) replies[i] = new ReplyFact(reader.Text()!, opened + reader.Span()!.Value, reader.Span()!.Value, reader.Span()!.Value);
        return replies;
    }

    private static void Write(Writer writer, SurveyFact fact)
    {
        writer.Text(fact.Channel.Value);
        writer.Text(fact.Owner);
        writer.Text(fact.OwnerName);
        writer.Text(fact.Team);
        writer.Instant(fact.SentAt);
        writer.Span(fact.AnsweredAt - fact.SentAt);
        writer.Number(fact.Score ?? 0);
        writer.Source(fact.ClosedSource);
        writer.Text(fact.Category);
        writer.Text(fact.CategoryId);
    }

    private static SurveyFact Survey(Reader reader, bool ids)
    {
        ChannelId channel = reader.Channel();
        string? owner = reader.Text(), name = reader.Text(), team = reader.Text();
        DateTimeOffset sent = reader.Instant();
        var fact = new SurveyFact(channel, owner, name, team, sent, sent + reader.Span(), reader.Number() is > 0 and var score ? score : null);
        return ids ? fact with { ClosedSource = reader.Source(), Category = reader.Text(), CategoryId = reader.Text() } : fact;
    }

    private sealed class Writer(Stream stream) : BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)
    {
        private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

        public void Number(int number) => Write7BitEncodedInt(number);

        public void Instant(DateTimeOffset instant) => Write7BitEncodedInt64(instant.ToUnixTimeMilliseconds());

        /// <summary>0 is none; what is longer moves up by one. Clocks that differ may have made it negative.</summary>
        public void Span(TimeSpan? span) => Write7BitEncodedInt64(span is { } known ? Math.Max(0, (long)Math.Round(known.TotalMilliseconds)) + 1 : 0);

        public void Source(ClosedSource? source) => Number(source is { } known ? (int)known + 1 : 0);

        public void Text(string? text)
        {
            if (text is null)
            {
                Number(0);
                return;
            }
            if (_texts.TryGetValue(text, out int known))
            {
                Number(known);
                return;
            }
            _texts[text] = _texts.Count + 1;
            Number(_texts.Count);
            Write(text);
        }
    }

    private sealed class Reader(Stream stream) : BinaryReader(stream, Encoding.UTF8)
    {
        private readonly List<string> _texts = [];

        public int Number() => Read7BitEncodedInt();

        public DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeMilliseconds(Read7BitEncodedInt64());

        public TimeSpan? Span() => Read7BitEncodedInt64() is > 0 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds - 1) : null;

        public ClosedSource? Source() => Number() is > 0 and var source ? (ClosedSource)(source - 1) : null;

        public string? Text()
        {
            int number = Number();
            if (number == 0) return null;
            if (number > _texts.Count) _texts.Add(ReadString());
            return _texts[number - 1];
        }

        public ChannelId Channel() => ChannelId.TryParse(Text(), out ChannelId id) ? id : throw new InvalidDataException("A fact without a channel.");
    }
}
