using System.Security.Cryptography;
using System.Text;
using LiveDesk.Tests.Local;

namespace LiveDesk.Tests.Functions.Webhooks;

/// <summary>A receiver's own check of a signature, written from the specification and nothing else.</summary>
internal static class Subscriber
{
    public static void AssertSigned(Received request, string secret)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        string id = request.Headers["webhook-id"], timestamp = request.Headers["webhook-timestamp"];
        byte[] content = [.. Encoding.UTF8.GetBytes(id), (byte)'.', .. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. Encoding.UTF8.GetBytes(request.Body)];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)));
        hash.AppendData(content);
        byte[] expected = hash.GetHashAndReset();
        string[] versions = request.Headers["webhook-signature"].Split(' ');
        Assert.Contains(versions, v => v.StartsWith("v1,", StringComparison.Ordinal) && Convert.FromBase64String(v[3..]).SequenceEqual(expected));
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
    }
}
