using LiveDesk.Domain.Messaging.Audio;

namespace LiveDesk.Tests.Domain.Messaging.Audio;

public class When_a_voice_file_is_measured
{
    [Theory]
    [InlineData("voice.ogg", AudioContainer.Ogg, AudioCodec.Opus, 2500, "audio/ogg; codecs=opus")]
    [InlineData("vorbis.ogg", AudioContainer.Ogg, AudioCodec.Vorbis, 2500, "audio/ogg")]
    [InlineData("voice.webm", AudioContainer.WebM, AudioCodec.Opus, 2508, "audio/webm; codecs=opus")]
    [InlineData("live.webm", AudioContainer.WebM, AudioCodec.Opus, 2508, "audio/webm; codecs=opus")] // no Duration, unknown sizes
    [InlineData("voice.m4a", AudioContainer.Mp4, AudioCodec.Aac, 2521, "audio/mp4")]
    [InlineData("faststart.m4a", AudioContainer.Mp4, AudioCodec.Aac, 2521, "audio/mp4")]
    [InlineData("fragmented.mp4", AudioContainer.Mp4, AudioCodec.Aac, 2521, "audio/mp4")]
    [InlineData("cbr.mp3", AudioContainer.Mp3, AudioCodec.Mp3, 2568, "audio/mpeg")]
    [InlineData("vbr.mp3", AudioContainer.Mp3, AudioCodec.Mp3, 2544, "audio/mpeg")]
    [InlineData("voice.wav", AudioContainer.Wav, AudioCodec.Pcm, 1000, "audio/wav")]
    [InlineData("piped.wav", AudioContainer.Wav, AudioCodec.Pcm, 1000, "audio/wav")] // size left open
    [InlineData("voice.aac", AudioContainer.Adts, AudioCodec.Aac, 2521, "audio/aac")]
    public void Container_codec_and_playing_time_come_from_the_contents(
        string name, AudioContainer container, AudioCodec codec, double milliseconds, string contentType)
    {
        AudioFile file = Assert.IsType<AudioFile>(AudioProbe.Probe(Recordings.Read(name)).File);
        Assert.Equal((container, codec, contentType), (file.Container, file.Codec, file.ContentType));
        Assert.InRange(file.Duration.TotalMilliseconds, milliseconds - 25, milliseconds + 25);
        Assert.Equal(name == "voice.ogg", file.IsOggOpus);
    }

    [Fact]
    public void Amr_counts_its_frames()
    {
        AudioFile file = Assert.IsType<AudioFile>(AudioProbe.Probe(Recordings.Amr(125)).File);
        Assert.Equal((AudioContainer.Amr, AudioCodec.Amr, TimeSpan.FromSeconds(2.5)), (file.Container, file.Codec, file.Duration));
        Assert.Equal(AudioRefusal.Truncated, AudioProbe.Probe(Recordings.Amr(125).AsMemory(..^1)).Refusal);
        Assert.Equal(AudioRefusal.Truncated, AudioProbe.Probe("#!AMR-WB\n\0\0\0"u8.ToArray()).Refusal);
    }

    [Fact]
    public void A_stream_gives_the_same_as_bytes()
    {
        foreach (string name in Recordings.All)
        {
            byte[] bytes = Recordings.Read(name);
            using var dripping = new DrippingStream(bytes);
            Assert.Equal(AudioProbe.Probe(bytes), AudioProbe.Probe(dripping));
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_mistake_of_the_caller()
    {
        using var zip = new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Throws<ArgumentException>(() => AudioProbe.Probe(zip));
    }

    /// <summary>Gives a few bytes at each read, as a network does.</summary>
    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
