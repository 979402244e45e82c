using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Contacts;

public sealed class When_a_contact_is_written_by_several_at_once
{
    private static readonly SeenKey Key = SeenKey.Inbound(Given.ChannelId(), "SM1");

    private readonly Mock<IContactStore> _store = new(MockBehavior.Strict);
    private readonly List<ContactWrite> _writes = [];

    [Fact]
    public async Task Reads_and_decides_again_after_each_conflict()
    {
        ContactState first = Given.Talking(), second = Given.Talking(c => c with { NextSequence = 99 });
        Reads(first, second, second);
        Commits(CommitOutcome.Conflict, CommitOutcome.Conflict, CommitOutcome.Committed);
        var seen = new List<ContactState>();

        Result<Committed> result = await RunAsync((state, now) =>
        {
            seen.Add(state);
            return Receive(state, now);
        });

        Assert.Equal([first, second, second], seen);
        Assert.Equal(99, result.Value.Message.Id.Sequence);
        Assert.Equal(_writes[^1].After, result.Value.After);
    }

    [Fact]
    public async Task Holds_the_condition_against_the_state_that_is_decided_on()
    {
        ContactState first = Given.Talking(), second = Given.Talking(c => c with { NextSequence = 99 });
        Reads(first, second);
        Commits(CommitOutcome.Conflict, CommitOutcome.Committed);

        Result<Committed> result = await new ContactTransactions(_store.Object, new ContactLocks(), new FakeClock()).RunAsync(
            Given.Workspace, Given.ContactId, Receive, CancellationToken.None,
            condition: snapshot => snapshot.State == first ? null : new Refusal(RefusalKind.Stale, "stale", "It has been changed."));

        Assert.Equal("stale", result.Refusal?.Code);
        Assert.Single(_writes);
    }

    [Fact]
    public async Task Gives_up_after_a_bounded_number_of_conflicts()
    {
        Reads(Given.Talking());
        Commits(CommitOutcome.Conflict);

        await Assert.ThrowsAsync<ContactBusyException>(() => RunAsync(Receive));

        Assert.Equal(ContactTransactions.Attempts, _writes.Count);
    }

    [Fact]
    public async Task Writes_nothing_for_a_refusal_or_for_no_event()
    {
        Reads(Given.Talking());

        Result<Committed> refused = await RunAsync((_, _) => Refusal.NotFound("thing"));
        Result<Committed> nothing = await RunAsync((_, _) => Decision.Nothing);

        Assert.Equal("not_found", refused.Refusal?.Code);
        Assert.Empty(nothing.Value.Events);
        Assert.Null(nothing.Value.Outbox);
        Assert.Empty(_writes);
    }

    [Fact]
    public async Task Tells_what_happened_first_under_the_same_key()
    {
        var record = new SeenRecord(Given.Message().Id, "print", Given.Now);
        Reads(Given.Talking());
        Commits(CommitOutcome.AlreadySeen);
        _store.Setup(s => s.FindSeenAsync(Given.Workspace, Given.ContactId, Key, It.IsAny<CancellationToken>())).ReturnsAsync(record);

        Result<Committed> result = await RunAsync(Receive, Key);

        Assert.Equal(record, result.Value.Repeated);
        Assert.Empty(result.Value.Events);
        Assert.Null(result.Value.Outbox);
    }

    [Fact]
    public async Task Stores_the_key_with_the_effect()
    {
        Reads(Given.Talking());
        Commits(CommitOutcome.Committed);

        Result<Committed> result = await RunAsync(Receive, Key, "print");

        ContactWrite write = Assert.Single(_writes);
        Assert.Equal(Key, write.Seen);
        Assert.Equal(new SeenRecord(result.Value.Message.Id, "print", Given.Now), write.SeenRecord);
    }

    [Fact]
    public async Task Goes_to_the_contact_it_was_merged_into()
    {
        ContactId primary = ContactId.Of(Given.Workspace, new ContactIdentity(LiveDesk.Domain.Channels.ChannelType.Sms, "+15550009999"));
        ContactState merged = Given.Talking(c => c with { MergedInto = primary });
        Reads(merged);
        _store.Setup(s => s.LoadAsync(Given.Workspace, primary, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ContactSnapshot(Given.Workspace, primary, Given.Talking(c => c with { Id = primary }), "v", "v"));
        Commits(CommitOutcome.Committed);

        Result<Committed> result = await RunAsync(Receive);

        Assert.Equal(primary, result.Value.Contact);
    }

    [Fact]
    public async Task Uses_what_the_caller_has_just_read_once()
    {
        Reads(Given.Talking());
        Commits(CommitOutcome.Conflict, CommitOutcome.Committed);
        var read = new ContactSnapshot(Given.Workspace, Given.ContactId, Given.Talking(c => c with { NextSequence = 5 }), "v", "v");

        Result<Committed> result = await Transactions().RunAsync(Given.Workspace, Given.ContactId, Receive, CancellationToken.None, read: read);

        Assert.Equal(5, _writes[0].Messages[0].Id.Sequence);
        Assert.Equal(10, result.Value.Message.Id.Sequence);
        _store.Verify(s => s.LoadAsync(It.IsAny<WorkspaceId>(), It.IsAny<ContactId>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Gives_every_row_of_a_write_a_number_of_its_own()
    {
        Reads(ContactState.None);
        Commits(CommitOutcome.Committed);

        await RunAsync(Receive);

        ContactWrite write = Assert.Single(_writes);
        long[] numbers = [.. write.Messages.Select(m => m.Id.Sequence), write.Outbox!.Sequence];
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.True(write.After.Contact!.NextSequence > numbers.Max());
        Assert.Null(write.Outbox.Place); // it stood in no list before
    }

    private static Decision Receive(ContactState state, DateTimeOffset now) =>
        Decision.Of(ReceiveMessage.Decide(state, Given.Workspace, state.Contact?.Id ?? Given.ContactId, Given.Channel(), Given.Inbound(), now));

    private Task<Result<Committed>> RunAsync(ContactTransactions.Decide decide, SeenKey? seen = null, string? fingerprint = null) =>
        Transactions().RunAsync(Given.Workspace, Given.ContactId, decide, CancellationToken.None, seen, fingerprint);

    private ContactTransactions Transactions() => new(_store.Object, new ContactLocks(), new FakeClock());

    /// <summary>The last state stays.</summary>
    private void Reads(params ContactState[] states)
    {
        int read = 0;
        _store.Setup(s => s.LoadAsync(Given.Workspace, Given.ContactId, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new ContactSnapshot(Given.Workspace, Given.ContactId, states[Math.Min(read++, states.Length - 1)], $"v{read}", $"v{read}"));
    }

    private void Commits(params CommitOutcome[] outcomes) =>
        _store.Setup(s => s.CommitAsync(It.IsAny<ContactSnapshot>(), It.IsAny<ContactWrite>(), It.IsAny<CancellationToken>()))
            .Callback((ContactSnapshot _, ContactWrite write, CancellationToken _) => _writes.Add(write))
            .ReturnsAsync(() => outcomes[Math.Min(_writes.Count, outcomes.Length) - 1]);
}
