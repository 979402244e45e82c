using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_people_take_conversations
{
    private const int Limit = 3;

    [Fact]
    public async Task Lets_one_of_many_claims_on_the_same_reading_through()
    {
        (_, TableDeskStore desk) = await NewAsync();
        AgentSnapshot read = (await desk.FindAgentAsync(Given.Workspace, Given.Ana, CancellationToken.None))!;

        bool[] claimed = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => ClaimAsync(desk, read, n)));

        Assert.Single(claimed, true);
        Assert.Equal((1, 1), await HeldAndSlotsAsync(desk, Given.Ana));
    }

    [Fact]
    public async Task Gives_a_conversation_to_one_of_many_people()
    {
        (_, TableDeskStore desk) = await NewAsync();
        AgentSnapshot[] people = [.. await desk.ListAgentsAsync(Given.Workspace, CancellationToken.None)];

        bool[] claimed = await Task.WhenAll(people.Select(p => ClaimAsync(desk, p, 1)));

        Assert.Single(claimed, true);
        Assert.Equal(1, (await desk.ListAgentsAsync(Given.Workspace, CancellationToken.None)).Sum(a => a.Agent.Held));
    }

    [Fact]
    public async Task Never_goes_above_the_limit_whichever_instance_claims()
    {
        (StorageUnderTest storage, TableDeskStore desk) = await NewAsync();
        TableDeskStore[] instances = [desk, new(storage.NewTables()), new(storage.NewTables())];

        await Task.WhenAll(Enumerable.Range(1, 30).Select(async n =>
        {
            TableDeskStore instance = instances[n % instances.Length];
            while (await instance.FindAgentAsync(Given.Workspace, Given.Ana, CancellationToken.None) is { Agent.Held: < Limit } read)
                if (await ClaimAsync(instance, read, n)) return;
        }));

        Assert.Equal((Limit, Limit), await HeldAndSlotsAsync(desk, Given.Ana));
    }

    [Fact]
    public async Task Keeps_both_counts_right_while_conversations_change_hands()
    {
        (StorageUnderTest storage, TableDeskStore desk) = await NewAsync();
        TableDeskStore[] instances = [desk, new(storage.NewTables())];
        AgentSlot?[] places = [Slot(1, Given.Ana), Slot(1, Given.Luis), null];
        await desk.MoveAsync(Given.Workspace, Slot(1, Given.Ana).Conversation, null, places[0], CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            instances[i % 2].MoveAsync(Given.Workspace, Slot(1, Given.Ana).Conversation, places[i % 3], places[(i + 1) % 3], CancellationToken.None)));

        AgentSlot? last = await desk.FindSlotAsync(Given.Workspace, Slot(1, Given.Ana).Conversation, CancellationToken.None);
        Assert.Equal(last?.Agent == Given.Ana ? (1, 1) : (0, 0), await HeldAndSlotsAsync(desk, Given.Ana));
        Assert.Equal(last?.Agent == Given.Luis ? (1, 1) : (0, 0), await HeldAndSlotsAsync(desk, Given.Luis));
    }

    [Fact]
    public async Task Moves_a_slot_only_from_whoever_has_it()
    {
        (_, TableDeskStore desk) = await NewAsync();
        AgentSlot ana = Slot(1, Given.Ana), luis = Slot(1, Given.Luis);

        Assert.True(await desk.MoveAsync(Given.Workspace, ana.Conversation, null, ana, CancellationToken.None));
        Assert.False(await desk.MoveAsync(Given.Workspace, ana.Conversation, null, luis, CancellationToken.None));
        Assert.False(await desk.MoveAsync(Given.Workspace, ana.Conversation, luis, null, CancellationToken.None));
        Assert.True(await desk.MoveAsync(Given.Workspace, ana.Conversation, ana, luis, CancellationToken.None));
        Assert.Equal((0, 0), await HeldAndSlotsAsync(desk, Given.Ana));
        Assert.Equal((1, 1), await HeldAndSlotsAsync(desk, Given.Luis));
        Assert.True(await desk.MoveAsync(Given.Workspace, ana.Conversation, luis, null, CancellationToken.None));
        Assert.Equal((0, 0), await HeldAndSlotsAsync(desk, Given.Luis));
    }

    [Fact]
    public async Task Frees_the_slot_of_somebody_who_is_gone()
    {
        (_, TableDeskStore desk) = await NewAsync();
        AgentSlot slot = Slot(1, Given.Ana);
        await desk.MoveAsync(Given.Workspace, slot.Conversation, null, slot, CancellationToken.None);
        await desk.DeleteAgentAsync((await desk.FindAgentAsync(Given.Workspace, Given.Ana, CancellationToken.None))!, CancellationToken.None);

        Assert.True(await desk.MoveAsync(Given.Workspace, slot.Conversation, slot, null, CancellationToken.None));
        Assert.Empty(await desk.ListSlotsAsync(Given.Workspace, CancellationToken.None));
    }

    private static async Task<(StorageUnderTest, TableDeskStore)> NewAsync()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var desk = new TableDeskStore(storage.Tables);
        foreach (AgentId id in new[] { Given.Ana, Given.Luis })
            await desk.AddAgentAsync(
                new Agent { Workspace = Given.Workspace, Id = id, Name = id.Value, Presence = Presence.Online, CreatedAt = Given.Now }, CancellationToken.None);
        return (storage, desk);
    }

    private static AgentSlot Slot(int conversation, AgentId agent) => new(new ConversationId(Given.ContactId, conversation), agent, 1);

    private static Task<bool> ClaimAsync(TableDeskStore desk, AgentSnapshot agent, int conversation) =>
        desk.ClaimAsync(agent, Slot(conversation, agent.Agent.Id), Given.ChannelId(), Given.Now, CancellationToken.None);

    private static async Task<(int Held, int Slots)> HeldAndSlotsAsync(TableDeskStore desk, AgentId agent) => (
        (await desk.FindAgentAsync(Given.Workspace, agent, CancellationToken.None))!.Agent.Held,
        (await desk.ListSlotsAsync(Given.Workspace, CancellationToken.None)).Count(s => s.Agent == agent));
}
