using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_contact_is_managed
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Is_created_found_and_changed()
    {
        await using Desk desk = await Desk.StartAsync();
        object wanted = new { name = "Ana Ruiz", phoneNumber = Customer, language = "es", tags = new[] { "vip" }, attributes = new { city = "Vigo", plan = "gold" } };
        Answered created = await desk.Api.CallAsync(HttpMethod.Post, "contacts", wanted, key: "k");
        Assert.Equal((201, Customer, "Vigo"), (created.Status, (string?)created.Body!["phoneNumber"], (string?)created.Body["attributes"]!["city"]));
        Assert.Equal(created.Id, (await desk.Api.CallAsync(HttpMethod.Post, "contacts", wanted, key: "k")).Id);
        Answered twice = await desk.Api.CallAsync(HttpMethod.Post, "contacts", new { identities = new[] { new { channelType = "sms", address = Customer } } });
        Assert.Equal((409, "contact_exists"), (twice.Status, twice.Code));
        Assert.Contains(created.Id, (string?)twice.Body!["detail"], StringComparison.Ordinal);

        string path = $"contacts/{created.Id}";
        Answered changed = await desk.Api.CallAsync(
            HttpMethod.Patch, path, new { name = "Ana", tags = new[] { "new" }, attributes = new Dictionary<string, string?> { ["plan"] = null, ["size"] = "M" } }, ifMatch: created.ETag);
        Assert.True(changed.Status == 200, $"{changed.Body}");
        Assert.Equal("{\"city\":\"Vigo\",\"size\":\"M\"}", changed.Body!["attributes"]!.ToJsonString());
        Assert.Equal("es", (string?)changed.Body["language"]);
        Assert.Equal(412, (await desk.Api.CallAsync(HttpMethod.Patch, path, new { name = "Eva" }, ifMatch: created.ETag)).Status);
        Assert.Equal("immutable", (await desk.Api.CallAsync(HttpMethod.Patch, path, new { phoneNumber = "+15550009999" })).Code);
        Assert.Equal(created.Id, (string?)Assert.Single(await desk.Api.ItemsAsync("contacts?tag=new"))["id"]);
        Assert.Empty(await desk.Api.ItemsAsync("contacts?tag=vip"));
        Assert.Empty(await desk.Api.ItemsAsync("contacts?q=ruiz"));
        await desk.Api.CreateAsync("contacts", new { name = "Ana Soto" });
        Assert.Equal("Ana Soto", (string?)Assert.Single(await desk.Api.ItemsAsync("contacts?q=ana%20so"))["name"]);

        foreach ((object body, string field) in new (object, string)[]
        {
            (new { }, "name"), (new { phoneNumber = "123" }, "phoneNumber"), (new { name = "x", language = "e" }, "language"),
            (new { name = "x", tags = new[] { "a", "A" } }, "tags[1]"), (new { name = "x", attributes = new { a = new string('x', 401) } }, "attributes.a"),
            (new { identities = new[] { new { channelType = "viber", address = "x" } } }, "identities[0].channelType"),
        })
        {
            Answered wrong = await desk.Api.CallAsync(HttpMethod.Post, "contacts", body);
            Assert.Equal((400, field), (wrong.Status, wrong.Field));
        }
    }

    [Fact]
    public async Task Gets_a_number_once_and_is_found_by_it()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string id = await desk.Api.CreateAsync("contacts", new { name = "Somebody" });
        await desk.Api.CreateAsync("contacts", new { phoneNumber = "+15550003333" });
        Assert.Equal("contact_exists", (await desk.Api.CallAsync(HttpMethod.Patch, $"contacts/{id}", new { phoneNumber = "+15550003333" })).Code);
        Assert.Equal(Customer, (string?)(await desk.Api.CallAsync(HttpMethod.Patch, $"contacts/{id}", new { phoneNumber = Customer })).Body!["phoneNumber"]);

        await channel.CustomerWritesAsync(Customer, "Hola");
        JsonNode conversation = (await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single();
        Assert.Equal(id, (string?)conversation["contactId"]);
        Assert.Equal((string?)conversation["id"], (string?)Assert.Single(await desk.Api.ItemsAsync($"contacts/{id}/conversations"))["id"]);
    }

    [Fact]
    public async Task Has_no_conversation_while_blocked()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana], new { csat = new { enabled = true } });
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;
        Answered before = await desk.Api.CallAsync(HttpMethod.Get, $"contacts/{contact}");

        Answered blocked = await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{contact}/block", new { }, ifMatch: before.ETag);
        Assert.Equal((200, true), (blocked.Status, (bool)blocked.Body!["blocked"]!));
        JsonNode closed = await desk.Api.ConversationAsync(conversation);
        Assert.Equal(("closed", "user"), ((string?)closed["status"], (string?)closed["closedBy"]!["source"]));
        Assert.Equal("contact_blocked", (await desk.Api.CallAsync(HttpMethod.Post, "conversations", new { contactId = contact, channelId = channel.Id })).Code);
        Assert.Equal("contact_blocked", (await desk.Api.CallAsync(HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Hello?" })).Code);
        await desk.QuietAsync();
        Assert.Empty(await channel.SentAsync());

        Assert.Equal(200, (await desk.Api.CallAsync(HttpMethod.Post, $"contacts/{contact}/unblock", new { })).Status);
        await channel.CustomerWritesAsync(Customer, "Hello again");
        await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a new conversation");
        IReadOnlyList<JsonNode> all = await desk.Api.ItemsAsync($"contacts/{contact}/conversations");
        Assert.Equal(["open", "closed"], all.Select(c => (string?)c["status"]));
        JsonNode page = await desk.Api.GetAsync($"contacts/{contact}/conversations?limit=1");
        JsonNode second = await desk.Api.GetAsync($"contacts/{contact}/conversations?limit=1&cursor={page["nextCursor"]}");
        Assert.Equal((string?)all[1]["id"], (string?)second["items"]![0]!["id"]);
        Assert.Null((string?)second["nextCursor"]);
    }

    [Fact]
    public async Task Is_exported_and_erased_from_every_table_and_file()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;
        await desk.Api.PatchAsync($"contacts/{contact}", new { name = "Zacarias Quintanilla", tags = new[] { "zarzuela" }, attributes = new { street = "zapateria" } });
        await channel.CustomerWritesAsync(Customer, "zanahoria");
        string file = (string)(await desk.Api.UploadAsync("attachments?fileName=zafiro.pdf", Files.Pdf, "application/pdf"))["id"]!;
        await desk.Api.SendAsync(conversation, "zumo");
        JsonNode sent = await desk.Api.PostAsync($"conversations/{conversation}/messages", new { attachmentIds = new[] { file } }, System.Net.HttpStatusCode.Accepted);
        await desk.Api.MessageIsAsync(conversation, (string)sent["id"]!, "delivered", "sent", "read");
        await desk.QuietAsync();
        string[] secrets = ["zacarias", "quintanilla", "zarzuela", "zapateria", "zanahoria", "zumo", "zafiro", "5550001111", "Customer 1111"];
        Assert.Contains(await TableDump.OfAsync(desk), line => Holds(line, "zanahoria"));

        JsonNode export = await desk.Api.GetAsync($"contacts/{contact}/export");
        Assert.Equal("Zacarias Quintanilla", (string?)export["contact"]!["name"]);
        Assert.All(new[] { "zanahoria", "zumo", "zafiro" }, word => Assert.Contains(word, export.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"contacts/{contact}")).Status);
        await desk.QuietAsync();

        string[] left = [.. (await TableDump.OfAsync(desk)).Where(line => secrets.Any(secret => Holds(line, secret)))];
        Assert.True(left.Length == 0, string.Join('\n', left));
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, $"contacts/{contact}")).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Delete, $"contacts/{contact}")).Status);
        Assert.Equal(404, (await desk.Api.CallAsync(HttpMethod.Get, $"attachments/{file}")).Status);
        Assert.Empty(await desk.Api.ItemsAsync("contacts"));
        JsonNode closed = await desk.Api.ConversationAsync(conversation);
        Assert.Equal("closed", (string?)closed["status"]);
        Assert.All((await desk.Api.MessagesAsync(conversation)).Where(m => (string?)m["kind"] != "event"), m => Assert.Null((string?)m["text"]));
        Assert.Equal(["contact.erased", "contact.exported"], (await desk.Api.ItemsAsync("audit?limit=2")).Select(e => (string?)e["action"]));

        // Whoever writes from the number now is new.
        await channel.CustomerWritesAsync(Customer, "Buenas");
        JsonNode fresh = (await Eventually.SeesAsync(() => desk.Api.ItemsAsync("contacts"), c => c.Count == 1, "a new contact")).Single();
        Assert.Equal(("Customer 1111", 0), ((string?)fresh["name"], fresh["tags"]!.AsArray().Count));
        Assert.Single(await desk.Api.ItemsAsync("conversations"));
    }

    [Fact]
    public async Task Is_erased_from_what_was_set_aside_too()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;
        var queues = desk.Services.GetRequiredService<StorageWorkQueues>();
        var poison = new QueueClient(
            desk.Settings.Storage.ConnectionString, QueueNames.PoisonOf(QueueNames.Inbound), new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateAsync();
        // Too large for a queue message: it is in a blob.
        InboundMessage mine = Given.Inbound($"zanahoria {new string('z', 60_000)}", "SM7"), other = Given.Inbound("manzana", "SM8", new ContactIdentity(ChannelType.WhatsApp, "+15550004444"));
        Assert.True(ChannelId.TryParse(channel.Id, out ChannelId channelId));
        foreach (InboundEvent[] events in new InboundEvent[][] { [mine, other], [mine] })
            await queues.SetAsideAsync(
                new InboundWork(WorkspaceId.Parse("main"), channelId, Given.Now, events), CancellationToken.None);
        var tellings = new QueueClient(
            desk.Settings.Storage.ConnectionString, QueueNames.PoisonOf(QueueNames.Webhooks), new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await tellings.CreateAsync();
        FeedEvent said = new("ev_1", "message.received", Given.Now, $$"""{"contactId":"{{contact}}","text":"zanahoria"}""");
        await queues.SetAsideAsync(new WebhookWork(WorkspaceId.Parse("main"), [said]), CancellationToken.None);
        var blobs = new BlobServiceClient(desk.Settings.Storage.ConnectionString).GetBlobContainerClient("overflow");
        Assert.Equal(2, await blobs.GetBlobsAsync().CountAsync());
        JsonNode[] aside = [.. (await desk.Api.ItemsAsync("operations/poison")).Single(q => (string?)q["queue"] == "inbound")["messages"]!.AsArray().Select(m => m!)];
        Assert.All(aside, m => Assert.Equal(("inbound", channel.Id), ((string?)m["work"], (string?)m["about"]!["channel"])));

        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"contacts/{contact}")).Status);

        await Eventually.SeesAsync(async () => await blobs.GetBlobsAsync().CountAsync(), count => count == 0, "the blobs to be gone");
        PeekedMessage left = Assert.Single(await Eventually.SeesAsync(
            async () => (await poison.PeekMessagesAsync(32)).Value, m => m.Length == 1, "one message to be left"));
        PeekedMessage told = Assert.Single(await Eventually.SeesAsync(
            async () => (await tellings.PeekMessagesAsync(32)).Value, m => m.Length == 1 && !m[0].Body.ToString().Contains("zanahoria", StringComparison.Ordinal),
            "the event to say nothing any more"));
        Assert.Contains("message.received", told.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("manzana", left.Body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("zanahoria", left.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_and_erases_what_it_took_in_from_another()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.CustomerWritesAsync(Customer, "zanahoria");
        await channel.CustomerWritesAsync("+15550004444", "zumo");
        IReadOnlyList<JsonNode> two = await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 2, "two conversations");
        await desk.QuietAsync();
        string primary = (string)two[0]["contactId"]!, secondary = (string)two[1]["contactId"]!;
        await desk.Api.PostAsync($"contacts/{primary}/merge", new { secondaryId = secondary });
        await desk.QuietAsync();

        Assert.Equal(two.Select(c => (string?)c["id"]), (await desk.Api.ItemsAsync($"contacts/{primary}/conversations")).Select(c => (string?)c["id"]));
        JsonNode page = await desk.Api.GetAsync($"contacts/{secondary}/conversations?limit=1");
        JsonNode second = await desk.Api.GetAsync($"contacts/{secondary}/conversations?limit=1&cursor={page["nextCursor"]}");
        Assert.Equal((string?)two[1]["id"], (string?)second["items"]![0]!["id"]);
        string export = (await desk.Api.GetAsync($"contacts/{primary}/export")).ToJsonString();
        Assert.All(new[] { "zanahoria", "zumo" }, word => Assert.Contains(word, export, StringComparison.Ordinal));
        Assert.Equal("contact.merged", (string?)(await desk.Api.ItemsAsync("audit?action=contact.merged"))[0]["action"]);

        Assert.Equal(204, (await desk.Api.CallAsync(HttpMethod.Delete, $"contacts/{primary}")).Status);
        await desk.QuietAsync();
        string[] secrets = ["zanahoria", "zumo", "5550001111", "5550004444", "Customer 1111", "Customer 4444"];
        string[] left = [.. (await TableDump.OfAsync(desk)).Where(line => secrets.Any(secret => Holds(line, secret)))];
        Assert.True(left.Length == 0, string.Join('\n', left));
        Assert.Empty(await desk.Api.ItemsAsync("contacts"));
    }

    private static bool Holds(string line, string secret) => line.Contains(secret, StringComparison.OrdinalIgnoreCase);
}
