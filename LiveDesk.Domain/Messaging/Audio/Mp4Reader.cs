using System.Buffers.Binary;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// MP4 and M4A (ISO/IEC 14496-12): the audio track's samples as its tables or its fragments add up, or what its header claims if that
/// is more.
/// </summary>
internal sealed class Mp4Reader(AudioSource source)
{
    private const int MaxDepth = 8, MaxTracks = 64;
    private const uint SampleDurationPresent = 0x100, TrackHasDefaultDuration = 0x8;

    private readonly List<Track> _tracks = [];
    private readonly Dictionary<uint, uint> _defaultDurations = [];
    private AudioRefusal? _refusal;
    private Track? _fragmentTrack;
    private uint _fragmentDuration;
    private bool _hasIndex;

    private sealed class Track
    {
        public uint Id, TimeScale;
        public double Claimed, Samples;
        public bool IsAudio;
        public AudioCodec Codec = AudioCodec.Other;
    }

    public static AudioProbeResult Read(AudioSource source)
    {
        var reader = new Mp4Reader(source);
        reader.Walk(0, source.Length, 0);
        return reader.Result();
    }

    private AudioProbeResult Result()
    {
        if (_refusal is { } refusal) return refusal;
        if (!_hasIndex) return AudioRefusal.Truncated;
        if (_tracks.Find(track => track.IsAudio) is not { } audio) return AudioRefusal.Unknown;
        if (audio.TimeScale == 0) return AudioRefusal.Corrupt;
        double units = Math.Max(audio.Claimed, audio.Samples);
        return units > 0 ? AudioProbeResult.Of(AudioContainer.Mp4, audio.Codec, units / audio.TimeScale) : AudioRefusal.Truncated;
    }

    private void Walk(long at, long end, int depth)
    {
        Span<byte> head = stackalloc byte[16];
        while (at < end && _refusal is null)
        {
            if (end - at < 8 || !source.TryRead(at, head[..8]))
            {
                _refusal = depth == 0 ? AudioRefusal.Truncated : AudioRefusal.Corrupt;
                return;
            }

            ulong size = BinaryPrimitives.ReadUInt32BigEndian(head);
            int headLength = 8;
            if (size == 1 && source.TryRead(at, head)) (size, headLength) = (BinaryPrimitives.ReadUInt64BigEndian(head[8..]), 16);
            if (size == 0 && depth == 0) size = (ulong)(end - at);
            if (size < (ulong)headLength || size > (ulong)(end - at))
            {
                _refusal = depth == 0 && size >= (ulong)headLength ? AudioRefusal.Truncated : AudioRefusal.Corrupt;
                return;
            }

            Take(head.Slice(4, 4), at + headLength, at + (long)size, depth);
            at += (long)size;
        }
    }

    private void Take(ReadOnlySpan<byte> type, long at, long end, int depth)
    {
        if (type.SequenceEqual("moov"u8)) _hasIndex = true;
        if (type.SequenceEqual("trak"u8) && _tracks.Count < MaxTracks) _tracks.Add(new Track());
        if (type.SequenceEqual("traf"u8)) (_fragmentTrack, _fragmentDuration) = (null, 0);
        if (IsContainer(type))
        {
            if (depth < MaxDepth) Walk(at, end, depth + 1);
            return;
        }

        Track? track = _tracks.Count > 0 ? _tracks[^1] : null;
        if (type.SequenceEqual("trex"u8)) _defaultDurations[UInt32(at + 4, end)] = UInt32(at + 12, end);
        else if (type.SequenceEqual("tfhd"u8)) BeginFragment(at, end);
        else if (type.SequenceEqual("trun"u8)) AddRun(at, end);
        else if (track is null) return;
        else if (type.SequenceEqual("tkhd"u8)) track.Id = UInt32(at + (Version(at) == 1 ? 20 : 12), end);
        else if (type.SequenceEqual("mdhd"u8)) ReadMediaHeader(track, at, end);
        else if (type.SequenceEqual("hdlr"u8)) track.IsAudio = Is(at + 8, end, "soun"u8);
        else if (type.SequenceEqual("stsd"u8)) track.Codec = ReadCodec(at + 12, end); // version, count, size, then the type
        else if (type.SequenceEqual("stts"u8)) AddSampleTable(track, at, end);
    }

    private static bool IsContainer(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("moov"u8) || type.SequenceEqual("trak"u8) || type.SequenceEqual("mdia"u8) || type.SequenceEqual("minf"u8)
        || type.SequenceEqual("stbl"u8) || type.SequenceEqual("mvex"u8) || type.SequenceEqual("moof"u8) || type.SequenceEqual("traf"u8);

    private void ReadMediaHeader(Track track, long at, long end)
    {
        bool wide = Version(at) == 1;
        track.TimeScale = UInt32(at + (wide ? 20 : 12), end);
        ulong duration = wide ? ((ulong)UInt32(at + 24, end) << 32) | UInt32(at + 28, end) : UInt32(at + 16, end);
        bool unknown = duration == (wide ? ulong.MaxValue : uint.MaxValue);
        track.Claimed = unknown ? 0 : duration;
    }

    private AudioCodec ReadCodec(long at, long end) =>
        Is(at, end, "mp4a"u8) ? AudioCodec.Aac
        : Is(at, end, "Opus"u8) ? AudioCodec.Opus
        : Is(at, end, ".mp3"u8) ? AudioCodec.Mp3
        : Is(at, end, "samr"u8) || Is(at, end, "sawb"u8) ? AudioCodec.Amr : AudioCodec.Other;

    private void AddSampleTable(Track track, long at, long end)
    {
        long entries = Math.Min(UInt32(at + 4, end), (end - at - 8) / 8);
        for (long i = 0; i < entries; i++)
            track.Samples += (double)UInt32(at + 8 + (8 * i), end) * UInt32(at + 12 + (8 * i), end);
    }

    private void BeginFragment(long at, long end)
    {
        uint flags = UInt32(at, end) & 0xFF_FFFF, id = UInt32(at + 4, end);
        _fragmentTrack = _tracks.Find(track => track.Id == id);
        long field = at + 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        _fragmentDuration = (flags & TrackHasDefaultDuration) != 0 ? UInt32(field, end) : _defaultDurations.GetValueOrDefault(id);
    }

    private void AddRun(long at, long end)
    {
        if (_fragmentTrack is null) return;
        uint flags = UInt32(at, end) & 0xFF_FFFF, count = UInt32(at + 4, end);
        if ((flags & SampleDurationPresent) == 0)
        {
            _fragmentTrack.Samples += (double)count * _fragmentDuration;
            return;
        }

        long first = at + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        int stride = 4 * System.Numerics.BitOperations.PopCount(flags & 0xF00);
        long samples = Math.Min(count, Math.Max(0, end - first) / stride);
        for (long i = 0; i < samples; i++) _fragmentTrack.Samples += UInt32(first + (i * stride), end);
    }

    private int Version(long at) => (int)(UInt32(at, source.Length) >> 24);

    private bool Is(long at, long end, ReadOnlySpan<byte> type)
    {
        Span<byte> bytes = stackalloc byte[4];
        return at + 4 <= end && source.TryRead(at, bytes) && bytes.SequenceEqual(type);
    }

    /// <summary>0 where the box is too short for the field.</summary>
    private uint UInt32(long at, long end)
    {
        Span<byte> bytes = stackalloc byte[4];
        return at + 4 <= end && source.TryRead(at, bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
    }
}
