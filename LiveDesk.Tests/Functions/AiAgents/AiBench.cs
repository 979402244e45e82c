using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.AiAgents;
using LiveDesk.Functions.AiAgents.Dialogflow;
using LiveDesk.Functions.AiAgents.Gpt;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Security;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Functions.AiAgents;

/// <summary>The engines, wired to a simulator of their own.</summary>
internal sealed class AiBench : IAsyncDisposable
{
    private readonly Simulator _simulator;
    private readonly HttpClient _control;
    private readonly ProviderHttp _trusted = new();
    private readonly GuardedHttp _guarded;
    private readonly AesGcmSecretProtector _protector = new(new byte[32]);

    private AiBench(Simulator simulator, IReadOnlyList<string> allowedPrivate)
    {
        _simulator = simulator;
        _control = new HttpClient { BaseAddress = new Uri(simulator.BaseUri, "/simulator/") };
        var options = new LiveDeskOptions
        {
            PublicBaseUrl = new Uri("https://desk.example.test"),
            SecretsKey = new byte[32],
            AllowedPrivateHosts = allowedPrivate,
            ProviderBaseUrls = new Dictionary<string, Uri> { ["OpenAi"] = new(simulator.BaseUri, "openai"), ["Dialogflow"] = new(simulator.BaseUri, "dialogflow") },
        };
        _guarded = new GuardedHttp(options);
        var endpoints = new AiEndpoints(options, _trusted, _guarded);
        var secrets = new AiSecrets(_protector);
        var calls = new AiCalls(Mock.Of<IRandomSource>(), TimeProvider.System);
        Gpt = new GptEngine(endpoints, secrets, calls);
        Dialogflow = new DialogflowEngine(endpoints, secrets, new GoogleTokens(endpoints, calls, TimeProvider.System), calls);
    }

    public GptEngine Gpt { get; }

    public DialogflowEngine Dialogflow { get; }

    public Uri Address => _simulator.BaseUri;

    public static async Task<AiBench> StartAsync(params string[] allowedPrivate) => new(await Simulator.StartAsync(), allowedPrivate);

    public AiAgent GptAgent(Uri? baseUrl = null, string? key = "sk-test", string model = "gpt-4o-mini") => Secured(new AiAgent
    {
        Workspace = Given.Workspace,
        Id = "ai_1",
        Name = "Bot",
        AgentKind = AiAgentKind.Gpt,
        Model = model,
        BaseUrl = baseUrl,
        Instructions = "You answer for ACME.",
        CreatedAt = Given.Now,
    }, key);

    public AiAgent DialogflowAgent(string? cxAgent = null, string? location = null, string? account = null) => Secured(new AiAgent
    {
        Workspace = Given.Workspace,
        Id = "ai_2",
        Name = "Flow",
        AgentKind = AiAgentKind.Dialogflow,
        ProjectId = "acme",
        Location = location,
        DialogflowAgentId = cxAgent,
        CreatedAt = Given.Now,
    }, account ?? Account(out _));

    public static AiQuestion Question(AiAgent agent, params string[] unanswered) => new()
    {
        Agent = agent,
        Conversation = Given.ConversationId,
        RequestId = "request-1",
        ChannelType = ChannelType.WhatsApp,
        Language = "es",
        Unanswered = unanswered.Length == 0 ? ["¿Dónde está mi pedido?"] : unanswered,
    };

    /// <summary>A service account's JSON, and the public key that belongs to it.</summary>
    public static string Account(out string publicKey)
    {
        using var rsa = RSA.Create(2048);
        publicKey = rsa.ExportSubjectPublicKeyInfoPem();
        return new JsonObject
        {
            ["type"] = "service_account",
            ["private_key_id"] = "k1",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "desk@acme.iam.gserviceaccount.com",
            ["token_uri"] = "http://169.254.169.254/token",
        }.ToJsonString();
    }

    public Task<AiAnswer> AskGptAsync(AiQuestion question, double seconds = 20) => AskAsync(Gpt, question, seconds);

    public Task<AiAnswer> AskDialogflowAsync(AiQuestion question, double seconds = 20) => AskAsync(Dialogflow, question, seconds);

    public Task ScriptAsync(string model, params object[] answers) => ControlAsync($"{model}/answers", answers);

    public Task FaultAsync(object fault) => ControlAsync("faults", fault);

    public async Task ControlAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _control.PostAsJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.NoContent, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task ExpireTokensAsync() => (await _control.DeleteAsync(new Uri("dialogflow/tokens", UriKind.Relative))).EnsureSuccessStatusCode();

    /// <summary>The questions that the model took.</summary>
    public async Task<IReadOnlyList<JsonNode>> AskedAsync(string model) =>
        [.. (await _control.GetFromJsonAsync<JsonArray>($"{model}/requests"))!.Select(r => r!)];

    /// <summary>Every call, also those that failed.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync(string model) =>
        [.. (await _control.GetFromJsonAsync<JsonArray>($"requests?provider={model}"))!.Select(r => (string)r!["path"]!)];

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _trusted.Dispose();
        _guarded.Dispose();
        await _simulator.DisposeAsync();
    }

    private static async Task<AiAnswer> AskAsync(IAiEngine engine, AiQuestion question, double seconds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        return await engine.AskAsync(question, TimeProvider.System.GetUtcNow().AddSeconds(seconds), late.Token);
    }

    private AiAgent Secured(AiAgent agent, string? secret) =>
        agent with { ProtectedSecret = secret is null ? null : _protector.Protect(secret, agent.SecretPurpose) };
}
