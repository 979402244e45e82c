using System.Text.Json.Nodes;
using LiveDesk.Functions.Api.Agents;
using LiveDesk.Functions.Api.AiAgents;
using LiveDesk.Functions.Api.ApiKeys;
using LiveDesk.Functions.Api.Channels;
using LiveDesk.Functions.Api.ClosingNotes;
using LiveDesk.Functions.Api.Contacts;
using LiveDesk.Functions.Api.RoutingRules;
using LiveDesk.Functions.Api.Snippets;
using LiveDesk.Functions.Api.Teams;
using LiveDesk.Functions.Api.Views;
using LiveDesk.Functions.Api.Workflows;

namespace LiveDesk.Functions.Api.OpenApi;

/// <summary>A good request of each kind; a test reads every one as the API would.</summary>
internal static class OpenApiExamples
{
    public static readonly IReadOnlyDictionary<Type, string> All = new Dictionary<Type, string>
    {
        [typeof(AgentRequest)] = """{"name":"Ana","email":"ana@example.com","role":"agent","limit":5}""",
        [typeof(PresenceRequest)] = """{"status":"online"}""",
        [typeof(TeamRequest)] = """{"name":"Sales","agentIds":["ag_0123456789abcdef"]}""",
        [typeof(ApiKeyRequest)] = """{"name":"Web shop","role":"supervisor"}""",
        [typeof(CategoryRequest)] = """{"name":"Solved"}""",
        [typeof(SavedViewRequest)] = """{"name":"My urgent ones","assignee":"me","tag":"urgent"}""",
        [typeof(SnippetRequest)] = """{"shortcut":"bill","text":"Here is your bill, {{contact.name}}.","attachmentIds":[]}""",
        [typeof(AiAgentRequest)] = """{"name":"Robot","kind":"gpt","model":"gpt-4o-mini","apiKey":"sk-...","instructions":"Be brief.","maxTurns":20,"timeout":"PT30S"}""",
        [typeof(RoutingRuleRequest)] =
            """
            {"name":"Spain to sales","active":true,"position":1,"channelIds":[],"match":{"all":[{"field":"contact.country","op":"equals","value":"ES"}],"any":[]},
             "target":{"kind":"team","id":"tm_0123456789abcdef"},"waitTimeout":"PT5M","addTags":["es"]}
            """,
        [typeof(WorkflowRequest)] =
            """
            {"name":"Thank you","trigger":{"event":"conversation.closed","source":"user","oncePerContact":false},"match":{"all":[],"any":[]},
             "steps":[{"do":"wait","for":"PT1H"},{"do":"addTag","tag":"served"}]}
            """,
        [typeof(NewContactRequest)] =
            """{"name":"Ana Ruiz","phoneNumber":"+34600000000","language":"es","tags":["vip"],"attributes":{"city":"Vigo"}}""",
        [typeof(ChannelRequest)] =
            """
            {"type":"whatsapp","provider":"twilio","name":"Ventas","phoneNumber":"+14155550100",
             "credentials":{"accountSid":"AC00000000000000000000000000000000","authToken":"..."},"agentIds":[],"settings":{"greeting":{"enabled":true,"text":"Hola"}}}
            """,
    };

    public static JsonNode? Of(Type type) => All.TryGetValue(type, out string? example) ? JsonNode.Parse(example) : null;
}
