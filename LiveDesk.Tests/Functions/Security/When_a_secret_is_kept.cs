using System.Security.Cryptography;
using LiveDesk.Functions.Security;

namespace LiveDesk.Tests.Functions.Security;

public sealed class When_a_secret_is_kept
{
    private static readonly AesGcmSecretProtector Protector = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("clé 😀\0\n")]
    public void Comes_back_the_same(string secret) => Assert.Equal(secret, Protector.Unprotect(Protector.Protect(secret, "ch_1"), "ch_1"));

    [Fact]
    public void Looks_different_every_time_and_shows_nothing()
    {
        string[] kept = [.. Enumerable.Range(0, 20).Select(_ => Protector.Protect("a secret of some length", "ch_1"))];

        Assert.Equal(kept.Length, kept.Distinct().Count());
        Assert.All(kept, k => Assert.DoesNotContain("secret", k, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_of_no_use_elsewhere_or_under_another_key()
    {
        string kept = Protector.Protect("secret", "ch_1");

        Assert.ThrowsAny<CryptographicException>(() => Protector.Unprotect(kept, "ch_2"));
        Assert.ThrowsAny<CryptographicException>(() => new AesGcmSecretProtector(new byte[32]).Unprotect(kept, "ch_1"));
    }

    [Fact]
    public void Does_not_survive_a_change_of_any_byte()
    {
        string[] parts = Protector.Protect("secret", "ch_1").Split('.');
        byte[] whole = Convert.FromBase64String(parts[2]);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => Protector.Unprotect($"{parts[0]}.{parts[1]}.{Convert.ToBase64String(damaged)}", "ch_1"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("v1.")]
    [InlineData("v2.x.AAAA")]
    [InlineData("v1.630dcd29.")]
    [InlineData("v1.630dcd29.AAAA")]
    [InlineData("v1.630dcd29.not base 64!")]
    public void Is_not_read_from_what_is_none(string kept) => Assert.ThrowsAny<CryptographicException>(() => Protector.Unprotect(kept, "ch_1"));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(33)]
    public void Wants_a_key_of_32_bytes(int length) => Assert.Throws<ArgumentException>(() => new AesGcmSecretProtector(new byte[length]));
}
