using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Meta;

/// <summary>Token, app secret and verify token of a number or page.</summary>
internal sealed record MetaSecrets(string AccessToken, string AppSecret, string VerifyToken)
{
    public const string DemoAppSecret = "livedesk_demo_app_secret";
    public const string DemoVerifyToken = "livedesk_demo_verify_token";

    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(text)));

    /// <summary>Null if the request may go on.</summary>
    public GraphError? Refused(HttpRequest request)
    {
        if (Token(request) != AccessToken) return GraphError.Token();
        string? proof = request.Query["appsecret_proof"];
        return proof is null || proof == Sign(AccessToken) ? null : GraphError.Proof();
    }

    public static string? Token(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : request.Query["access_token"];
}
