using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Queues;

/// <summary>Lets AI agents answer. Models are slow, so they have a queue of their own and hold nothing else up.</summary>
internal sealed partial class ProcessAiTurns(AnswerCustomer answer, StorageWorkQueues queues, ILogger<ProcessAiTurns> logger)
{
    [Function(nameof(ProcessAiTurns))]
    public async Task Run([QueueTrigger(QueueNames.AiTurns)] string body, FunctionContext context, CancellationToken cancellationToken)
    {
        AiTurnWork work = await queues.ReadAsync<AiTurnWork>(body, cancellationToken);
        // An earlier try may have written the answer and died before it was sent.
        if (Deliveries.IsRepeated(context)) await queues.PutAsync(new OutboundWork(work.Workspace, work.Conversation.Contact), cancellationToken);
        AiTurnResult result = await answer.RunAsync(work, cancellationToken);
        if (result is AiTurnResult.HandedOver or AiTurnResult.Discarded) LogEnd(work.Conversation, result);
    }

    [LoggerMessage(3101, LogLevel.Information, "{Conversation}: the AI agent's turn was {Result}.")]
    private partial void LogEnd(ConversationId conversation, AiTurnResult result);
}
