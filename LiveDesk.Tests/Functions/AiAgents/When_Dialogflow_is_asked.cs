using System.Text.Json.Nodes;
using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Tests.Functions.AiAgents;

public sealed class When_Dialogflow_is_asked
{
    private const string CxAgent = "5b3c9f6e-0000-4000-8000-000000000001";

    [Fact]
    public async Task Detects_the_intent_of_what_the_customer_wrote()
    {
        await using AiBench bench = await AiBench.StartAsync();
        await bench.ScriptAsync("dialogflow", new { texts = new[] { "En camino.", "Llega mañana." } });

        var said = Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(), "¿Dónde está", "mi pedido?")));

        Assert.Equal("En camino.\nLlega mañana.", said.Text);
        Assert.True(said.Understood);
        JsonNode asked = Assert.Single(await bench.AskedAsync("dialogflow"));
        Assert.Matches("^/dialogflow/v2/projects/acme/agent/sessions/[0-9a-f]{32}:detectIntent$", (string?)asked["path"]);
        Assert.Equal("""{"text":"¿Dónde está mi pedido?","languageCode":"es"}""", Plain(asked["body"]!["queryInput"]!["text"]!));
    }

    [Fact]
    public async Task Speaks_the_language_of_CX_too()
    {
        await using AiBench bench = await AiBench.StartAsync();
        await bench.ScriptAsync("dialogflow", new { texts = new[] { "En camino." }, payload = new JsonObject { ["RB_ADDTAGS"] = "orders" } });

        var said = Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(CxAgent, "europe-west1"), "Hola")));

        Assert.Equal("En camino.", said.Text);
        Assert.Equal(["orders"], Assert.IsType<AiEffect.AddTags>(Assert.Single(said.Effects)).Tags);
        JsonNode asked = Assert.Single(await bench.AskedAsync("dialogflow"));
        Assert.Matches($"^/dialogflow/v3/projects/acme/locations/europe-west1/agents/{CxAgent}/sessions/[0-9a-f]{{32}}:detectIntent$", (string?)asked["path"]);
        Assert.Equal("""{"text":{"text":"Hola"},"languageCode":"es"}""", Plain(asked["body"]!["queryInput"]!));
    }

    [Fact]
    public async Task Asks_a_regional_agent_in_its_region()
    {
        await using AiBench bench = await AiBench.StartAsync();

        await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(location: "europe-west1"), "Hola"));

        Assert.StartsWith("/dialogflow/v2/projects/acme/locations/europe-west1/agent/sessions/", (string?)Assert.Single(await bench.AskedAsync("dialogflow"))["path"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuts_a_text_that_is_longer_than_it_takes()
    {
        await using AiBench bench = await AiBench.StartAsync();

        Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(), new string('a', 255) + "📦 and more")));

        Assert.Equal(new string('a', 255), (string?)Assert.Single(await bench.AskedAsync("dialogflow"))["body"]!["queryInput"]!["text"]!["text"]);
    }

    [Fact]
    public async Task Signs_as_its_service_account_and_keeps_the_token()
    {
        await using AiBench bench = await AiBench.StartAsync();
        string account = AiBench.Account(out string publicKey);
        await bench.ControlAsync("dialogflow/accounts", new { clientEmail = "desk@acme.iam.gserviceaccount.com", publicKey });
        AiQuestion question = AiBench.Question(bench.DialogflowAgent(account: account), "Hola");

        Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(question));
        Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(question));
        Assert.Single(await bench.CallsAsync("dialogflow"), path => path == "/token");

        await bench.ExpireTokensAsync();
        Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(question));
        Assert.Equal(2, (await bench.CallsAsync("dialogflow")).Count(path => path == "/token"));
    }

    [Fact]
    public async Task Has_failed_if_its_account_is_not_known_or_not_one()
    {
        await using AiBench bench = await AiBench.StartAsync();
        AiBench.Account(out string another);
        await bench.ControlAsync("dialogflow/accounts", new { clientEmail = "desk@acme.iam.gserviceaccount.com", publicKey = another });

        AiAnswer[] answers =
        [
            await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(), "Hola")),
            await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(account: "{}"), "Hola")),
            await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(account: """{"client_email":"a@b","private_key":"no PEM"}"""), "Hola")),
        ];

        Assert.All(answers, a => Assert.Equal(HandOffReason.Misconfigured, Assert.IsType<AiAnswer.Failed>(a).Reason));
        Assert.Empty(await bench.AskedAsync("dialogflow"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(CxAgent)]
    public async Task Tells_when_it_did_not_understand(string? cx)
    {
        await using AiBench bench = await AiBench.StartAsync();
        await bench.ScriptAsync("dialogflow", new { texts = new[] { "¿Cómo?" }, fallback = true }, new { texts = new[] { "Maybe" }, confidence = 0.29 }, new { texts = new[] { "Yes" }, confidence = 0.3 });
        AiQuestion question = AiBench.Question(bench.DialogflowAgent(cx), "asdf");

        var fallback = Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(question));
        var unsure = Assert.IsType<AiAnswer.Failed>(await bench.AskDialogflowAsync(question));
        var sure = Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(question));

        Assert.Equal(("¿Cómo?", false), (fallback.Text, fallback.Understood));
        Assert.Equal(HandOffReason.NotUnderstood, unsure.Reason);
        Assert.True(sure.Understood);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(CxAgent)]
    public async Task Hands_over_where_Dialogflow_asks_for_a_person(string? cx)
    {
        await using AiBench bench = await AiBench.StartAsync();
        await bench.ScriptAsync("dialogflow", new { texts = new[] { "Un momento." }, liveAgentHandoff = true });

        var said = Assert.IsType<AiAnswer.Said>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(cx), "Una persona")));

        Assert.IsType<AiEffect.HandOff>(Assert.Single(said.Effects));
    }

    [Fact]
    public async Task Does_not_ask_about_what_is_no_text()
    {
        await using AiBench bench = await AiBench.StartAsync();

        var failed = Assert.IsType<AiAnswer.Failed>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(), "[image]") with { Wordless = true }));

        Assert.Equal(HandOffReason.NotUnderstood, failed.Reason);
        Assert.Empty(await bench.CallsAsync("dialogflow"));
    }

    [Theory]
    [InlineData(503, 3, HandOffReason.Error)]
    [InlineData(429, 3, HandOffReason.Error)]
    [InlineData(500, 1, HandOffReason.Error)]
    [InlineData(403, 1, HandOffReason.Misconfigured)]
    [InlineData(404, 1, HandOffReason.Misconfigured)]
    public async Task Asks_again_only_where_nothing_was_taken(int status, int calls, HandOffReason reason)
    {
        await using AiBench bench = await AiBench.StartAsync();
        await bench.FaultAsync(new { kind = "status", provider = "dialogflow", path = "detectIntent", status, retryAfter = "0", times = 0 });

        Assert.Equal(reason, Assert.IsType<AiAnswer.Failed>(await bench.AskDialogflowAsync(AiBench.Question(bench.DialogflowAgent(), "Hola"))).Reason);
        Assert.Equal(calls, (await bench.CallsAsync("dialogflow")).Count(path => path.EndsWith(":detectIntent", StringComparison.Ordinal)));
    }

    private static string Plain(JsonNode node) => node.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
