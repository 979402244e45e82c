namespace LiveDesk.Tests.Domain.Messaging.Audio;

/// <summary>Short recordings of a tone, made with a common encoder.</summary>
internal static class Recordings
{
    public static readonly string[] All =
    [
        "voice.ogg", "vorbis.ogg", "voice.webm", "live.webm", "voice.m4a", "faststart.m4a", "fragmented.mp4",
        "cbr.mp3", "vbr.mp3", "voice.wav", "piped.wav", "voice.aac",
    ];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Audio", name));

    /// <summary>AMR of so many frames; its encoder is not at hand everywhere, and its frames need not sound.</summary>
    public static byte[] Amr(int frames) => [.. "#!AMR\n"u8, .. Enumerable.Repeat<byte[]>([0x04, .. new byte[12]], frames).SelectMany(frame => frame)];

    /// <summary>Silence: mono, 16 bits, 44.1 kHz, as plain PCM.</summary>
    /// <param name="samples">More than the seconds.</param>
    public static byte[] Wav(int seconds, int samples = 0)
    {
        const int rate = 44_100;
        int bytes = ((seconds * rate) + samples) * 2;
        using var file = new MemoryStream(44 + bytes);
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
        writer.Write(new byte[bytes]);
        return file.ToArray();
    }
}
