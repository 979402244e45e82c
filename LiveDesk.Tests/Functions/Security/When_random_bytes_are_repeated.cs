using LiveDesk.Functions;
using LiveDesk.Functions.Security;

namespace LiveDesk.Tests.Functions.Security;

public sealed class When_random_bytes_are_repeated
{
    private static readonly RepeatableRandom Random = With(1);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_the_same_order()
    {
        byte[][] first = Draw(Random, "seed"), again = Draw(Random, "seed");

        Assert.Equal(first, again);
        Assert.NotEqual(first[0], first[1]);
        Assert.NotEqual(first, Draw(Random, "another seed"));
    }

    [Fact]
    public void The_seed_alone_tells_nobody_the_bytes() => Assert.NotEqual(Draw(Random, "seed"), Draw(With(2), "seed"));

    [Fact]
    public async Task What_runs_beside_it_draws_its_own()
    {
        byte[][] repeated = Draw(Random, "seed");
        Task<byte[]> beside = Task.Run(() => Random.Bytes(10));
        using (Random.Repeat("seed"))
        {
            byte[] within = await Task.Run(() => Random.Bytes(10));
            Assert.Equal(repeated[0], within);
        }
        Assert.NotEqual(repeated[0], await beside);
        Assert.NotEqual(repeated[1], Random.Bytes(10));
    }

    private static byte[][] Draw(RepeatableRandom random, string seed)
    {
        using IDisposable repeating = random.Repeat(seed);
        return [random.Bytes(10), random.Bytes(10)];
    }

    private static RepeatableRandom With(byte key) =>
        new(new LiveDeskOptions { PublicBaseUrl = new Uri("https://desk.example/"), SecretsKey = [.. Enumerable.Repeat(key, 32)] });
}
