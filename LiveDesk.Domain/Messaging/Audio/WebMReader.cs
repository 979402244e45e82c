using System.Buffers.Binary;
using System.Numerics;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// WebM (RFC 8794, RFC 9559), as browsers record it: often without a Duration and with segments and clusters of unknown size. The
/// tree is walked flat, a container's children after its header, so that sizes need not be known.
/// </summary>
internal sealed class WebMReader(AudioSource source)
{
    private const ulong Ebml = 0x1A45DFA3, Segment = 0x18538067, Info = 0x1549A966, Tracks = 0x1654AE6B, TrackEntry = 0xAE;
    private const ulong Cluster = 0x1F43B675, BlockGroup = 0xA0;
    private const ulong TimestampScale = 0x2AD7B1, Duration = 0x4489, TrackNumber = 0xD7, TrackType = 0x83, CodecId = 0x86, CodecPrivate = 0x63A2;
    private const ulong Timestamp = 0xE7, SimpleBlock = 0xA3, Block = 0xA1, BlockDuration = 0x9B;
    private const ulong UnknownSize = ulong.MaxValue;
    private const int AudioTrack = 2, MaxTracks = 64;

    // Hours of speech have some hundred thousand; more are there to keep us busy.
    private const int MaxElements = 1_000_000;

    private readonly List<Track> _tracks = [];
    private double _scale = 1_000_000, _claimed, _cluster, _lastBlock, _first = double.MaxValue, _end;
    private bool _lastBlockIsAudio, _isLaced;
    private List<(long At, int Size)>? _packets;

    private sealed class Track
    {
        public ulong Number, Type;
        public AudioCodec Codec = AudioCodec.Other;
        public byte[]? Head;
    }

    public static AudioProbeResult Read(AudioSource source) => new WebMReader(source).ReadElements();

    /// <summary>Where the packets of the only track stand, which must be Opus.</summary>
    /// <returns>The codec's header; null if the file has more tracks, no header, or several packets in one block.</returns>
    public static byte[]? Packets(AudioSource source, List<(long At, int Size)> packets)
    {
        var reader = new WebMReader(source) { _packets = packets };
        return reader.ReadElements().File is not null && !reader._isLaced && reader._tracks is [{ Type: AudioTrack, Codec: AudioCodec.Opus, Head: { } head }]
            && head.AsSpan().StartsWith("OpusHead"u8) && head.Length is >= 19 and < 255
            ? head
            : null;
    }

    private AudioProbeResult ReadElements()
    {
        int elements = 0;
        for (long at = 0; at < source.Length;)
        {
            if (++elements > MaxElements) return AudioRefusal.Corrupt;
            if (!TryReadNumber(ref at, 4, keepMarker: true, out ulong id) || !TryReadNumber(ref at, 8, keepMarker: false, out ulong size))
                return at >= source.Length - 8 ? AudioRefusal.Truncated : AudioRefusal.Corrupt;
            if (size != UnknownSize && size > (ulong)(source.Length - at)) return AudioRefusal.Truncated;

            if (id is Segment or Info or Tracks or TrackEntry or Cluster or BlockGroup or Ebml)
            {
                if (id == TrackEntry && _tracks.Count < MaxTracks) _tracks.Add(new Track());
                continue;
            }

            if (size == UnknownSize) return AudioRefusal.Corrupt;
            Take(id, at, (long)size);
            at += (long)size;
        }

        if (_tracks.Find(track => track.Type == AudioTrack) is not { } audio) return AudioRefusal.Unknown;
        double measured = _end > 0 ? _end - _first : 0;
        double nanoseconds = Math.Max(measured, _claimed) * _scale;
        return nanoseconds > 0 ? AudioProbeResult.Of(AudioContainer.WebM, audio.Codec, nanoseconds / 1e9) : AudioRefusal.Truncated;
    }

