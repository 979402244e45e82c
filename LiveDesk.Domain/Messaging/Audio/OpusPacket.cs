namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>How long an Opus packet plays, by its first two bytes (RFC 6716, section 3.1).</summary>
internal static class OpusPacket
{
    public const int SampleRate = 48_000;

    /// <returns>Samples at 48 kHz; 0 for an empty packet.</returns>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return 0;
        int configuration = packet[0] >> 3;
        int frame = configuration switch
        {
            < 12 => (configuration & 3) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 },
            < 16 => (configuration & 1) == 0 ? 480 : 960,
            _ => 120 << (configuration & 3),
        };
        int frames = (packet[0] & 3) switch { 0 => 1, 1 or 2 => 2, _ => packet.Length > 1 ? packet[1] & 0x3F : 0 };
        return frame * frames;
    }
}
