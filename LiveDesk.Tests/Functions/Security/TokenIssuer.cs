using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Local;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Tests.Functions.Security;

/// <summary>An OpenID Connect issuer on this machine. Its tokens are put together by hand, so that they can be wrong in every way.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "livedesk";

    private Receiver _http = null!;
    private (string Id, RSA Key) _key = NewKey();

    public Uri Url => new(_http.BaseUri.AbsoluteUri.TrimEnd('/'));

    public bool IsDown { get; set; }

    public RSA Key => _key.Key;

    public int KeyReads => _http.Requests.Count(r => r.Url.EndsWith("/keys", StringComparison.Ordinal));

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        issuer._http = await Receiver.StartAsync(issuer.AnswerAsync);
        return issuer;
    }

    public void Rotate() => _key = NewKey();

    /// <param name="change">What is unusual about the claims.</param>
    public JsonObject Claims(DateTimeOffset now, Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Url.AbsoluteUri.TrimEnd('/'),
            ["aud"] = Audience,
            ["sub"] = "user-1",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["livedesk_role"] = "admin",
        };
        change?.Invoke(claims);
        return claims;
    }

    public string Token(DateTimeOffset now, Action<JsonObject>? change = null) => Sign(Claims(now, change), "RS256", _key.Id, Rs256);

    public byte[] Rs256(byte[] text) => _key.Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static string Sign(JsonObject claims, string algorithm, string? keyId, Func<byte[], byte[]> sign)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null) header["kid"] = keyId;
        string text = $"{Encode(header.ToJsonString())}.{Encode(claims.ToJsonString())}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public string KeyId => _key.Id;

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static (string, RSA) NewKey() => (Guid.NewGuid().ToString("N"), RSA.Create(2048));

    private async Task AnswerAsync(Received request, HttpContext context)
    {
        if (IsDown)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        string issuer = Url.AbsoluteUri.TrimEnd('/');
        RSAParameters key = _key.Key.ExportParameters(includePrivateParameters: false);
        JsonObject body = context.Request.Path == "/keys"
            ? new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA", ["use"] = "sig", ["kid"] = _key.Id, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
                }),
            }
            : new JsonObject { ["issuer"] = issuer, ["jwks_uri"] = $"{issuer}/keys" };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }
}
