using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>A customer whose conversation an AI agent holds, and the simulated model behind it.</summary>
internal sealed class AiTalk
{
    public const string Customer = "+15550001111";

    private readonly Desk _desk;
    private readonly string _model;

    private AiTalk(Desk desk, TwilioChannel channel, AiAgent agent, string model) => (_desk, Channel, Agent, _model) = (desk, channel, agent, model);

    public TwilioChannel Channel { get; }

    public AiAgent Agent { get; }

    /// <summary>Known once the customer has written.</summary>
    public string Conversation { get; private set; } = "";

    /// <param name="people">Members of the channel, to whom the agent hands over.</param>
    public static async Task<AiTalk> StartAsync(Desk desk, Func<AiAgent, AiAgent>? agent = null, params string[] people)
    {
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, people, new { assignment = new { auto = false } });
        var draft = new AiAgent
        {
            Workspace = WorkspaceId.Parse("main"),
            Id = "ai_0000000000000001",
            Name = "Bot",
            AgentKind = AiAgentKind.Gpt,
            Model = "gpt-4o-mini",
            Instructions = "You answer for ACME. Orders take two days.",
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        AiAgent changed = agent?.Invoke(draft) ?? draft;
        string secret = changed.AgentKind == AiAgentKind.Gpt ? "sk-test" : ServiceAccountJson();
        changed = changed with { ProtectedSecret = desk.Services.GetRequiredService<ISecretProtector>().Protect(secret, changed.SecretPurpose) };
        await desk.Services.GetRequiredService<IResourceStore<AiAgent>>().AddAsync(changed, CancellationToken.None);
        return new AiTalk(desk, channel, changed, changed.AgentKind == AiAgentKind.Gpt ? "openai" : "dialogflow");
    }

    /// <summary>The customer's first words; the agent gets the conversation after them.</summary>
    public async Task BeginAsync(string text = "Where is my order?")
    {
        await Channel.CustomerWritesAsync(Customer, text);
        JsonNode opened = (await Eventually.SeesAsync(() => _desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation")).Single();
        Conversation = (string)opened["id"]!;
        await GiveToAgentAsync();
    }

    public async Task GiveToAgentAsync()
    {
        Assert.True(ConversationId.TryParse(Conversation, out ConversationId id));
        var command = new AssignCommand(id, Owner.Ai(Agent.Id, Agent.Name), null, "manual", Actor.System);
        Result<Committed> given = await _desk.Services.GetRequiredService<ContactDesk>().RunAsync(
            WorkspaceId.Parse("main"), id.Contact, (state, now) => AssignConversation.Decide(state, command, now), CancellationToken.None);
        Assert.Null(given.Refusal);
    }

    /// <summary>The agent's turn about everything so far, as the queue may deliver it again.</summary>
    public async Task RedeliverAsync(int copies)
    {
        Assert.True(ConversationId.TryParse(Conversation, out ConversationId id));
        Conversation held = (await _desk.Services.GetRequiredService<IContactStore>().FindConversationAsync(Agent.Workspace, id, CancellationToken.None))!.Conversation;
        var work = new AiTurnWork(Agent.Workspace, id, held.OwnerVersion, held.LastQuestion);
        for (int i = 0; i < copies; i++) await _desk.Services.GetRequiredService<IWorkQueues>().PutAsync(work, CancellationToken.None);
    }

    /// <summary>Waits until the turn that is on is the only one.</summary>
    public Task<int> OneTurnIsLeftAsync()
    {
        var turns = new QueueClient(_desk.Settings.Storage.ConnectionString, QueueNames.AiTurns);
        return Eventually.SeesAsync(
            async () => (await turns.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 1, "one turn");
    }

    public Task WriteAsync(string text) => Channel.CustomerWritesAsync(Customer, text);

    /// <summary>What the model shall answer next.</summary>
    public Task ScriptAsync(params object[] answers) => Channel.ControlAsync($"{_model}/answers", answers, HttpStatusCode.Created);

    /// <summary>From now on the model thinks until it may go on.</summary>
    public Task HoldAsync() => Channel.ControlAsync($"{_model}/hold", new { }, HttpStatusCode.NoContent);

    public Task GoOnAsync() => Channel.ControlAsync($"{_model}/release", new { }, HttpStatusCode.NoContent);

    public async Task<IReadOnlyList<JsonNode>> AskedAsync()
    {
        using var http = new HttpClient();
        var asked = await http.GetFromJsonAsync<JsonArray>(new Uri(_desk.Simulator.BaseUri, $"/simulator/{_model}/requests"));
        return [.. asked!.Select(a => a!["body"]!)];
    }

    /// <summary>Waits until the model is thinking.</summary>
    public Task<IReadOnlyList<JsonNode>> IsAskedAsync(int times = 1) =>
        Eventually.SeesAsync(AskedAsync, asked => asked.Count >= times, $"{times} questions to the model");

    public async Task<IReadOnlyList<JsonNode>> FromAgentAsync() => [.. (await _desk.Api.MessagesAsync(Conversation))
        .Where(m => (string?)m["direction"] == "out" && (string?)m["author"]!["kind"] == "ai")];

    public Task<IReadOnlyList<JsonNode>> AnswersAsync(int count) =>
        Eventually.SeesAsync(FromAgentAsync, m => m.Count >= count, $"{count} answers of the AI agent");

    public async Task<IReadOnlyList<string>> NotesAsync() => [.. (await _desk.Api.MessagesAsync(Conversation))
        .Where(m => (string?)m["direction"] == "note").Select(m => (string)m["text"]!)];

    public Task<JsonNode> OwnerIsAsync(string kind) => Eventually.SeesAsync(
        () => _desk.Api.ConversationAsync(Conversation), c => (string?)c["owner"]!["kind"] == kind, $"the owner to be {kind}");

    /// <summary>What the customer's phone has got, in order.</summary>
    public async Task<IReadOnlyList<string?>> ReceivedAsync() => [.. (await Channel.SentAsync()).Select(m => (string?)m["text"])];

    private static string ServiceAccountJson()
    {
        using var rsa = RSA.Create(2048);
        return new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "acme",
            ["private_key_id"] = "k1",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "desk@acme.iam.gserviceaccount.com",
            ["token_uri"] = "https://oauth2.googleapis.com/token",
        }.ToJsonString();
    }
}
