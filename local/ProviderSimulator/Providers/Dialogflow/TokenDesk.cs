using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>
/// Google's token endpoint for service accounts. An assertion must be well made; its signature is checked for accounts whose public key is known
/// (<c>POST /simulator/dialogflow/accounts</c>), and then other accounts are unknown.
/// </summary>
internal sealed class TokenDesk(SimulatorCore core)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Audience = "https://oauth2.googleapis.com/token";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3599);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public void Know(string email, string publicKey)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(publicKey);
        }
        catch (ArgumentException)
        {
            throw new ControlException(400, "'publicKey' must be PEM.");
        }
        lock (_gate) _accounts[email] = publicKey;
    }

    public bool Accepts(string token)
    {
        lock (_gate) return _tokens.TryGetValue(token, out DateTimeOffset until) && until > core.Time.GetUtcNow();
    }

    /// <summary>As if all tokens had ended.</summary>
    public void Expire()
    {
        lock (_gate) _tokens.Clear();
    }

    public void Clear()
    {
        lock (_gate)
        {
            _accounts.Clear();
            _tokens.Clear();
        }
    }

    public async Task<IResult> GiveAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return new TokenError("invalid_request", "The request must be form-encoded.");
        IFormCollection form = await request.ReadFormAsync();
        if (form["grant_type"] != Grant) return new TokenError("unsupported_grant_type", "Invalid grant_type: " + form["grant_type"]);
        if (Wrong(form["assertion"].ToString()) is { } wrong) return wrong;
        string token = "ya29.c." + Guid.NewGuid().ToString("N");
        lock (_gate) _tokens[token] = core.Time.GetUtcNow() + Life;
        return Results.Json(new JsonObject { ["access_token"] = token, ["expires_in"] = (int)Life.TotalSeconds, ["token_type"] = "Bearer" });
    }

    private TokenError? Wrong(string assertion)
    {
        string[] parts = assertion.Split('.');
        if (parts.Length != 3 || Json(parts[0]) is not { } header || Json(parts[1]) is not { } claims)
            return new TokenError("invalid_grant", "The assertion is no JSON web token.");
        if (header.Text("alg") != "RS256") return new TokenError("invalid_grant", "The assertion must be signed with RS256.");
        if (claims.Text("iss") is not { Length: > 0 } email) return new TokenError("invalid_grant", "Invalid issuer.");
        if (claims.Text("aud") != Audience) return new TokenError("invalid_grant", "Invalid audience.");
        if (claims.Text("scope") is not { Length: > 0 }) return new TokenError("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        return Timing(claims) ?? Signature(email, parts);
    }

    private TokenError? Timing(JsonObject claims)
    {
        long now = core.Time.GetUtcNow().ToUnixTimeSeconds();
        if (claims["iat"] is not JsonValue iat || !iat.TryGetValue(out long issued) || claims["exp"] is not JsonValue exp || !exp.TryGetValue(out long ends)
            || ends - issued > 3600 || issued > now + 300 || ends < now)
            return new TokenError("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        return null;
    }

    private TokenError? Signature(string email, string[] parts)
    {
        string? key;
        lock (_gate)
        {
            if (_accounts.Count == 0) return null;
            if (!_accounts.TryGetValue(email, out key)) return new TokenError("invalid_grant", "Invalid grant: account not found");
        }
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key);
        bool valid = Bytes(parts[2]) is { } signature
            && rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return valid ? null : new TokenError("invalid_grant", "Invalid JWT Signature.");
    }

    private static JsonObject? Json(string part)
    {
        try
        {
            return Bytes(part) is { } bytes ? JsonNode.Parse(bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return System.Buffers.Text.Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
