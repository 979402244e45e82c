using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveDesk.Functions.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>A Google service account, from the JSON file that the Cloud console gives out.</summary>
/// <param name="Key">PEM, PKCS 8.</param>
internal sealed record ServiceAccount(string Email, string? KeyId, string Key)
{
    /// <summary>Where Google gives tokens for such accounts, and whom they are asked from.</summary>
    public const string TokenUri = "https://oauth2.googleapis.com/token";

    private const string Scope = "https://www.googleapis.com/auth/dialogflow";

    // Google takes an hour at the most.
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(30);

    /// <returns>Null if the text is no service account.</returns>
    public static ServiceAccount? Read(string? json)
    {
        if (json is null) return null;
        JsonElement account = JsonFields.Read(Encoding.UTF8.GetBytes(json));
        return account.Text("client_email") is { } email && account.Text("private_key") is { } key
            ? new ServiceAccount(email, account.Text("private_key_id"), key)
            : null;
    }

    /// <summary>The signed assertion that is exchanged for an access token (RFC 7523).</summary>
    /// <exception cref="CryptographicException">The private key is damaged.</exception>
    public string Assertion(DateTimeOffset now)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(Key);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("No PEM.", e);
        }
        var key = new RsaSecurityKey(rsa) { KeyId = KeyId };
        var signing = new SigningCredentials(key, SecurityAlgorithms.RsaSha256)
        {
            // The key is gone when this returns; nothing may keep it.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Email,
            Audience = TokenUri,
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLife).UtcDateTime,
            Claims = new Dictionary<string, object> { ["scope"] = Scope },
            SigningCredentials = signing,
        });
    }
}
