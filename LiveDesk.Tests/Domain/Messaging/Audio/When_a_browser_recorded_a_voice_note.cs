using LiveDesk.Domain.Messaging.Audio;

namespace LiveDesk.Tests.Domain.Messaging.Audio;

public sealed class When_a_browser_recorded_a_voice_note
{
    [Theory]
    [InlineData("voice.webm")]
    [InlineData("live.webm")]
    public void Moves_the_same_sound_into_the_container_that_WhatsApp_shows_as_voice(string name)
    {
        byte[] webm = Recordings.Read(name);
        AudioFile recorded = AudioProbe.Probe(webm).File!;

        using MemoryStream ogg = VoiceFormat.ToOgg(new MemoryStream(webm))!;

        AudioFile moved = AudioProbe.Probe(ogg).File!;
        Assert.True(moved.IsOggOpus);
        Assert.InRange(moved.Duration - recorded.Duration, TimeSpan.FromMilliseconds(-30), TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Keeps_every_packet_as_it_was()
    {
        byte[] webm = Recordings.Read("voice.webm");
        using MemoryStream ogg = VoiceFormat.ToOgg(new MemoryStream(webm))!;

        List<byte[]> packets = Packets(ogg.ToArray());

        Assert.True(packets.Count > 2);
        Assert.StartsWith("OpusHead", System.Text.Encoding.ASCII.GetString(packets[0]), StringComparison.Ordinal);
        Assert.StartsWith("OpusTags", System.Text.Encoding.ASCII.GetString(packets[1]), StringComparison.Ordinal);
        int at = 0;
        foreach (byte[] packet in packets.Skip(2))
        {
            int found = webm.AsSpan(at).IndexOf(packet);
            Assert.True(found >= 0, "The packets stand in the recording in the same order.");
            at += found + packet.Length;
        }
    }

    [Theory]
    [InlineData("voice.ogg")]
    [InlineData("voice.m4a")]
    [InlineData("cbr.mp3")]
    public void Leaves_alone_what_is_no_WebM(string name) => Assert.Null(VoiceFormat.ToOgg(new MemoryStream(Recordings.Read(name))));

    [Fact]
    public void Never_breaks_on_a_damaged_recording()
    {
        byte[] webm = Recordings.Read("live.webm");
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. webm];
            for (int hit = 0; hit < 5; hit++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            using MemoryStream? ogg = VoiceFormat.ToOgg(new MemoryStream(damaged));

            Assert.True(ogg is null || AudioProbe.Probe(ogg).Refusal is not AudioRefusal.Corrupt);
        }
    }

    private static List<byte[]> Packets(byte[] ogg)
    {
        var packets = new List<byte[]>();
        var packet = new List<byte>();
        for (int page = 0; page < ogg.Length;)
        {
            int segments = ogg[page + 26], body = page + 27 + segments;
            for (int i = 0; i < segments; i++)
            {
                int length = ogg[page + 27 + i];
                packet.AddRange(ogg.AsSpan(body, length));
                body += length;
                if (length == 255) continue;
                packets.Add([.. packet]);
                packet.Clear();
            }
            page = body;
        }
        return packets;
    }
}