    private void Take(ulong id, long at, long size)
    {
        switch (id)
        {
            case TimestampScale when ReadUnsigned(at, size) is > 0 and var scale: _scale = scale; break;
            case Duration: _claimed = ReadFloat(at, size); break;
            case TrackNumber when _tracks.Count > 0: _tracks[^1].Number = ReadUnsigned(at, size); break;
            case TrackType when _tracks.Count > 0: _tracks[^1].Type = ReadUnsigned(at, size); break;
            case CodecId when _tracks.Count > 0: _tracks[^1].Codec = ReadCodec(at, size); break;
            case CodecPrivate when _tracks.Count > 0: _tracks[^1].Head = ReadHead(at, size); break;
            case Timestamp: _cluster = ReadUnsigned(at, size); break;
            case SimpleBlock or Block: TakeBlock(at, size); break;
            case BlockDuration when _lastBlockIsAudio: _end = Math.Max(_end, _lastBlock + ReadUnsigned(at, size)); break;
        }
    }

    private void TakeBlock(long at, long size)
    {
        long end = at + size;
        _lastBlockIsAudio = false;
        Span<byte> head = stackalloc byte[3];
        if (!TryReadNumber(ref at, 8, keepMarker: false, out ulong number) || at + head.Length > end || !source.TryRead(at, head)) return;
        if (TrackOf(number) is not { Type: AudioTrack } audio) return;

        _lastBlockIsAudio = true;
        _lastBlock = _cluster + BinaryPrimitives.ReadInt16BigEndian(head);
        _first = Math.Min(_first, _lastBlock);
        _isLaced |= (head[2] & 0x06) != 0;
        _packets?.Add((at + head.Length, (int)Math.Min(int.MaxValue, end - at - head.Length)));
        Span<byte> packet = stackalloc byte[(int)Math.Min(2, end - at - head.Length)];
        int samples = audio.Codec == AudioCodec.Opus && source.TryRead(at + head.Length, packet) ? OpusPacket.Samples(packet) : 0;
        _end = Math.Max(_end, _lastBlock + (samples * 1e9 / OpusPacket.SampleRate / _scale));
    }

    private Track? TrackOf(ulong number)
    {
        foreach (Track track in _tracks)
            if (track.Number == number) return track;
        return null;
    }

    private AudioCodec ReadCodec(long at, long size)
    {
        Span<byte> name = stackalloc byte[(int)Math.Min(size, 32)];
        if (!source.TryRead(at, name)) return AudioCodec.Other;
        return name.StartsWith("A_OPUS"u8) ? AudioCodec.Opus
            : name.StartsWith("A_VORBIS"u8) ? AudioCodec.Vorbis
            : name.StartsWith("A_AAC"u8) ? AudioCodec.Aac
            : name.StartsWith("A_PCM"u8) ? AudioCodec.Pcm : AudioCodec.Other;
    }

    private byte[]? ReadHead(long at, long size)
    {
        byte[] head = new byte[Math.Min(size, 255)];
        return source.TryRead(at, head) ? head : null;
    }

    private ulong ReadUnsigned(long at, long size)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        return size is >= 0 and <= 8 && source.TryRead(at, bytes[(8 - (int)size)..]) ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
    }

    private double ReadFloat(long at, long size)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (size is not (4 or 8) || !source.TryRead(at, bytes[..(int)size])) return 0;
        double value = size == 4 ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
        return double.IsFinite(value) ? value : 0;
    }

    /// <summary>An EBML number: the zeros before the first one-bit tell how many bytes follow.</summary>
    private bool TryReadNumber(ref long at, int maxLength, bool keepMarker, out ulong value)
    {
        value = 0;
        Span<byte> bytes = stackalloc byte[8];
        if (!source.TryRead(at, bytes[..1])) return false;
        int length = BitOperations.LeadingZeroCount((uint)bytes[0]) - 24 + 1;
        if (length > maxLength || !source.TryRead(at, bytes[..length])) return false;

        ulong marker = 1UL << (7 * length);
        for (int i = 0; i < length; i++) value = (value << 8) | bytes[i];
        at += length;
        if (keepMarker) return true;
        value &= marker - 1;
        if (value == marker - 1) value = UnknownSize;
        return true;
    }
}
