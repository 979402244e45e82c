using System.Buffers.Binary;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// Ogg (RFC 3533) with Opus (RFC 7845), Vorbis or Speex. The last granule position tells the end; Opus starts later by its pre-skip,
/// and a recording taken from a running stream by the position of its first page.
/// </summary>
internal sealed class OggReader
{
    private const int HeaderLength = OggPage.HeaderLength, MaxPageLength = HeaderLength + OggPage.MaxSegments + (OggPage.MaxSegments * 255);

    private readonly byte[] _page = new byte[MaxPageLength];
    private AudioCodec? _codec;
    private uint _serial;
    private int _rate, _preSkip;
    private bool _running;
    private long _firstGranule, _lastGranule, _packetSamples;
    private double _seconds;
    private bool _heard;

    public static AudioProbeResult Read(AudioSource source) => new OggReader().ReadPages(source);

    private AudioProbeResult ReadPages(AudioSource source)
    {
        for (long at = 0; at < source.Length;)
        {
            if (!source.TryRead(at, _page.AsSpan(0, HeaderLength))) return AudioRefusal.Truncated;
            if (!_page.AsSpan().StartsWith("OggS"u8) || _page[4] != 0) return AudioRefusal.Corrupt;
            int body = HeaderLength + _page[26];
            if (!source.TryRead(at, _page.AsSpan(0, body))) return AudioRefusal.Truncated;
            int length = body;
            for (int i = HeaderLength; i < body; i++) length += _page[i];
            if (!source.TryRead(at, _page.AsSpan(0, length))) return AudioRefusal.Truncated;
            if (!HasItsChecksum(_page.AsSpan(0, length))) return AudioRefusal.Corrupt;

            Take(_page.AsSpan(HeaderLength..body), _page.AsSpan(body..length));
            at += length;
        }

        if (_codec is null) return AudioRefusal.Unknown;
        if (_running) Finish();
        return _heard ? AudioProbeResult.Of(AudioContainer.Ogg, _codec.Value, _seconds) : AudioRefusal.Truncated;
    }

    private void Take(ReadOnlySpan<byte> lacing, ReadOnlySpan<byte> body)
    {
        int flags = _page[5];
        uint serial = BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(14));
        if ((flags & OggPage.First) != 0)
        {
            // A second stream beside the running one (a picture, another language) is not what plays.
            if (!_running) Begin(serial, body);
            return;
        }

        if (!_running || serial != _serial) return;
        long granule = BinaryPrimitives.ReadInt64LittleEndian(_page.AsSpan(6));
        if (granule > 0)
        {
            int samples = _codec == AudioCodec.Opus ? SamplesOf(lacing, body, (flags & OggPage.Continued) != 0) : 0;
            if (_lastGranule < 0) _firstGranule = _codec == AudioCodec.Opus ? Math.Max(0, granule - samples) : 0;
            _lastGranule = Math.Max(_lastGranule, granule);
            _packetSamples += samples;
        }

        if ((flags & OggPage.Last) != 0) Finish();
    }

    private void Begin(uint serial, ReadOnlySpan<byte> head)
    {
        bool opus = head.StartsWith("OpusHead"u8) && head.Length >= 19;
        bool vorbis = head.StartsWith("\u0001vorbis"u8) && head.Length >= 16, speex = head.StartsWith("Speex   "u8) && head.Length >= 40;
        if (!opus && !vorbis && !speex) return;
        int rate = opus ? OpusPacket.SampleRate : BinaryPrimitives.ReadInt32LittleEndian(head[(vorbis ? 12 : 36)..]);
        if (rate <= 0) return;

        (_codec, _rate) = (opus ? AudioCodec.Opus : vorbis ? AudioCodec.Vorbis : AudioCodec.Other, rate);
        _preSkip = opus ? BinaryPrimitives.ReadUInt16LittleEndian(head[10..]) : 0;
        (_serial, _running, _firstGranule, _lastGranule, _packetSamples) = (serial, true, 0, -1, 0);
    }

    private void Finish()
    {
        _running = false;
        if (_lastGranule < 0) return;
        _heard = true;
        long played = Math.Max(0, _lastGranule - _firstGranule - _preSkip);
        // The last page may cut off part of a packet, not more than that.
        if (_packetSamples - _preSkip > played + _rate) played = _packetSamples - _preSkip;
        _seconds += (double)played / _rate;
    }

    private static int SamplesOf(ReadOnlySpan<byte> lacing, ReadOnlySpan<byte> body, bool continued)
    {
        int samples = 0, start = 0, length = 0;
        foreach (byte segment in lacing)
        {
            length += segment;
            if (segment == 255) continue;
            if (!continued) samples += OpusPacket.Samples(body.Slice(start, length));
            (start, length, continued) = (start + length, 0, false);
        }

        // A packet that goes on in the next page is counted here, where its first bytes are.
        return length > 0 && !continued ? samples + OpusPacket.Samples(body.Slice(start, length)) : samples;
    }

    private static bool HasItsChecksum(Span<byte> page)
    {
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(page[22..]);
        page.Slice(22, 4).Clear();
        return OggPage.Checksum(page) == expected;
    }
}
