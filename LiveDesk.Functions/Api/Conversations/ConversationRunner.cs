using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>What every action on a conversation does: find it, check <c>If-Match</c>, run one decision, answer with what it is then.</summary>
internal sealed class ConversationRunner(ConversationAccess access, ContactDesk desk)
{
    /// <param name="finish">Adds what goes with this answer alone; null: nothing.</param>
    public async Task<HttpResponseData> RunAsync(
        HttpRequestData request, Caller caller, string conversationId, ConversationCommand command, CancellationToken cancellationToken,
        Func<ConversationView, Task<ConversationView>>? finish = null)
    {
        Result<ConversationFound> done = await DoAsync(caller, conversationId, command, request.Stale, cancellationToken);
        if (done.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        (ConversationView view, string version) = await access.ViewAsync(caller, done.Value.Id, cancellationToken);
        return await request.JsonAsync(finish is null ? view : await finish(view), version: version);
    }

    /// <param name="stale">Held against the version that is decided on.</param>
    /// <returns>The conversation as it was found.</returns>
    public async Task<Result<ConversationFound>> DoAsync(
        Caller caller, string conversationId, ConversationCommand command, Func<string, Refusal?> stale, CancellationToken cancellationToken)
    {
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is not null) return found;
        if (stale(found.Value.Version) is { } changed) return changed;
        Result<ContactTransactions.Decide> decide = await command(found.Value);
        if (decide.Refusal is { } wrong) return wrong;
        Result<Committed> done = await desk.RunAsync(
            caller.Workspace, found.Value.Id.Contact, decide.Value, cancellationToken, read: found.Value.Read,
            condition: snapshot => stale(found.Value.VersionIn(snapshot)));
        return done.Refusal is { } refusal ? refusal : found;
    }
}
