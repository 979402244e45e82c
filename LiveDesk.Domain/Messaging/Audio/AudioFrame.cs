namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>The header of an MPEG audio frame (ISO/IEC 11172-3, 13818-3) or an ADTS frame (ISO/IEC 13818-7).</summary>
/// <param name="Length">Header included, in bytes.</param>
/// <param name="IndexOffset">Where an encoder's index would stand in the frame; 0: nowhere.</param>
internal readonly record struct AudioFrame(AudioContainer Container, int Version, int Layer, int SampleRate, int Samples, int Length, int IndexOffset)
{
    public const int HeaderLength = 6;

    private const int Mpeg1 = 3, Mpeg25 = 0, Layer1 = 3, Layer3 = 1, Adts = 0;

    private static readonly int[] AdtsRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
    private static readonly int[] Mpeg1Rates = [44100, 48000, 32000];

    // In kbit/s, by the index in the header. A free (0) or forbidden (15) rate is not taken.
    private static readonly int[] V1L1 = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0];
    private static readonly int[] V1L2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0];
    private static readonly int[] V1L3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] V2L1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0];
    private static readonly int[] V2L23 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];

    public AudioCodec Codec => Container == AudioContainer.Adts ? AudioCodec.Aac : Layer == Layer3 ? AudioCodec.Mp3 : AudioCodec.Other;

    public bool IsOfOneStreamWith(AudioFrame other) =>
        Container == other.Container && Version == other.Version && Layer == other.Layer && SampleRate == other.SampleRate;

    public static bool TryRead(ReadOnlySpan<byte> header, out AudioFrame frame)
    {
        frame = default;
        if (header[0] != 0xFF || (header[1] & 0xE0) != 0xE0) return false;
        return ((header[1] >> 1) & 3) == Adts ? TryReadAdts(header, out frame) : TryReadMpeg(header, out frame);
    }

    private static bool TryReadAdts(ReadOnlySpan<byte> header, out AudioFrame frame)
    {
        frame = default;
        int rate = (header[2] >> 2) & 0xF;
        int length = ((header[3] & 3) << 11) | (header[4] << 3) | (header[5] >> 5);
        if ((header[1] & 0xF0) != 0xF0 || rate >= AdtsRates.Length || length < 7) return false;

        // A frame holds one to four blocks; the count stands in a seventh byte, and encoders write one.
        frame = new AudioFrame(AudioContainer.Adts, (header[1] >> 3) & 1, Adts, AdtsRates[rate], 1024, length, 0);
        return true;
    }

    private static bool TryReadMpeg(ReadOnlySpan<byte> header, out AudioFrame frame)
    {
        frame = default;
        int version = (header[1] >> 3) & 3, layer = (header[1] >> 1) & 3, rateIndex = (header[2] >> 2) & 3;
        bool mpeg1 = version == Mpeg1;
        int[] rates = (mpeg1, layer) switch
        {
            (true, Layer1) => V1L1,
            (true, Layer3) => V1L3,
            (true, _) => V1L2,
            (false, Layer1) => V2L1,
            _ => V2L23,
        };
        int bitRate = rates[header[2] >> 4] * 1000;
        if (version == 1 || rateIndex == 3 || bitRate == 0) return false;

        int sampleRate = Mpeg1Rates[rateIndex] / (mpeg1 ? 1 : version == Mpeg25 ? 4 : 2), padding = (header[2] >> 1) & 1;
        int samples = layer == Layer1 ? 384 : layer == Layer3 && !mpeg1 ? 576 : 1152;
        int length = layer == Layer1 ? ((12 * bitRate / sampleRate) + padding) * 4 : (samples / 8 * bitRate / sampleRate) + padding;
        bool mono = (header[3] >> 6) == 3;
        int side = mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17;
        frame = new AudioFrame(AudioContainer.Mp3, version, layer, sampleRate, samples, length, layer == Layer3 ? 4 + side : 0);
        return length >= HeaderLength;
    }
}
