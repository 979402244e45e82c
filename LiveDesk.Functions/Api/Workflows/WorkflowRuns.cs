using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Workflows;

internal sealed record RunRequest(ConversationId ConversationId);

internal sealed record RunStartedView(string RunId, string WorkflowId, ConversationId ConversationId);

internal sealed record RunView(
    string Id, string Event, string ContactId, ConversationId? ConversationId, WorkflowRunStatus Status, string? Reason, IReadOnlyList<WorkflowRunStep> Steps,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    public static RunView Of(WorkflowRun run) =>
        new(run.Id, run.Event, run.Contact.Value, run.Conversation, run.Status, run.Reason, run.Steps, run.StartedAt, run.EndedAt);
}

/// <summary>Runs of a workflow: one by hand, and the log of all.</summary>
internal sealed class WorkflowRuns(
    IResourceStore<Workflow> workflows, IWorkflowRunLog log, ConversationAccess access, IWorkQueues queues, IRandomSource random, TimeProvider time)
{
    [Function("RunWorkflow"), Operation(Role.Agent), Reads(typeof(RunRequest)), Answers(202, typeof(RunStartedView))]
    public async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Workspace + "/workflows/{workflowId}/run")] HttpRequestData request,
        string workflowId, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<RunRequest> body = await request.ReadJsonAsync<RunRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (await workflows.FindAsync(caller.Workspace, workflowId, cancellationToken) is not { } workflow)
            return await request.ProblemAsync(Refusal.NotFound("workflow"));
        if (!workflow.Value.Active) return await request.ProblemAsync(Refusal.Rule("workflow_inactive", "The workflow is not active."));
        Result<ConversationFound> found = await access.LoadAsync(caller, body.Value.ConversationId.Value, cancellationToken);
        if (found.Refusal is { Kind: RefusalKind.NotFound })
            return await request.ProblemAsync(Refusal.Rule("conversation_unknown", "No such conversation.", "conversationId"));
        if (found.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        string key = $"{found.Value.Id.Contact.Key}-m{Base32.Encode(random.Bytes(10))}";
        await queues.PutAsync(
            new WorkflowWork(caller.Workspace, workflow.Value.Id, WorkflowEvent.Manual, key, found.Value.Id.Contact, found.Value.Id, 1, time.GetUtcNow()),
            cancellationToken);
        return await request.JsonAsync(new RunStartedView(key, workflow.Value.Id, found.Value.Id), HttpStatusCode.Accepted);
    }

    [Function("ListWorkflowRuns"), Operation(Role.Supervisor), Answers(200, typeof(ListView<RunView>))]
    public async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Workspace + "/workflows/{workflowId}/runs")] HttpRequestData request,
        string workflowId, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (await workflows.FindAsync(caller.Workspace, workflowId, cancellationToken) is null)
            return await request.ProblemAsync(Refusal.NotFound("workflow"));
        try
        {
            PageOf<WorkflowRun> page = await log.ListAsync(caller.Workspace, workflowId, paging.Value.Limit, paging.Value.Cursor, cancellationToken);
            return await request.JsonAsync(new ListView<RunView>([.. page.Items.Select(RunView.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        }
    }
}
