using System.Buffers.Binary;
using LiveDesk.Domain.Messaging.Audio;

namespace LiveDesk.Tests.Domain.Messaging.Audio;

public class When_a_voice_file_is_not_what_it_seems
{
    [Theory]
    [InlineData("")]
    [InlineData("OggS")]
    [InlineData("hello, I am a text and no recording at all")]
    [InlineData("%PDF-1.7 something else")]
    [InlineData("RIFF....WEBPVP8 ")]
    public void No_audio_is_unknown(string text) => Assert.Equal(AudioRefusal.Unknown, AudioProbe.Probe(System.Text.Encoding.ASCII.GetBytes(text)).Refusal);

    [Theory]
    [InlineData("voice.ogg")]
    [InlineData("voice.webm")]
    [InlineData("voice.m4a")]
    [InlineData("faststart.m4a")]
    [InlineData("fragmented.mp4")]
    [InlineData("cbr.mp3")]
    [InlineData("vbr.mp3")]
    [InlineData("voice.wav")]
    [InlineData("voice.aac")]
    public void An_upload_that_broke_off_is_truncated(string name)
    {
        byte[] whole = Recordings.Read(name);
        // Not on the border of a frame: half a file and an odd byte.
        Assert.Equal(AudioRefusal.Truncated, AudioProbe.Probe(whole.AsMemory(0, (whole.Length / 2) + 1)).Refusal);
    }

    [Fact]
    public void An_MP3_cut_anywhere_misses_frames_that_its_index_counts()
    {
        byte[] whole = Recordings.Read("vbr.mp3");
        for (int length = whole.Length / 2; length < whole.Length * 3 / 4; length++)
            Assert.Equal(AudioRefusal.Truncated, AudioProbe.Probe(whole.AsMemory(0, length)).Refusal);
    }

    [Fact]
    public void A_changed_byte_in_Ogg_is_corrupt()
    {
        byte[] bytes = Recordings.Read("voice.ogg");
        bytes[^10] ^= 0x40;
        Assert.Equal(AudioRefusal.Corrupt, AudioProbe.Probe(bytes).Refusal);
    }

    [Fact]
    public void A_header_that_claims_less_than_there_is_does_not_shorten_the_recording()
    {
        byte[] mp4 = Recordings.Read("voice.m4a");
        int mdhd = mp4.AsSpan().IndexOf("mdhd"u8);
        BinaryPrimitives.WriteUInt32BigEndian(mp4.AsSpan(mdhd + 20), 1);
        Assert.InRange(AudioProbe.Probe(mp4).File!.Duration.TotalSeconds, 2.49, 2.55);

        byte[] webm = Recordings.Read("voice.webm");
        int duration = webm.AsSpan().IndexOf<byte>([0x44, 0x89, 0x88]);
        BinaryPrimitives.WriteDoubleBigEndian(webm.AsSpan(duration + 3), 1.0);
        Assert.InRange(AudioProbe.Probe(webm).File!.Duration.TotalSeconds, 2.49, 2.55);
    }

    [Theory]
    [InlineData(0u, AudioRefusal.Corrupt)]
    [InlineData(77u, AudioRefusal.Corrupt)]
    public void A_WAV_whose_rates_contradict_each_other_is_corrupt(uint bytesPerSecond, AudioRefusal expected)
    {
        byte[] wav = Recordings.Read("voice.wav");
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(28), bytesPerSecond);
        Assert.Equal(expected, AudioProbe.Probe(wav).Refusal);
    }

    [Fact]
    public void A_video_without_sound_is_unknown()
    {
        byte[] mp4 = Recordings.Read("voice.m4a");
        "vide"u8.CopyTo(mp4.AsSpan(mp4.AsSpan().IndexOf("soun"u8)));
        Assert.Equal(AudioRefusal.Unknown, AudioProbe.Probe(mp4).Refusal);
    }

    [Fact]
    public void Boxes_in_boxes_in_boxes_end_somewhere()
    {
        byte[] nested = new byte[64 * 1024];
        "\0\0\0\u0010ftypM4A "u8.CopyTo(nested);
        for (int at = 16; at + 8 < nested.Length; at += 8)
        {
            BinaryPrimitives.WriteInt32BigEndian(nested.AsSpan(at), nested.Length - at);
            "moov"u8.CopyTo(nested.AsSpan(at + 4));
        }

        Assert.NotNull(AudioProbe.Probe(nested).Refusal);
    }

    [Fact]
    public void No_change_of_bytes_makes_it_throw_or_run_on()
    {
        var random = new Random(20261122);
        foreach (string name in Recordings.All)
        {
            byte[] original = Recordings.Read(name);
            for (int round = 0; round < 300; round++) Answers(Mutated(original, random));
            for (int length = 0; length < Math.Min(original.Length, 600); length++) Answers(original.AsMemory(0, length));
        }

        for (int round = 0; round < 500; round++)
        {
            byte[] noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            byte[] head = Recordings.Read(Recordings.All[round % Recordings.All.Length])[..16];
            head.AsSpan(0, Math.Min(16, noise.Length)).CopyTo(noise);
            Answers(noise);
        }
    }

    private static void Answers(ReadOnlyMemory<byte> bytes)
    {
        AudioProbeResult result = AudioProbe.Probe(bytes);
        Assert.NotEqual(result.File is null, result.Refusal is null);
        if (result.File is { } file) Assert.True(file.Duration >= TimeSpan.Zero);
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        int changes = random.Next(1, 12), reach = random.Next(2) == 0 ? Math.Min(256, bytes.Length) : bytes.Length;
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(reach);
            bytes[at] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
