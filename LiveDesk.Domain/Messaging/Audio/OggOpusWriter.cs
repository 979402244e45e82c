using System.Runtime.InteropServices;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>Puts Opus packets into an Ogg stream (RFC 7845): two header pages, then pages of up to a second.</summary>
internal sealed class OggOpusWriter(Stream to)
{
    private const uint Serial = 0x4C444553;

    private readonly List<byte> _lacing = [];
    private readonly List<byte> _body = [];
    private uint _pages;
    private long _samples, _pageSamples;

    /// <param name="head">The codec's own header, <c>OpusHead</c> and what follows.</param>
    public void Begin(ReadOnlySpan<byte> head)
    {
        OggPage.Write(to, OggPage.First, 0, Serial, _pages++, [(byte)head.Length], head);
        ReadOnlySpan<byte> tags = [.. "OpusTags"u8, 8, 0, 0, 0, .. "LiveDesk"u8, 0, 0, 0, 0];
        OggPage.Write(to, 0, 0, Serial, _pages++, [(byte)tags.Length], tags);
    }

    public void Add(ReadOnlySpan<byte> packet)
    {
        int segments = (packet.Length / 255) + 1;
        if (_lacing.Count > 0 && (_lacing.Count + segments > OggPage.MaxSegments || _pageSamples >= OpusPacket.SampleRate)) Flush(0);
        for (int i = 1; i < segments; i++) _lacing.Add(255);
        _lacing.Add((byte)(packet.Length % 255));
        _body.AddRange(packet);
        int samples = OpusPacket.Samples(packet);
        _samples += samples;
        _pageSamples += samples;
    }

    public void End() => Flush(OggPage.Last);

    private void Flush(int flags)
    {
        OggPage.Write(to, flags, _samples, Serial, _pages++, CollectionsMarshal.AsSpan(_lacing), CollectionsMarshal.AsSpan(_body));
        _lacing.Clear();
        _body.Clear();
        _pageSamples = 0;
    }
}
