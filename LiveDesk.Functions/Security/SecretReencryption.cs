using System.Security.Cryptography;

namespace LiveDesk.Functions.Security;

/// <summary>What a run of <see cref="SecretReencryption"/> did.</summary>
/// <param name="Examined">Secrets that were looked at.</param>
/// <param name="Reencrypted">How many of them were under the former key and are under the new one now.</param>
/// <param name="Unreadable">Where secrets stand that neither key opens, as partition and row key.</param>
/// <param name="Complete">False if the time ran out: ask again, what is done is passed over.</param>
internal sealed record ReencryptionResult(int Examined, int Reencrypted, IReadOnlyList<string> Unreadable, bool Complete);

/// <summary>
/// Takes every secret that stands under the former key and writes it under the one in force. Each is one conditional write: whoever changes a row
/// meanwhile has written it under the new key already. It may be stopped anywhere and run again.
/// </summary>
internal sealed class SecretReencryption(IEnumerable<ISecretHolder> holders, ISecretProtector secrets, TimeProvider time)
{
    /// <summary>Below the four minutes after which Azure's load balancer gives up a request.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>All workspaces: there is one key for all of them, and it can only be dropped when none needs it.</summary>
    public async Task<ReencryptionResult> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset until = time.GetUtcNow() + Longest;
        int examined = 0, reencrypted = 0;
        var unreadable = new List<string>();
        foreach (ISecretHolder holder in holders)
            await foreach (KeptSecret kept in holder.ListAsync(cancellationToken))
            {
                if (time.GetUtcNow() >= until) return new ReencryptionResult(examined, reencrypted, unreadable, Complete: false);
                examined++;
                if (secrets.IsCurrent(kept.Protected)) continue;
                if (Renew(kept) is not { } renewed) unreadable.Add(kept.Place);
                else if (await kept.ReplaceAsync(renewed, cancellationToken)) reencrypted++;
            }
        return new ReencryptionResult(examined, reencrypted, unreadable, Complete: true);
    }

    private string? Renew(KeptSecret kept)
    {
        try
        {
            return secrets.Protect(secrets.Unprotect(kept.Protected, kept.Purpose), kept.Purpose);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
