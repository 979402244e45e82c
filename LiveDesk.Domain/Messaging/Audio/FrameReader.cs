using System.Buffers.Binary;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// MP3 and ADTS: frames one after another, each with a header of its own. All are counted, so constant and variable bit rates are
/// alike; the frame that carries an encoder's index (Xing, Info, VBRI) is not heard and tells only whether frames are missing.
/// </summary>
internal static class FrameReader
{
    // Players look this far for the first frame behind a tag.
    private const int MaxLead = 4096;

    public static AudioProbeResult Read(AudioSource source)
    {
        long start = AfterTag(source, out bool tagged);
        if (start > source.Length) return AudioRefusal.Truncated;
        if (!TryFindFirst(source, ref start, tagged ? MaxLead : 0, out AudioFrame first)) return AudioRefusal.Unknown;

        (uint announced, bool silent) = ReadIndex(source, start, first);
        double seconds = 0;
        long frames = 0, at = start;
        while (TryReadFrame(source, at, out AudioFrame frame))
        {
            if (!frame.IsOfOneStreamWith(first)) return AudioRefusal.Corrupt;
            if (at + frame.Length > source.Length) return AudioRefusal.Truncated;
            if (at > start || !silent) (frames, seconds) = (frames + 1, seconds + ((double)frame.Samples / frame.SampleRate));
            at += frame.Length;
        }

        if (!IsTrailer(source, at)) return source.Length - at < AudioFrame.HeaderLength ? AudioRefusal.Truncated : AudioRefusal.Corrupt;
        return frames + 1 < announced ? AudioRefusal.Truncated : AudioProbeResult.Of(first.Container, first.Codec, seconds);
    }

    private static long AfterTag(AudioSource source, out bool tagged)
    {
        Span<byte> head = stackalloc byte[10];
        long at = 0;
        // Some editors put a second tag before the first.
        for (int tags = 0; tags < 4 && source.TryRead(at, head) && head.StartsWith("ID3"u8); tags++)
        {
            long size = ((head[6] & 0x7F) << 21) | ((head[7] & 0x7F) << 14) | ((head[8] & 0x7F) << 7) | (head[9] & 0x7F);
            bool footer = (head[5] & 0x10) != 0;
            at += head.Length + size + (footer ? head.Length : 0);
        }

        tagged = at > 0;
        return at;
    }

    private static bool TryFindFirst(AudioSource source, ref long at, int lead, out AudioFrame frame)
    {
        for (int skipped = 0; ; skipped++)
        {
            if (TryReadFrame(source, at, out frame) && IsFirst(source, at + frame.Length, frame, afterTag: skipped == 0 && lead > 0)) return true;
            if (skipped >= lead) return false;
            at++;
        }
    }

    /// <summary>Bits that look like a header are no proof; a second frame where the first ends is, or a tag before a file of one frame.</summary>
    private static bool IsFirst(AudioSource source, long end, AudioFrame frame, bool afterTag)
    {
        if (end >= source.Length) return afterTag;
        return (TryReadFrame(source, end, out AudioFrame second) && second.IsOfOneStreamWith(frame)) || IsTrailer(source, end);
    }

    private static bool TryReadFrame(AudioSource source, long at, out AudioFrame frame)
    {
        Span<byte> header = stackalloc byte[AudioFrame.HeaderLength];
        if (source.TryRead(at, header)) return AudioFrame.TryRead(header, out frame);
        frame = default;
        return false;
    }

    /// <summary>How many frames the encoder says it wrote (0: it does not say), and whether this frame only says so.</summary>
    private static (uint Frames, bool IsIndex) ReadIndex(AudioSource source, long at, AudioFrame frame)
    {
        Span<byte> bytes = stackalloc byte[18];
        if (frame.IndexOffset == 0) return default;
        if (source.TryRead(at + frame.IndexOffset, bytes) && (bytes.StartsWith("Xing"u8) || bytes.StartsWith("Info"u8)))
            return ((bytes[7] & 1) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) : 0, true);
        return source.TryRead(at + 36, bytes) && bytes.StartsWith("VBRI"u8) ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[14..]), true) : default;
    }

    /// <summary>What may stand behind the last frame: nothing, a tag of the older kinds, or zeros.</summary>
    private static bool IsTrailer(AudioSource source, long at)
    {
        Span<byte> bytes = stackalloc byte[3];
        if (at == source.Length) return true;
        if (!source.TryRead(at, bytes)) return false;
        return (bytes.SequenceEqual("TAG"u8) && source.Length - at == 128)
            || bytes.SequenceEqual("APE"u8) || bytes.SequenceEqual("LYR"u8) || bytes.SequenceEqual("ID3"u8) || !bytes.ContainsAnyExcept((byte)0);
    }
}
