namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// Browsers record Opus into WebM, and WhatsApp shows only Opus in Ogg as a voice note. The packets are the same; they are moved from one
/// container to the other as they are, without loss.
/// </summary>
public static class VoiceFormat
{
    // An Opus packet holds 120 ms at the most (RFC 6716, section 3.2.5); a segment table takes no more either.
    private const int MaxPacket = 254 * 255;

    /// <param name="webm">A file that <see cref="AudioProbe"/> measured as WebM with Opus.</param>
    /// <returns>The same sound in Ogg; null if the file is put together in a way that no browser does.</returns>
    public static MemoryStream? ToOgg(Stream webm)
    {
        var source = new AudioSource(webm);
        var packets = new List<(long At, int Size)>();
        byte[]? head = WebMReader.Packets(source, packets);
        if (head is null || packets.Count == 0 || packets.Exists(p => p.Size is 0 or > MaxPacket)) return null;
        var ogg = new MemoryStream();
        var writer = new OggOpusWriter(ogg);
        writer.Begin(head);
        byte[] packet = new byte[MaxPacket];
        foreach ((long at, int size) in packets)
        {
            if (!source.TryRead(at, packet.AsSpan(0, size))) return null;
            writer.Add(packet.AsSpan(0, size));
        }
        writer.End();
        ogg.Position = 0;
        return ogg;
    }
}
