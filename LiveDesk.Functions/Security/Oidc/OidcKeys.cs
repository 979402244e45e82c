using System.Net.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace LiveDesk.Functions.Security.Oidc;

/// <summary>What the issuer says of itself, and the keys it signs with.</summary>
internal sealed record OidcIssuerState(string Issuer, IReadOnlyList<SecurityKey> Keys);

/// <summary>
/// The issuer's keys, by OpenID Connect Discovery. Read again every twelve hours, and as soon as a token names a key that is not among them, but then
/// at most every ten seconds: anybody can send tokens with invented key ids.
/// </summary>
internal sealed partial class OidcKeys(LiveDeskOptions options, TimeProvider time, ILogger<OidcKeys> logger) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly SemaphoreSlim _turn = new(1, 1);
    private OidcIssuerState? _known;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;

    /// <param name="keyId">Of the token that is to be checked.</param>
    /// <returns>Null if the issuer has never been reached.</returns>
    public async Task<OidcIssuerState?> OfAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (IsFresh(keyId)) return _known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh(keyId) && time.GetUtcNow() - _triedAt >= RefreshPause) await ReadAsync(cancellationToken);
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turn.Dispose();
    }

    private bool IsFresh(string? keyId) =>
        _known is { } known && time.GetUtcNow() - _readAt < Lifetime && (keyId is null || known.Keys.Any(key => key.KeyId == keyId));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        string issuer = options.OidcIssuer!.AbsoluteUri.TrimEnd('/');
        _triedAt = time.GetUtcNow();
        try
        {
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = !options.OidcIssuer.IsLoopback };
            OpenIdConnectConfiguration read = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{issuer}/.well-known/openid-configuration", documents, cancellationToken);
            if (read.Issuer?.TrimEnd('/') != issuer) throw new InvalidOperationException($"The document of {issuer} is of another issuer.");
            // Only keys that can be public: with a shared secret whoever can check a token can also make one.
            _known = new OidcIssuerState(read.Issuer, [.. read.SigningKeys.Where(IsAsymmetric)]);
            _readAt = _triedAt;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What is known goes on being used.
            LogUnreachable(e, issuer);
        }
    }

    private static bool IsAsymmetric(SecurityKey key) =>
        key is RsaSecurityKey or ECDsaSecurityKey or X509SecurityKey or JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve };

    [LoggerMessage(1101, LogLevel.Warning, "The keys of {Issuer} cannot be read.")]
    private partial void LogUnreachable(Exception e, string issuer);
}
