using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Local.Durable;

/// <summary>Name-based GUIDs (RFC 4122, version 5) from instance, time and a counter, in the same way as the official worker.</summary>
internal static class DeterministicGuid
{
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    public static Guid Create(string instance, DateTime now, int counter)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{instance}_{now:o}_{counter}");
        byte[] input = [.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // SHA-1 is what version 5 is made of; nothing here is secret.
        Span<byte> hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
