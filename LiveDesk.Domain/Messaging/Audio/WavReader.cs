using System.Buffers.Binary;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>RIFF WAVE. A recorder that could not seek leaves the data size open (0xFFFFFFFF): then the data goes on to the end.</summary>
internal static class WavReader
{
    private const ushort Pcm = 1, Float = 3, Extensible = 0xFFFE;

    public static AudioProbeResult Read(AudioSource source)
    {
        Span<byte> head = stackalloc byte[8], format = stackalloc byte[16];
        bool hasFormat = false;
        for (long at = 12; ; )
        {
            if (!source.TryRead(at, head)) return AudioRefusal.Truncated;
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            at += head.Length;
            if (head.StartsWith("data"u8)) return hasFormat ? Measure(format, size, source.Length - at) : AudioRefusal.Corrupt;
            if (head.StartsWith("fmt "u8))
            {
                if (size < format.Length) return AudioRefusal.Corrupt;
                if (!source.TryRead(at, format)) return AudioRefusal.Truncated;
                hasFormat = true;
            }

            at += size + (size & 1);
        }
    }

    private static AudioProbeResult Measure(ReadOnlySpan<byte> format, uint size, long left)
    {
        ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]), bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(format[8..]);
        uint frame = BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
        bool pcm = tag is Pcm or Float or Extensible;
        if (bytesPerSecond == 0 || (pcm && bytesPerSecond != (ulong)rate * frame)) return AudioRefusal.Corrupt;

        if (size != uint.MaxValue && size > left) return AudioRefusal.Truncated;
        double bytes = size == uint.MaxValue ? left : size;
        return AudioProbeResult.Of(AudioContainer.Wav, pcm ? AudioCodec.Pcm : AudioCodec.Other, bytes / bytesPerSecond);
    }
}
