namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>AMR and AMR-WB in their file form (RFC 4867, section 5): frames of 20 ms, whose first byte tells their size.</summary>
internal static class AmrReader
{
    private const int Invalid = -1;
    private const double FrameSeconds = 0.020;

    private static readonly int[] Narrow = [12, 13, 15, 17, 19, 20, 26, 31, 5, Invalid, Invalid, Invalid, Invalid, Invalid, Invalid, 0];
    private static readonly int[] Wide = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, Invalid, Invalid, Invalid, Invalid, 0, 0];

    public static AudioProbeResult Read(AudioSource source)
    {
        Span<byte> magic = stackalloc byte[9], frame = stackalloc byte[1];
        source.TryRead(0, magic);
        (int[] sizes, long at) = magic.StartsWith("#!AMR\n"u8) ? (Narrow, 6) : magic.SequenceEqual("#!AMR-WB\n"u8) ? (Wide, 9) : ([], 0);
        if (sizes.Length == 0) return AudioRefusal.Unknown;

        int frames = 0;
        for (; source.TryRead(at, frame); frames++)
        {
            int size = sizes[(frame[0] >> 3) & 0xF];
            if (size == Invalid || (frame[0] & 0x83) != 0) return AudioRefusal.Corrupt;
            at += 1 + size;
        }

        return at > source.Length || frames == 0
            ? AudioRefusal.Truncated
            : AudioProbeResult.Of(AudioContainer.Amr, AudioCodec.Amr, frames * FrameSeconds);
    }
}
