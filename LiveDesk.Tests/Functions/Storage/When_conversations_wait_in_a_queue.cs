using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_conversations_wait_in_a_queue
{
    [Fact]
    public async Task Serves_the_urgent_first_and_then_whoever_has_waited_longest()
    {
        TableWaitingStore waiting = await NewAsync();
        WaitingConversation[] served =
        [
            Waiting(1, Priority.Urgent, 50), Waiting(2, Priority.Urgent, 51), Waiting(3, Priority.High, 0), Waiting(4, Priority.Medium, -500_000),
            Waiting(5, Priority.Low, 3), Waiting(6, Priority.None, 1), Waiting(7, Priority.None, 2), Waiting(8, Priority.None, 2),
        ];
        foreach (WaitingConversation conversation in served.OrderBy(w => w.Conversation.Number * 5 % 8))
            await waiting.PutAsync(Given.Workspace, conversation, CancellationToken.None);

        Assert.Equal(served, await ListAsync(waiting));
        Assert.Equal(served[..3], await waiting.ListAsync(Given.Workspace, "q", 3, CancellationToken.None));
    }

    [Fact]
    public async Task Keeps_a_place_once_and_gives_it_up_without_fuss()
    {
        TableWaitingStore waiting = await NewAsync();
        WaitingConversation one = Waiting(1, Priority.None, 0);
        for (int i = 0; i < 2; i++) await waiting.PutAsync(Given.Workspace, one, CancellationToken.None);
        Assert.Single(await ListAsync(waiting));

        for (int i = 0; i < 2; i++) await waiting.RemoveAsync(Given.Workspace, one, CancellationToken.None);

        Assert.Empty(await ListAsync(waiting));
    }

    [Fact]
    public async Task Names_the_queues_of_a_workspace()
    {
        TableWaitingStore waiting = await NewAsync();
        await waiting.PutAsync(Given.Workspace, Waiting(1, Priority.None, 0), CancellationToken.None);
        await waiting.PutAsync(Given.Workspace, Waiting(2, Priority.None, 0) with { Queue = "r" }, CancellationToken.None);
        await waiting.PutAsync(
            LiveDesk.Domain.Workspaces.WorkspaceId.Parse("other"), Waiting(3, Priority.None, 0) with { Queue = "s" }, CancellationToken.None);

        Assert.Equal(["q", "r"], await waiting.QueuesAsync(Given.Workspace, CancellationToken.None));
        Assert.Single(await ListAsync(waiting));
    }

    private static async Task<TableWaitingStore> NewAsync() => new((await StorageUnderTest.CreateAsync()).Tables);

    private static Task<IReadOnlyList<WaitingConversation>> ListAsync(TableWaitingStore waiting) =>
        waiting.ListAsync(Given.Workspace, "q", 100, CancellationToken.None);

    private static WaitingConversation Waiting(int number, Priority priority, int seconds) =>
        new(new ConversationId(Given.ContactId, number), "q", priority, Given.Now.AddSeconds(seconds));
}
