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
}
