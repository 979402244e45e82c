using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_customer_writes_for_the_first_time
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Greets_assigns_and_carries_the_reply_to_the_end()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [ana], new { greeting = new { enabled = true, text = "¡Hola! Enseguida le atendemos." } });

        await channel.CustomerWritesAsync(Customer, "¿Dónde está mi pedido? 📦");
        JsonNode conversation = await Assigned(desk.Api, ana);
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);
        string id = (string)conversation["id"]!;
        JsonNode reply = await speaking.SendAsync(id, "Llega mañana.");
        await speaking.MessageIsAsync(id, (string)reply["id"]!, "delivered", "read");
        JsonNode closed = await speaking.PostAsync($"conversations/{id}/close", new { category = "Pedidos", summary = "Entrega mañana" });

        Assert.Equal("closed", (string?)closed["status"]);
        Assert.Equal("Customer 1111", (string?)conversation["contactName"]);
        IReadOnlyList<JsonNode> messages = await speaking.MessagesAsync(id);
        Assert.Equal(["¿Dónde está mi pedido? 📦", "¡Hola! Enseguida le atendemos.", "Llega mañana."],
            messages.Where(m => (string?)m["direction"] != "event").Select(m => (string?)m["text"]));
        Assert.Equal(["Opened by contact", "Assigned to Ana (load)", "Closed by user: Pedidos"],
            messages.Where(m => (string?)m["direction"] == "event").Select(m => (string?)m["text"]));
        Assert.Equal(2, (await channel.SentAsync()).Count);
        await Eventually.SeesAsync(async () => (int)(await desk.Api.GetAsync($"agents/{ana}"))["held"]!, held => held == 0, "the agent's slot to be free");
    }

    [Fact]
    public async Task Sends_a_greeting_that_is_too_long_for_one_message_as_several_in_order()
    {
        await using Desk desk = await Desk.StartAsync();
        string[] paragraphs = [.. "abcd".Select(letter => new string(letter, 1_500))];
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            desk.Api, desk.Simulator, [], new { greeting = new { enabled = true, text = string.Join("\n\n", paragraphs) } });

        string id = await channel.OpenConversationAsync(desk.Api, Customer);

        IReadOnlyList<JsonNode> messages = await Eventually.SeesAsync(
            () => desk.Api.MessagesAsync(id), all => all.Count(m => (string?)m["status"] is "delivered" or "read") == 4, "four messages to arrive");
        Assert.Equal(paragraphs, messages.Where(m => (string?)m["direction"] == "out").Select(m => (string?)m["text"]));
        await channel.CustomerWritesAsync(Customer, "Hola");
        await desk.QuietAsync();
        Assert.Equal(4, (await channel.SentAsync()).Count);
    }

    [Fact]
    public async Task Opens_a_new_conversation_after_a_close_and_gives_it_to_the_same_person()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        string luis = await desk.Api.CreateAgentAsync("Luis");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana, luis]);

        await channel.CustomerWritesAsync(Customer, "Hola");
        JsonNode first = await Assigned(desk.Api);
        string owner = (string)first["owner"]!["id"]!;
        await desk.Api.PostAsync($"conversations/{first["id"]}/close", new { });
        await channel.CustomerWritesAsync(Customer, "Otra cosa");
        JsonNode second = await Assigned(desk.Api, owner);

        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal((string?)first["contactId"], (string?)second["contactId"]);
        Assert.Equal("returning_contact", (string?)second["assignmentReason"]);
    }

    [Fact]
    public async Task Gives_an_unassigned_conversation_to_whoever_replies_first()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana], new { assignment = new { auto = false } });
        await channel.CustomerWritesAsync(Customer, "Hola");
        JsonNode conversation = (await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single();
        using DeskApi speaking = await desk.Api.SpeakingForAsync(ana);

        await speaking.SendAsync((string)conversation["id"]!, "Soy Ana.");

        JsonNode after = await speaking.ConversationAsync((string)conversation["id"]!);
        Assert.Equal(ana, (string?)after["owner"]!["id"]);
        Assert.Equal("first_reply", (string?)after["assignmentReason"]);
        await Eventually.SeesAsync(async () => (int)(await desk.Api.GetAsync($"agents/{ana}"))["held"]!, held => held == 1, "the agent's slot to be taken");
    }

    [Fact]
    public async Task Keeps_one_conversation_and_every_message_of_ten_parallel_webhooks()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => channel.CustomerWritesAsync(Customer, $"picture {i}")));

        JsonNode conversation = (await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single();
        IReadOnlyList<JsonNode> inbound = await Eventually.SeesAsync(
            async () => (await desk.Api.MessagesAsync((string)conversation["id"]!)).Where(m => (string?)m["direction"] == "in").ToList(),
            m => m.Count == 10, "ten messages");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"picture {i}"), inbound.Select(m => (string)m["text"]!).Order());
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
    }

    [Fact]
    public async Task Keeps_one_message_of_the_same_webhook_five_times()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.FaultAsync(new { on = "webhook", kind = "duplicate", copies = 5 });

        await channel.CustomerWritesAsync(Customer, "only once");
        await channel.CustomerWritesAsync(Customer, "the end");

        JsonNode conversation = (await Eventually.SeesAsync(
            () => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single();
        IReadOnlyList<JsonNode> messages = await Eventually.SeesAsync(
            async () => (await desk.Api.MessagesAsync((string)conversation["id"]!)).Where(m => (string?)m["direction"] == "in").ToList(),
            m => m.Count == 2, "two messages");
        Assert.Equal(["only once", "the end"], messages.Select(m => (string?)m["text"]));
    }

    private static async Task<JsonNode> Assigned(DeskApi api, string? agent = null) => (await Eventually.SeesAsync(
        () => api.ItemsAsync("conversations"),
        c => c.Count > 0 && (string?)c[0]["owner"]!["kind"] == "agent" && (agent is null || (string?)c[0]["owner"]!["id"] == agent),
        "an assigned conversation"))[0];
}
