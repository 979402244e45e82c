using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Security;

/// <summary>
/// Random bytes; within <see cref="Repeat"/> the same bytes in the same order for the same seed, so that a request that is run a second time creates
/// what it created the first time. The seed alone tells nobody the bytes: they depend on the desk's secret key too.
/// </summary>
internal sealed class RepeatableRandom(LiveDeskOptions options) : IRandomSource
{
    private readonly AsyncLocal<Sequence?> _repeated = new();

    public double NextDouble() => Random.Shared.NextDouble();

    public byte[] Bytes(int count) => _repeated.Value is { } sequence ? sequence.Next(count) : RandomNumberGenerator.GetBytes(count);

    /// <summary>Until disposed, for everything that this flow of execution calls.</summary>
    public IDisposable Repeat(string seed)
    {
        _repeated.Value = new Sequence(options.SecretsKey, seed);
        return new End(this);
    }

    private sealed class Sequence(byte[] key, string seed)
    {
        private int _drawn;

        public byte[] Next(int count) => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, key, count, info: Encoding.UTF8.GetBytes($"livedesk request {seed} {Interlocked.Increment(ref _drawn)}"));
    }

    private sealed class End(RepeatableRandom random) : IDisposable
    {
        public void Dispose() => random._repeated.Value = null;
    }
}
