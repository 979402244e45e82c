using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_channel_lives_its_life
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Takes_the_former_url_for_a_day_after_a_rotation_and_then_no_more()
    {
        var clock = new ClockAhead();
        await using Desk desk = await Desk.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        string first = channel.WebhookUrl;

        string second = await RotateAsync(desk, channel);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await WriteAsync(first, 1), await WriteAsync(second, 2)));
        clock.Ahead = TimeSpan.FromHours(23.9);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await WriteAsync(first, 3), await WriteAsync(second, 4)));
        clock.Ahead = TimeSpan.FromHours(24.1);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await WriteAsync(first, 5), await WriteAsync(second, 6)));
        string third = await RotateAsync(desk, channel);
        string fourth = await RotateAsync(desk, channel);
        // Only the last one overlaps: who rotates twice wants the first gone.
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK), (await WriteAsync(second, 7), await WriteAsync(third, 8), await WriteAsync(fourth, 9)));

        string conversation = await ConversationAsync(desk);
        IReadOnlyList<string?> written = await Eventually.SeesAsync(() => WrittenAsync(desk, conversation), w => w.Count == 7, "seven messages");
        Assert.Equal(["1", "2", "3", "4", "6", "8", "9"], written.Order(StringComparer.Ordinal));
        Assert.Equal(fourth, (string?)(await desk.Api.GetAsync($"channels/{channel.Id}"))["webhookUrl"]);
    }

    /// <summary>Each host keeps channels for some seconds; what another one changes must not cost a webhook meanwhile.</summary>
    [Fact]
    public async Task Takes_a_new_url_and_a_new_secret_at_once_though_another_host_has_changed_them()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        Assert.Equal(HttpStatusCode.OK, await WriteAsync(channel.WebhookUrl, 1));
        var other = ActivatorUtilities.CreateInstance<TableChannelDirectory>(desk.Services);
        ChannelSnapshot read = (await other.ListAsync(WorkspaceId.Parse("main"), CancellationToken.None)).Single();
        await desk.Api.GetAsync($"channels/{channel.Id}"); // the desk has it in mind as it was

        Channel changed = read.Channel with
        {
            WebhookToken = new WebhookToken("another-token"),
            Credentials = new Dictionary<string, string>(read.Channel.Credentials) { ["authToken"] = new string('1', 32) },
        };
        Assert.NotNull(await other.ReplaceAsync(read, changed, CancellationToken.None));
        string next = channel.WebhookUrl[..(channel.WebhookUrl.LastIndexOf('/') + 1)] + "another-token";

        await Eventually.IsTrueAsync(
            async () => await WriteAsync(next, 2, new string('1', 32)) == HttpStatusCode.OK, "the new URL and secret", TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync(next, 3));
        Assert.Equal(HttpStatusCode.NotFound, await WriteAsync(channel.WebhookUrl, 4, new string('1', 32)));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("provider")]
    [InlineData("phoneNumber")]
    [InlineData("credentials")]
    [InlineData("agentIds")]
    [InlineData("settings")]
    public async Task Loses_nothing_that_it_must_have(string field)
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        Answered before = await desk.Api.CallAsync(HttpMethod.Get, $"channels/{channel.Id}");

        Answered refused = await desk.Api.CallAsync(
            HttpMethod.Patch, $"channels/{channel.Id}", new JsonObject { [field] = null, [field == "name" ? "agentIds" : "name"] = field == "name" ? new JsonArray() : "New" });

        Assert.Equal((400, "malformed", field), (refused.Status, refused.Code, refused.Field));
        Assert.Equal(before.ETag, (await desk.Api.CallAsync(HttpMethod.Get, $"channels/{channel.Id}")).ETag);
    }

    [Fact]
    public async Task Has_no_number_to_lose_where_a_service_has_the_numbers()
    {
        await using Desk desk = await Desk.StartAsync();
        var credentials = new
        {
            accountSid = TwilioChannel.AccountSid, authToken = TwilioChannel.AuthToken, useMessagingService = true,
            messagingServiceSid = "MG00000000000000000000000000000000",
        };
        string channel = await desk.Api.CreateAsync("channels", new { type = "sms", provider = "twilio", name = "Service", credentials, verify = false });

        Answered changed = await desk.Api.CallAsync(HttpMethod.Patch, $"channels/{channel}", new { phoneNumber = (string?)null, name = "Numbers" });

        Assert.Equal((200, "Numbers"), (changed.Status, (string?)changed.Body!["name"]));
    }

    [Fact]
    public async Task Keeps_its_version_where_nothing_changes()
    {
        await using Desk desk = await Desk.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string member = $"channels/{channel.Id}/agents/{ana}";

        Answered first = await desk.Api.CallAsync(HttpMethod.Put, member);
        Answered again = await desk.Api.CallAsync(HttpMethod.Put, member, ifMatch: first.ETag);
        Answered same = await desk.Api.CallAsync(HttpMethod.Patch, $"channels/{channel.Id}", new { name = "Ventas", agentIds = new[] { ana } }, ifMatch: first.ETag);
        Answered gone = await desk.Api.CallAsync(HttpMethod.Delete, member, ifMatch: same.ETag);

        Assert.Equal((200, 200, 200, 204), (first.Status, again.Status, same.Status, gone.Status));
        Assert.Equal((first.ETag, first.ETag), (again.ETag, same.ETag));
        Assert.NotEqual(first.ETag, (await desk.Api.CallAsync(HttpMethod.Get, $"channels/{channel.Id}")).ETag);
    }

    [Fact]
    public async Task Stays_while_conversations_are_open_on_it_unless_it_is_forced_to_go()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        await channel.CustomerWritesAsync(Customer, "Hello");
        string conversation = await ConversationAsync(desk);

        JsonNode refused = await desk.Api.RefusedAsync(HttpMethod.Delete, $"channels/{channel.Id}", null, HttpStatusCode.Conflict);
        await desk.Api.PostAsync($"conversations/{conversation}/snooze", new { untilReply = true });
        JsonNode snoozed = await desk.Api.RefusedAsync(HttpMethod.Delete, $"channels/{channel.Id}", null, HttpStatusCode.Conflict);
        Assert.Equal(("channel_in_use", "channel_in_use"), ((string?)refused["code"], (string?)snoozed["code"]));
        Assert.Equal(HttpStatusCode.OK, await WriteAsync(channel.WebhookUrl, 1));
        await desk.QuietAsync();

        await desk.Api.RefusedAsync(HttpMethod.Delete, $"channels/{channel.Id}?force=true", null, HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.NotFound, await WriteAsync(channel.WebhookUrl, 2));
        await desk.Api.RefusedAsync(HttpMethod.Get, $"channels/{channel.Id}", null, HttpStatusCode.NotFound);
        Assert.Equal(["Hello", "1"], await WrittenAsync(desk, conversation));
        Assert.Equal(conversation, (string?)(await desk.Api.ItemsAsync("conversations")).Single()["id"]);
        JsonNode unsent = await desk.Api.RefusedAsync(
            HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "Too late" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("channel_failed", (string?)unsent["code"]);
        Assert.Equal("closed", (string?)(await desk.Api.PostAsync($"conversations/{conversation}/close", new { }))["status"]);

        TwilioChannel next = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        await next.CustomerWritesAsync(Customer, "Hello again");
        await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1 && (string?)c[0]["channelId"] == next.Id, "a conversation on the next channel");
    }

    [Fact]
    public async Task Goes_without_a_word_once_everything_on_it_is_closed()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [], new { assignment = new { auto = false } });
        await channel.CustomerWritesAsync(Customer, "Hello");
        string conversation = await ConversationAsync(desk);
        await desk.Api.PostAsync($"conversations/{conversation}/close", new { });
        await desk.QuietAsync();

        await desk.Api.RefusedAsync(HttpMethod.Delete, $"channels/{channel.Id}", null, HttpStatusCode.NoContent);

        Assert.Equal("closed", (string?)(await desk.Api.ConversationAsync(conversation))["status"]);
    }

    [Fact]
    public async Task Takes_every_one_of_the_changes_that_come_at_once()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string path = $"channels/{channel.Id}";
        string[] people = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => desk.Api.CreateAgentAsync($"Person {n}", online: false)));
        string read = (await desk.Api.Http.GetAsync(path)).Headers.ETag!.Tag;

        await Task.WhenAll(
        [
            .. people.Select(person => desk.Api.PutAsync($"{path}/agents/{person}", new { })),
            desk.Api.PatchAsync(path, new { name = "Soporte" }),
            desk.Api.PatchAsync(path, new { settings = new { unassignOnManualClose = true } }),
            desk.Api.PostAsync($"{path}/rotate-token", new { }),
            desk.Api.PostAsync($"{path}/verify", new { }),
        ]);
        using var late = new HttpRequestMessage(HttpMethod.Patch, path) { Headers = { { "If-Match", read } }, Content = JsonContent.Create(new { name = "Late" }) };
        HttpStatusCode stale = (await desk.Api.Http.SendAsync(late)).StatusCode;

        JsonNode now = await desk.Api.GetAsync(path);
        Assert.Equal(people.Order(StringComparer.Ordinal), now["agentIds"]!.AsArray().Select(id => (string)id!).Order(StringComparer.Ordinal));
        Assert.Equal(("Soporte", true), ((string?)now["name"], (bool)now["settings"]!["unassignOnManualClose"]!));
        Assert.NotEqual(channel.WebhookUrl, (string?)now["webhookUrl"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale);
    }

    private static async Task<string> RotateAsync(Desk desk, TwilioChannel channel) =>
        (string)(await desk.Api.PostAsync($"channels/{channel.Id}/rotate-token", new { }))["webhookUrl"]!;

    private static async Task<string> ConversationAsync(Desk desk) =>
        (string)(await Eventually.SeesAsync(() => desk.Api.ItemsAsync("conversations"), c => c.Count == 1, "a conversation"))[0]["id"]!;

    private static async Task<IReadOnlyList<string?>> WrittenAsync(Desk desk, string conversation) =>
        [.. (await desk.Api.MessagesAsync(conversation)).Where(m => (string?)m["direction"] == "in").Select(m => (string?)m["text"])];

    private static Task<HttpStatusCode> WriteAsync(string webhook, int number, string authToken = TwilioChannel.AuthToken) => RawWebhooks.TwilioAsync(
        webhook, $"MessageSid=SM{number:D32}&AccountSid={TwilioChannel.AccountSid}&From=whatsapp%3A%2B15550001111&Body={number}&SmsStatus=received", authToken);
}
