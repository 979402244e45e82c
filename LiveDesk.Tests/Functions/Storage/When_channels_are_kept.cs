using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Twilio;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_channels_are_kept : IDisposable
{
    private const string Secret = "the-secret-auth-token";

    private static readonly LiveDeskOptions Options = new() { PublicBaseUrl = new Uri("https://desk.example.test"), SecretsKey = new byte[32] };

    private readonly Mock<IEventFeed> _feed = new();
    private readonly FakeClock _clock = new();
    private readonly ProviderHttp _http = new();
    private readonly TwilioProvider _twilio;

    public When_channels_are_kept() => _twilio = new TwilioProvider(_http, Options, _clock);

    public void Dispose()
    {
        _twilio.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Brings_a_channel_back_as_it_was()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        Channel channel = NewChannel(1);
        await AddAsync(Directory(storage), channel);

        Channel? found = await Directory(storage).FindAsync(channel.Id, CancellationToken.None);

        Assert.Equal(Secret, found!.Credential("authToken"));
        Assert.Equal(channel.WebhookToken, found.WebhookToken);
        Assert.Equal((channel.Name, channel.PhoneNumber, channel.Type), (found.Name, found.PhoneNumber, found.Type));
        Assert.Equal(channel.AgentIds, found.AgentIds);
    }

    [Fact]
    public async Task Writes_no_secret_in_clear()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        Channel channel = NewChannel(1) with { WebhookToken = new WebhookToken("current-token-of-the-url", "previous-token-of-the-url", Given.Now.AddDays(1)) };
        ChannelSnapshot stored = (await AddAsync(directory, channel)).Value;
        await directory.ReplaceAsync(stored, channel with { Name = "Other" }, CancellationToken.None);

        IReadOnlyList<TableEntity> rows = await StorageUnderTest.RowsAsync(storage.Tables.Channels);
        string everything = string.Join('\n', rows.SelectMany(row => row.Select(p => $"{p.Key}={p.Value}")));

        Assert.Contains(channel.Id.Value, everything, StringComparison.Ordinal);
        Assert.All(
            new[] { Secret, channel.WebhookToken.Current, channel.WebhookToken.Previous! },
            secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_number_to_one_channel_of_a_kind()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        await AddAsync(directory, NewChannel(1));

        Result<ChannelSnapshot> same = await AddAsync(directory, NewChannel(2));
        Result<ChannelSnapshot> sameElsewhere = await AddAsync(directory, NewChannel(3) with { Workspace = WorkspaceId.Parse("other") });
        Result<ChannelSnapshot> otherKind = await AddAsync(directory, NewChannel(4) with { Type = ChannelType.Sms });

        Assert.Equal(("phone_number_taken", "phoneNumber"), (same.Refusal?.Code, same.Refusal?.Field));
        Assert.Equal("phone_number_taken", sameElsewhere.Refusal?.Code);
        Assert.True(otherKind.Accepted);
        Assert.Null(await directory.FindAsync(Given.ChannelId(2), CancellationToken.None));
    }

    [Fact]
    public async Task Gives_a_number_once_to_all_who_ask_at_the_same_time()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();

        Result<ChannelSnapshot>[] results = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => AddAsync(Directory(storage), NewChannel((byte)n))));

        Assert.Single(results, r => r.Accepted);
        Assert.Single(await Directory(storage).ListAsync(Given.Workspace, CancellationToken.None));
    }

    [Fact]
    public async Task Takes_over_a_number_whose_channel_was_never_stored()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        Channel lost = NewChannel(1);
        await AddAsync(directory, lost);
        await storage.Tables.Channels.DeleteEntityAsync(lost.Workspace.Value, lost.Id.Value); // as if it had died before its last write

        Result<ChannelSnapshot> atOnce = await AddAsync(directory, NewChannel(2));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Result<ChannelSnapshot>[] later = await Task.WhenAll(Enumerable.Range(3, 6).Select(n => AddAsync(Directory(storage), NewChannel((byte)n))));

        Assert.Equal("phone_number_taken", atOnce.Refusal?.Code);
        Assert.Single(later, r => r.Accepted);
    }

    [Fact]
    public async Task Frees_the_number_with_the_channel()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        ChannelSnapshot first = (await AddAsync(directory, NewChannel(1))).Value;

        Assert.True(await directory.DeleteAsync(first, CancellationToken.None));

        Assert.Null(await directory.FindAsync(first.Channel.Id, CancellationToken.None));
        Assert.True((await AddAsync(directory, NewChannel(2))).Accepted);
    }

    [Fact]
    public async Task Gives_a_service_to_one_channel_also_when_it_changes()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        ChannelSnapshot one = (await AddAsync(directory, OfService(1, 'a'))).Value, other = (await AddAsync(directory, OfService(2, 'b'))).Value;
        Channel moved = one.Channel with { Credentials = OfService(1, 'c').Credentials };

        bool taken = await directory.ReserveAddressAsync(other, other.Channel with { Credentials = one.Channel.Credentials }, CancellationToken.None);
        bool free = await directory.ReserveAddressAsync(one, moved, CancellationToken.None);
        await directory.ReplaceAsync(one, moved, CancellationToken.None);

        Assert.Equal((false, true), (taken, free));
        Assert.False((await AddAsync(directory, OfService(3, 'c'))).Accepted);
        Assert.True((await AddAsync(directory, OfService(4, 'a'))).Accepted);
    }

    [Fact]
    public async Task Writes_only_over_what_was_read()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        ChannelSnapshot read = (await AddAsync(directory, NewChannel(1))).Value;

        ChannelSnapshot? first = await directory.ReplaceAsync(read, read.Channel with { Name = "First" }, CancellationToken.None);
        ChannelSnapshot? second = await directory.ReplaceAsync(read, read.Channel with { Name = "Second" }, CancellationToken.None);

        Assert.NotNull(first);
        Assert.Null(second);
        Assert.False(await directory.DeleteAsync(read, CancellationToken.None));
        Assert.Equal("First", (await directory.LoadAsync(Given.Workspace, read.Channel.Id, CancellationToken.None))!.Channel.Name);
    }

    [Fact]
    public async Task Shows_a_channel_to_its_own_workspace_only()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        Channel channel = NewChannel(1);
        await AddAsync(directory, channel);
        WorkspaceId other = WorkspaceId.Parse("other");

        Assert.Null(await directory.FindAsync(other, channel.Id, CancellationToken.None));
        Assert.Null(await directory.LoadAsync(other, channel.Id, CancellationToken.None));
        Assert.Empty(await directory.ListAsync(other, CancellationToken.None));
        Assert.Null(await Directory(storage).FindAsync(other, channel.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Remembers_a_channel_for_a_few_seconds()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory one = Directory(storage), other = Directory(storage);
        ChannelSnapshot read = (await AddAsync(one, NewChannel(1))).Value;

        Assert.Equal(0, await storage.CountAsync(() => one.FindAsync(read.Channel.Id, CancellationToken.None)));
        await other.ReplaceAsync(read, read.Channel with { Name = "Other" }, CancellationToken.None);
        Channel? remembered = await one.FindAsync(read.Channel.Id, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("Sales", remembered!.Name);
        Assert.Equal("Other", (await one.FindAsync(read.Channel.Id, CancellationToken.None))!.Name);
    }

    [Fact]
    public async Task Lets_a_failed_channel_get_better_by_what_is_proven_only()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        Channel channel = NewChannel(1);
        await AddAsync(directory, channel);
        var failed = new ChannelHealth(ChannelHealthState.Failed, "no credentials", Given.Now);
        var caveat = new ChannelHealth(ChannelHealthState.Degraded, "no signatures", Given.Now);
        async Task<ChannelHealth> HealthAsync() => (await directory.LoadAsync(Given.Workspace, channel.Id, default))!.Channel.Health;
        await directory.ReportHealthAsync(Given.Workspace, channel.Id, failed, default);

        await directory.ReportHealthAsync(Given.Workspace, channel.Id, caveat, default);
        Assert.Equal(failed, await HealthAsync());
        await directory.ReportHealthAsync(Given.Workspace, channel.Id, caveat, default, proven: true);
        Assert.Equal(caveat, await HealthAsync());
    }

    [Fact]
    public async Task Writes_the_health_only_when_it_changes()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableChannelDirectory directory = Directory(storage);
        Channel channel = NewChannel(1);
        await AddAsync(directory, channel);
        var failed = new ChannelHealth(ChannelHealthState.Failed, "no credentials", Given.Now);

        await directory.ReportHealthAsync(Given.Workspace, channel.Id, failed, CancellationToken.None);
        string? version = (await directory.LoadAsync(Given.Workspace, channel.Id, CancellationToken.None))!.Version;
        await directory.ReportHealthAsync(Given.Workspace, channel.Id, failed with { Since = Given.Now.AddHours(1) }, CancellationToken.None);

        ChannelSnapshot now = (await directory.LoadAsync(Given.Workspace, channel.Id, CancellationToken.None))!;
        Assert.Equal((version, failed), (now.Version, now.Channel.Health));
        _feed.Verify(f => f.AppendAsync(Given.Workspace, It.Is<IReadOnlyList<FeedEvent>>(e => e.Single().Type == "channel.health"), default), Times.Once);
    }

    private TableChannelDirectory Directory(StorageUnderTest storage) =>
        new(storage.NewTables(), new AesGcmSecretProtector(Options.SecretsKey), new ProviderCatalog([_twilio]), Options, _feed.Object, _clock,
            NullLogger<TableChannelDirectory>.Instance);

    private static Task<Result<ChannelSnapshot>> AddAsync(TableChannelDirectory directory, Channel channel) =>
        directory.AddAsync(channel, CancellationToken.None);

    private static Channel OfService(byte number, char service) => NewChannel(number) with
    {
        PhoneNumber = null,
        Credentials = new Dictionary<string, string>
        {
            ["accountSid"] = "AC00000000000000000000000000000001", ["authToken"] = Secret, ["useMessagingService"] = "true",
            ["messagingServiceSid"] = "MG" + new string(service, 32),
        },
    };

    private static Channel NewChannel(byte number) => Given.Channel(number) with
    {
        PhoneNumber = E164.Parse("+15550002222"),
        Credentials = new Dictionary<string, string> { ["accountSid"] = "AC00000000000000000000000000000001", ["authToken"] = Secret },
    };
}
