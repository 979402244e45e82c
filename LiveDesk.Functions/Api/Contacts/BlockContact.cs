using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>A blocked contact may write, but opens no conversation and is sent nothing.</summary>
internal sealed class BlockContact(ContactAnswers answers)
{
    [Function("BlockContact"), Operation(Role.Agent), Answers(200, typeof(ContactView))]
    public Task<HttpResponseData> Block(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Contact + "/block")] HttpRequestData request, string contactId, FunctionContext context,
        CancellationToken cancellationToken) =>
        RunAsync(request, contactId, context, (state, now) => EditContact.Block(state, Caller.Of(context).Actor, now), cancellationToken);

    [Function("UnblockContact"), Operation(Role.Agent), Answers(200, typeof(ContactView))]
    public Task<HttpResponseData> Unblock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Contact + "/unblock")] HttpRequestData request, string contactId,
        FunctionContext context, CancellationToken cancellationToken) => RunAsync(request, contactId, context, EditContact.Unblock, cancellationToken);

    private async Task<HttpResponseData> RunAsync(
        HttpRequestData request, string contactId, FunctionContext context, ContactTransactions.Decide decide, CancellationToken cancellationToken) =>
        await request.RefuseFieldsAsync(cancellationToken) is { } malformed
            ? await request.ProblemAsync(malformed)
            : await answers.RunAsync(request, Caller.Of(context), contactId, decide, cancellationToken);
}
