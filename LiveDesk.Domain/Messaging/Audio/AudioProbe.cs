namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>
/// Measures a voice file by its contents: Ogg, WebM, MP4 (also fragmented), MP3, WAV, AAC (ADTS) and AMR. Where a header claims a
/// playing time and the packets say more, the packets count. Made for hostile input: never throws on any bytes, reads each byte at most
/// a few times, and holds less than 200 KB whatever the size of the file.
/// </summary>
public static class AudioProbe
{
    public static AudioProbeResult Probe(ReadOnlyMemory<byte> file)
    {
        bool isArray = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(file, out ArraySegment<byte> array);
        using var stream = isArray
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
        return Probe(stream);
    }

    /// <param name="file">From its first byte; its position is lost.</param>
    /// <exception cref="ArgumentException">The stream cannot seek, which formats with the index at the end need.</exception>
    public static AudioProbeResult Probe(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.CanSeek) throw new ArgumentException("Must be able to seek.", nameof(file));

        var source = new AudioSource(file);
        Span<byte> head = stackalloc byte[12];
        if (!source.TryRead(0, head)) return AudioRefusal.Unknown;

        if (head.StartsWith("OggS"u8)) return OggReader.Read(source);
        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])) return WebMReader.Read(source);
        if (head[4..].StartsWith("ftyp"u8)) return Mp4Reader.Read(source);
        if (head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8)) return WavReader.Read(source);
        if (head.StartsWith("#!AMR"u8)) return AmrReader.Read(source);
        return FrameReader.Read(source);
    }
}
