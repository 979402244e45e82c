using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security.Oidc;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LiveDesk.Tests.Functions.Security;

public sealed class When_a_token_of_an_issuer_comes : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private TokenIssuer _issuer = null!;
    private OidcKeys _keys = null!;
    private OidcCallers _callers = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        var options = new LiveDeskOptions
        {
            PublicBaseUrl = new Uri("https://desk.example"), SecretsKey = new byte[32], OidcIssuer = _issuer.Url, OidcAudience = TokenIssuer.Audience,
        };
        var desk = new Mock<IDeskStore>();
        desk.Setup(d => d.ListAgentsAsync(Given.Workspace, It.IsAny<CancellationToken>())).ReturnsAsync(
        [
            new AgentSnapshot(new Agent { Workspace = Given.Workspace, Id = Given.Ana, Name = "Ana", Email = "Ana@example.com", CreatedAt = Given.Now }, "1"),
            new AgentSnapshot(
                new Agent { Workspace = Given.Workspace, Id = Given.Luis, Name = "Luis", Role = Role.Supervisor, CreatedAt = Given.Now }, "1"),
        ]);
        _keys = new OidcKeys(options, _clock, NullLogger<OidcKeys>.Instance);
        _callers = new OidcCallers(options, _keys, desk.Object, _clock);
    }

    public async Task DisposeAsync()
    {
        _keys.Dispose();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("admin", Role.Admin)]
    [InlineData("supervisor", Role.Supervisor)]
    [InlineData("agent", Role.Agent)]
    public async Task Its_role_claim_counts(string named, Role role) =>
        Assert.Equal(role, (await AcceptedAsync(c => c["livedesk_role"] = named)).Role);

    [Fact]
    public async Task The_highest_of_several_roles_counts_and_words_that_are_none_do_not()
    {
        Caller caller = await AcceptedAsync(c =>
        {
            c.Remove("livedesk_role");
            c["roles"] = new JsonArray("agent", "supervisor", "Admin", "owner");
        });

        Assert.Equal(Role.Supervisor, caller.Role);
        Assert.Null(caller.Agent);
        Assert.Equal("oidc:user-1", caller.KeyId);
    }

    [Fact]
    public async Task It_speaks_for_the_agent_it_names_or_whose_address_it_holds()
    {
        Caller named = await AcceptedAsync(c =>
        {
            c.Remove("livedesk_role");
            c["livedesk_agent"] = Given.Luis.Value;
        });
        Caller addressed = await AcceptedAsync(c =>
        {
            c.Remove("livedesk_role");
            c["email"] = "ana@example.com";
        });

        Assert.Equal((Given.Luis, Role.Supervisor, "Luis"), (named.Agent, named.Role, named.Name));
        Assert.Equal((Given.Ana, Role.Agent, "Ana"), (addressed.Agent, addressed.Role, addressed.Name));
    }

    [Fact]
    public async Task An_address_that_nobody_has_verified_is_no_agents()
    {
        Result<Caller> caller = (await FindAsync(_issuer.Token(_clock.GetUtcNow(), c =>
        {
            c.Remove("livedesk_role");
            c["email"] = "ana@example.com";
            c["email_verified"] = false;
        })))!.Value;

        Assert.Equal("role_missing", caller.Refusal?.Code);
    }

    [Fact]
    public async Task An_agent_who_is_not_of_the_workspace_is_refused()
    {
        Result<Caller> caller = (await FindAsync(_issuer.Token(_clock.GetUtcNow(), c => c["livedesk_agent"] = Given.Agent(9).Value)))!.Value;

        Assert.Equal((RefusalKind.Forbidden, "agent_unknown"), (caller.Refusal!.Kind, caller.Refusal.Code));
    }

    [Fact]
    public async Task Another_workspace_is_not_there()
    {
        string elsewhere = _issuer.Token(_clock.GetUtcNow(), c => c["livedesk_workspace"] = "other");

        Assert.Equal(RefusalKind.NotFound, (await FindAsync(elsewhere))!.Value.Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await _callers.FindAsync(WorkspaceId.Parse("other"), _issuer.Token(_clock.GetUtcNow()), default))!.Value.Refusal?.Kind);
        Assert.True((await _callers.FindAsync(WorkspaceId.Parse("other"), elsewhere, default))!.Value.Accepted);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_it_makes_it_no_token()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        byte[] publicKey = Encoding.ASCII.GetBytes(_issuer.Key.ExportSubjectPublicKeyInfoPem());
        using var stranger = RSA.Create(2048);
        string valid = _issuer.Token(now);
        string[] parts = valid.Split('.');
        var wrong = new Dictionary<string, string>
        {
            ["another audience"] = _issuer.Token(now, c => c["aud"] = "shop"),
            ["no audience"] = _issuer.Token(now, c => c.Remove("aud")),
            ["another issuer"] = _issuer.Token(now, c => c["iss"] = "https://elsewhere.example"),
            ["expired"] = _issuer.Token(now, c => c["exp"] = now.AddMinutes(-3).ToUnixTimeSeconds()),
            ["never expires"] = _issuer.Token(now, c => c.Remove("exp")),
            ["not yet"] = _issuer.Token(now, c => c["nbf"] = now.AddMinutes(3).ToUnixTimeSeconds()),
            ["alg none"] = TokenIssuer.Sign(_issuer.Claims(now), "none", _issuer.KeyId, _ => []),
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["HS256 with the public key"] = TokenIssuer.Sign(_issuer.Claims(now), "HS256", _issuer.KeyId, text => HMACSHA256.HashData(publicKey, text)),
            ["HS256 without a key id"] = TokenIssuer.Sign(_issuer.Claims(now), "HS256", null, text => HMACSHA256.HashData(publicKey, text)),
            ["RS384"] = TokenIssuer.Sign(
                _issuer.Claims(now), "RS384", _issuer.KeyId, text => _issuer.Key.SignData(text, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            ["a stranger's key under a known id"] = TokenIssuer.Sign(
                _issuer.Claims(now), "RS256", _issuer.KeyId, text => stranger.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["a stranger's key"] = TokenIssuer.Sign(
                _issuer.Claims(now), "RS256", "stranger", text => stranger.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["other claims"] = $"{parts[0]}.{TokenIssuer.Sign(_issuer.Claims(now, c => c["sub"] = "user-2"), "RS256", null, _ => []).Split('.')[1]}.{parts[2]}",
            ["not a token"] = "a.b.c",
            ["text"] = "ldk_nothing",
        };

        Assert.NotNull(await FindAsync(valid));
        foreach ((string what, string token) in wrong) Assert.True(await FindAsync(token) is null, what);
    }

    [Fact]
    public async Task Clocks_may_differ_by_two_minutes()
    {
        DateTimeOffset now = _clock.GetUtcNow();

        Assert.NotNull(await FindAsync(_issuer.Token(now, c => c["exp"] = now.AddSeconds(-110).ToUnixTimeSeconds())));
        Assert.NotNull(await FindAsync(_issuer.Token(now, c => c["nbf"] = now.AddSeconds(110).ToUnixTimeSeconds())));
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_found_and_the_old_one_given_up()
    {
        string old = _issuer.Token(_clock.GetUtcNow());
        Assert.NotNull(await FindAsync(old));
        _issuer.Rotate();
        string next = _issuer.Token(_clock.GetUtcNow());

        Assert.Null(await FindAsync(next));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.NotNull(await FindAsync(next));
        Assert.Null(await FindAsync(old));
    }

    [Fact]
    public async Task Invented_key_ids_do_not_send_us_to_the_issuer_again_and_again()
    {
        Assert.NotNull(await FindAsync(_issuer.Token(_clock.GetUtcNow())));
        for (int i = 0; i < 50; i++)
            Assert.Null(await FindAsync(TokenIssuer.Sign(_issuer.Claims(_clock.GetUtcNow()), "RS256", $"invented{i}", _issuer.Rs256)));

        Assert.Equal(1, _issuer.KeyReads);
    }

    [Fact]
    public async Task An_issuer_that_is_down_is_a_reason_to_try_again_and_known_keys_go_on()
    {
        _issuer.IsDown = true;
        Assert.Equal(RefusalKind.Unavailable, (await FindAsync(_issuer.Token(_clock.GetUtcNow())))!.Value.Refusal?.Kind);

        _issuer.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await FindAsync(_issuer.Token(_clock.GetUtcNow())))!.Value.Accepted);

        _issuer.IsDown = true;
        _clock.Advance(TimeSpan.FromHours(13));
        Assert.True((await FindAsync(_issuer.Token(_clock.GetUtcNow())))!.Value.Accepted);
    }

    private Task<Result<Caller>?> FindAsync(string token) => _callers.FindAsync(Given.Workspace, token, default);

    private async Task<Caller> AcceptedAsync(Action<JsonObject> change) => (await FindAsync(_issuer.Token(_clock.GetUtcNow(), change)))!.Value.Value;
}
