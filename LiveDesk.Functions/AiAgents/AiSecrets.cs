using System.Security.Cryptography;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.AiAgents;

/// <summary>The secret of an AI agent, in clear.</summary>
internal sealed class AiSecrets(ISecretProtector protector)
{
    /// <param name="secret">Null if the agent has none.</param>
    /// <returns>False if it has one that cannot be read, because the desk's key is another now.</returns>
    public bool TryRead(AiAgent agent, out string? secret)
    {
        secret = null;
        if (agent.ProtectedSecret is null) return true;
        try
        {
            secret = protector.Unprotect(agent.ProtectedSecret, agent.SecretPurpose);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
