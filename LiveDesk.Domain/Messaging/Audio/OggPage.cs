using System.Buffers.Binary;

namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>The frame around the packets of an Ogg stream (RFC 3533, section 6).</summary>
internal static class OggPage
{
    public const int HeaderLength = 27;
    public const int MaxSegments = 255;
    public const int Continued = 1, First = 2, Last = 4;

    private static readonly uint[] Checksums = CreateChecksums();

    /// <summary>Over the whole page with zeros in the checksum's place.</summary>
    public static uint Checksum(ReadOnlySpan<byte> page)
    {
        uint sum = 0;
        foreach (byte b in page) sum = (sum << 8) ^ Checksums[(sum >> 24) ^ b];
        return sum;
    }

    /// <param name="lacing">The length of each segment.</param>
    /// <param name="granule">The position at the page's end.</param>
    public static void Write(Stream to, int flags, long granule, uint serial, uint number, ReadOnlySpan<byte> lacing, ReadOnlySpan<byte> body)
    {
        byte[] page = new byte[HeaderLength + lacing.Length + body.Length];
        "OggS"u8.CopyTo(page);
        page[5] = (byte)flags;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), serial);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(18), number);
        page[26] = (byte)lacing.Length;
        lacing.CopyTo(page.AsSpan(HeaderLength));
        body.CopyTo(page.AsSpan(HeaderLength + lacing.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), Checksum(page));
        to.Write(page);
    }

    private static uint[] CreateChecksums()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint sum = i << 24;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 0x8000_0000) != 0 ? (sum << 1) ^ 0x04C1_1DB7 : sum << 1;
            table[i] = sum;
        }

        return table;
    }
}
