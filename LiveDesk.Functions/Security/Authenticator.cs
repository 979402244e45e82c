using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security.Oidc;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Security;

/// <summary>Tells who calls, from the bearer token.</summary>
internal sealed class Authenticator(LiveDeskOptions options, ApiKeyStore keys, OidcCallers tokens)
{
    private static readonly Refusal Unknown = new(
        RefusalKind.Unauthenticated, "unauthenticated", "Send 'Authorization: Bearer' with a valid API key or token.");

    /// <returns>The caller; 401 without a valid token, 404 for a workspace that is not the token's.</returns>
    public async Task<Result<Caller>> AuthenticateAsync(WorkspaceId workspace, HttpRequestData request, CancellationToken cancellationToken)
    {
        if (Token(request) is not { } token) return Unknown;
        if (options.BootstrapApiKey is { } bootstrap && FixedTime.Equal(token, bootstrap))
            return workspace == options.BootstrapWorkspace
                ? new Caller(workspace, Role.Admin, "bootstrap", null, "Bootstrap key")
                : Refusal.NotFound("workspace");
        if (await keys.AuthenticateAsync(workspace, token, cancellationToken) is { } key)
            return new Caller(workspace, key.Role, key.Id, key.Agent, key.Name);
        return await tokens.FindAsync(workspace, token, cancellationToken) ?? Unknown;
    }

    private static string? Token(HttpRequestData request)
    {
        const string scheme = "Bearer ";
        string? header = request.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        return header is { Length: > 7 and <= 8_192 } && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }
}
