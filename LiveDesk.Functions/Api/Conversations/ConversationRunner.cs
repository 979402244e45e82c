using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>What every action on a conversation does: find it, check <c>If-Match</c>, run one decision, answer with what it is then.</summary>
internal sealed class ConversationRunner(ConversationAccess access, ContactDesk desk)
{
    public Task<HttpResponseData> RunAsync(
        HttpRequestData request, Caller caller, string conversationId, Func<ConversationFound, ContactTransactions.Decide> decision,
        CancellationToken cancellationToken) =>
        RunAsync(request, caller, conversationId, found => Task.FromResult(new Result<ContactTransactions.Decide>(decision(found))), cancellationToken);

    public async Task<HttpResponseData> RunAsync(
        HttpRequestData request, Caller caller, string conversationId,
        Func<ConversationFound, Task<Result<ContactTransactions.Decide>>> decision, CancellationToken cancellationToken)
    {
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (request.Stale(found.Value.Version) is { } stale) return await request.ProblemAsync(stale);
        Result<ContactTransactions.Decide> decide = await decision(found.Value);
        if (decide.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Result<Committed> done = await desk.RunAsync(
            caller.Workspace, found.Value.Id.Contact, decide.Value, cancellationToken, read: found.Value.Read,
            condition: snapshot => request.Stale(VersionIn(snapshot, found.Value)));
        if (done.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        (ConversationView view, string version) = await access.ViewAsync(caller, found.Value.Id, cancellationToken);
        return await request.JsonAsync(view, version: version);
    }

    /// <summary>The version that is decided on. A conversation that is no longer the latest has been closed since it was read.</summary>
    private static string VersionIn(ContactSnapshot snapshot, ConversationFound found)
    {
        if (snapshot.State.Latest?.Id == found.Id) return snapshot.ConversationVersion!;
        return found.Read.State.Latest?.Id == found.Id ? "closed" : found.Version;
    }
}
