using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

internal sealed record LifecycleInput(string Workspace, string Conversation);

/// <summary>
/// A conversation from opening to close (instance <c>conversation-{id}</c>). Ordinary messages raise no event to it; it waits for its timers and
/// for the close.
/// </summary>
internal static class ConversationLifecycle
{
    public const string ClosedEvent = "closed";

    private static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 8, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2)));

    public static string InstanceOf(ConversationId conversation) => $"conversation-{conversation}";

    [Function(nameof(ConversationLifecycle))]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        LifecycleInput input = context.GetInput<LifecycleInput>()!;
        await context.CallActivityAsync(nameof(BeginConversationActivity), input, Retry);
        await context.WaitForExternalEvent<string?>(ClosedEvent);
    }
}

/// <summary>Greets and looks for an owner; both are safe to repeat.</summary>
internal sealed class BeginConversationActivity(BeginConversation begin)
{
    [Function(nameof(BeginConversationActivity))]
    public Task Run([ActivityTrigger] LifecycleInput input, CancellationToken cancellationToken) =>
        ConversationId.TryParse(input.Conversation, out ConversationId id)
            ? begin.RunAsync(WorkspaceId.Parse(input.Workspace), id, cancellationToken)
            : throw new InvalidOperationException($"'{input.Conversation}' is no conversation id.");
}
