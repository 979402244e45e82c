using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Deployment;

public sealed class When_the_encryption_key_is_rotated
{
    private static readonly byte[] Old = Key(1), New = Key(2), Lost = Key(3);

    private static readonly AesGcmSecretProtector Before = new(Old), After = new(New), Both = new(New, Old);

    [Fact]
    public void What_either_key_wrote_can_be_read_and_the_new_one_writes()
    {
        Assert.Equal("secret", Both.Unprotect(Before.Protect("secret", "ch_1"), "ch_1"));
        Assert.Equal("secret", After.Unprotect(Both.Protect("secret", "ch_1"), "ch_1"));
        Assert.False(Both.IsCurrent(Before.Protect("secret", "ch_1")));
        Assert.True(Both.IsCurrent(After.Protect("secret", "ch_1")));
    }

    [Fact]
    public async Task Every_secret_goes_over_once_and_what_no_key_opens_is_named()
    {
        Tables tables = await NewTablesAsync();
        foreach (string channel in new[] { "ch_1", "ch_2" }) await PutAsync(tables, "main", channel, Before);
        await PutAsync(tables, "other", "ch_3", Before);
        await PutAsync(tables, "main", "ch_4", After);
        await PutAsync(tables, "main", "ch_5", new AesGcmSecretProtector(Lost));
        await tables.Channels.AddEntityAsync(new TableEntity("id:ch_1", "channel") { ["Workspace"] = "main" });
        var reencryption = new SecretReencryption([new ChannelSecrets(tables)], Both, TimeProvider.System);

        ReencryptionResult first = await reencryption.RunAsync(CancellationToken.None);
        ReencryptionResult second = await reencryption.RunAsync(CancellationToken.None);

        Assert.Equal((5, 3, true), (first.Examined, first.Reencrypted, first.Complete));
        Assert.Equal(["main/ch_5"], first.Unreadable);
        Assert.Equal((5, 0, true), (second.Examined, second.Reencrypted, second.Complete));
        foreach ((string workspace, string channel) in new[] { ("main", "ch_1"), ("main", "ch_2"), ("other", "ch_3") })
        {
            TableEntity row = await tables.Channels.GetEntityAsync<TableEntity>(workspace, channel);
            Assert.Equal($"secret of {channel}", After.Unprotect(row.GetString("Secrets")!, channel));
            Assert.Equal("untouched", row.GetString("Document"));
        }
    }

    [Fact]
    public async Task A_run_that_takes_too_long_ends_and_the_next_one_goes_on()
    {
        Tables tables = await NewTablesAsync();
        foreach (int number in Enumerable.Range(1, 4)) await PutAsync(tables, "main", $"ch_{number}", Before);
        // Every look at the clock takes 50 s: two rows fit into a run.
        var time = new SteppingClock(TimeSpan.FromSeconds(50));

        ReencryptionResult first = await new SecretReencryption([new ChannelSecrets(tables)], Both, time).RunAsync(CancellationToken.None);
        ReencryptionResult second = await new SecretReencryption([new ChannelSecrets(tables)], Both, TimeProvider.System).RunAsync(CancellationToken.None);

        Assert.Equal((2, 2, false), (first.Examined, first.Reencrypted, first.Complete));
        Assert.Equal((4, 2, true), (second.Examined, second.Reencrypted, second.Complete));
    }

    [Fact]
    public async Task An_administrator_does_it_over_the_api_and_the_channel_goes_on_working()
    {
        await using Desk desk = await Desk.StartAsync(null, $"--LiveDesk:SecretsKeyPrevious={Convert.ToBase64String(Old)}");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        Tables tables = desk.Services.GetRequiredService<Tables>();
        var current = desk.Services.GetRequiredService<ISecretProtector>();
        TableEntity row = await tables.Channels.GetEntityAsync<TableEntity>("main", channel.Id);
        row["Secrets"] = Before.Protect(current.Unprotect(row.GetString("Secrets")!, channel.Id), channel.Id);
        await tables.Channels.UpdateEntityAsync(row, row.ETag);

        string agent = (string)(await desk.Api.PostAsync("ai-agents", new { name = "Bot", kind = "gpt", model = "small", apiKey = "sk-test" }, HttpStatusCode.Created))["id"]!;
        TableEntity document = await tables.Desk.GetEntityAsync<TableEntity>("main", $"ai-agent:{agent}");
        AiAgent bot = RowDocument.Read<AiAgent>(document);
        bot = bot with { ProtectedSecret = Before.Protect("sk-test", bot.SecretPurpose) };
        await tables.Desk.UpdateEntityAsync(RowDocument.ToRow("main", document.RowKey, bot), document.ETag, TableUpdateMode.Replace);
        string hook = (string)(await desk.Api.PostAsync("webhooks", new { url = "https://example.com/hook", events = new[] { "*" } }, HttpStatusCode.Created))["id"]!;
        await desk.Api.PostAsync($"webhooks/{hook}/rotate-secret", new { });
        TableEntity hooked = await tables.Desk.GetEntityAsync<TableEntity>("main", $"webhook:{hook}");
        WebhookEndpoint endpoint = RowDocument.Read<WebhookEndpoint>(hooked);
        string Back(string secret) => Before.Protect(current.Unprotect(secret, hook), hook);
        endpoint = endpoint with
        {
            ProtectedSecret = Back(endpoint.ProtectedSecret), PreviousProtectedSecret = Back(endpoint.PreviousProtectedSecret!),
        };
        await tables.Desk.UpdateEntityAsync(RowDocument.ToRow("main", hooked.RowKey, endpoint), hooked.ETag, TableUpdateMode.Replace);

        JsonNode first = await desk.Api.PostAsync("operations/secrets/reencrypt", new { });
        JsonNode second = await desk.Api.PostAsync("operations/secrets/reencrypt", new { });
        await channel.CustomerWritesAsync("+15550001111", "Hola");

        Assert.Equal((4, 4), ((int)first["examined"]!, (int)first["reencrypted"]!));
        Assert.Equal((4, 0), ((int)second["examined"]!, (int)second["reencrypted"]!));
        Assert.True(current.IsCurrent((await tables.Channels.GetEntityAsync<TableEntity>("main", channel.Id)).Value.GetString("Secrets")!));
        bot = RowDocument.Read<AiAgent>((await tables.Desk.GetEntityAsync<TableEntity>("main", document.RowKey)).Value);
        Assert.True(current.IsCurrent(bot.ProtectedSecret!));
        Assert.Equal("sk-test", current.Unprotect(bot.ProtectedSecret!, bot.SecretPurpose));
        endpoint = RowDocument.Read<WebhookEndpoint>((await tables.Desk.GetEntityAsync<TableEntity>("main", hooked.RowKey)).Value);
        Assert.True(current.IsCurrent(endpoint.ProtectedSecret));
        Assert.True(current.IsCurrent(endpoint.PreviousProtectedSecret!));
        DeskApi person = await desk.Api.SpeakingForAsync(await desk.Api.CreateAgentAsync("Ana"));
        await person.RefusedAsync(HttpMethod.Post, "operations/secrets/reencrypt", null, HttpStatusCode.Forbidden);
    }

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, 32)];

    private static async Task<Tables> NewTablesAsync() => (await StorageUnderTest.CreateAsync()).Tables;

    private static async Task PutAsync(Tables tables, string workspace, string channel, AesGcmSecretProtector key) =>
        await tables.Channels.AddEntityAsync(
            new TableEntity(workspace, channel) { ["Secrets"] = key.Protect($"secret of {channel}", channel), ["Document"] = "untouched" });

    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now += step;
    }
}
