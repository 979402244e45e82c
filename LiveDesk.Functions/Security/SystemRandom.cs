using System.Security.Cryptography;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Security;

internal sealed class SystemRandom : IRandomSource
{
    public double NextDouble() => Random.Shared.NextDouble();

    public byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);
}
