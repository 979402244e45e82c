using System.Collections.Concurrent;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveDesk.Functions.Security.Oidc;

/// <summary>
/// Tells who calls from a token of the configured issuer. Claims: <c>livedesk_workspace</c> (default <c>main</c>), <c>livedesk_role</c> or <c>roles</c>,
/// <c>livedesk_agent</c> or else the e-mail address of an agent. Without a role claim the agent's own role counts.
/// </summary>
internal sealed class OidcCallers(LiveDeskOptions options, OidcKeys keys, IDeskStore desk, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(10);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];
    private static readonly WorkspaceId StandardWorkspace = WorkspaceId.Parse("main");

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<WorkspaceId, (IReadOnlyList<Agent> Agents, DateTimeOffset Until)> _agents = new();

    /// <returns>Null if the text is no token of the issuer's.</returns>
    public async Task<Result<Caller>?> FindAsync(WorkspaceId workspace, string text, CancellationToken cancellationToken)
    {
        if (options.OidcIssuer is null || Read(text) is not { } token) return null;
        if (await keys.OfAsync(token.Kid is { Length: > 0 } id ? id : null, cancellationToken) is not { } issuer)
            return (Result<Caller>)new Refusal(RefusalKind.Unavailable, "issuer_unavailable", "The issuer of the token cannot be reached. Try again.");
        TokenValidationResult verdict = await _handler.ValidateTokenAsync(token, Parameters(issuer, token));
        if (!verdict.IsValid) return null;
        return await CallerAsync(workspace, token, cancellationToken);
    }

    private JsonWebToken? Read(string text)
    {
        try
        {
            return _handler.CanReadToken(text) && _handler.ReadJsonWebToken(text) is { IsEncrypted: false } token && Algorithms.Contains(token.Alg) ? token : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            // Looks like a token and is none.
            return null;
        }
    }

    private TokenValidationParameters Parameters(OidcIssuerState issuer, JsonWebToken token) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = options.OidcAudience,
        IssuerSigningKeys = issuer.Keys,
        // A token that names its key is held to it.
        TryAllIssuerSigningKeys = string.IsNullOrEmpty(token.Kid),
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = Skew,
        LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
    };

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && (from is null || now >= from.Value - Skew);
    }

    private async Task<Result<Caller>> CallerAsync(WorkspaceId workspace, JsonWebToken token, CancellationToken cancellationToken)
    {
        bool named = token.TryGetPayloadValue("livedesk_workspace", out string? claimed) && claimed is not null;
        if ((named ? claimed : StandardWorkspace.Value) != workspace.Value) return Refusal.NotFound("workspace");
        Result<Agent?> agent = await AgentAsync(workspace, token, cancellationToken);
        if (agent.Refusal is { } unknown) return unknown;
        if ((RoleOf(token) ?? agent.Value?.Role) is not { } role)
            return new Refusal(RefusalKind.Forbidden, "role_missing", "The token names neither a role nor an agent of this workspace.");
        string? name = agent.Value?.Name ?? Text(token, "name") ?? Text(token, "email");
        return new Caller(workspace, role, $"oidc:{token.Subject}", agent.Value?.Id, name);
    }

    private async Task<Result<Agent?>> AgentAsync(WorkspaceId workspace, JsonWebToken token, CancellationToken cancellationToken)
    {
        if (Text(token, "livedesk_agent") is { } id)
            return await FindAsync(workspace, agent => agent.Id.Value == id, cancellationToken) is { } known
                ? known
                : new Refusal(RefusalKind.Forbidden, "agent_unknown", "The token speaks for an agent that is not of this workspace.");
        bool unverified = token.TryGetPayloadValue("email_verified", out bool verified) && !verified;
        if (unverified || Text(token, "email") is not { Length: > 0 } email) return (Agent?)null;
        return await FindAsync(workspace, agent => email.Equals(agent.Email, StringComparison.OrdinalIgnoreCase), cancellationToken);
    }

    private async Task<Agent?> FindAsync(WorkspaceId workspace, Func<Agent, bool> isMeant, CancellationToken cancellationToken)
    {
        if (!_agents.TryGetValue(workspace, out var cached) || cached.Until <= time.GetUtcNow())
        {
            Agent[] agents = [.. (await desk.ListAgentsAsync(workspace, cancellationToken)).Select(a => a.Agent)];
            _agents[workspace] = cached = (agents, time.GetUtcNow() + CacheTime);
        }
        return cached.Agents.FirstOrDefault(isMeant);
    }

    /// <summary>The highest of those named; words that are no role of the desk's are passed over.</summary>
    private static Role? RoleOf(JsonWebToken token)
    {
        IEnumerable<string> named = token.Claims.Where(c => c.Type is "livedesk_role" or "roles").Select(c => c.Value);
        Role[] roles = [.. named.Select(Parse).OfType<Role>()];
        return roles.Length == 0 ? null : roles.Max();
    }

    private static Role? Parse(string name) => name switch
    {
        "admin" => Role.Admin,
        "supervisor" => Role.Supervisor,
        "agent" => Role.Agent,
        _ => null,
    };

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue(claim, out string? text) ? text : null;
}
