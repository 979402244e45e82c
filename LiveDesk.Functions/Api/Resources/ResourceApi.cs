using System.Net;
using System.Text.Json;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Resources;

/// <summary>Create, list, read, change and delete, the same for every small document: versions, paging, strict reading, audit.</summary>
internal sealed class ResourceApi<T, TRequest, TView>(
    IResourceStore<T> store, ResourceRules<T, TRequest, TView> rules, AuditTrail audit, IWorkQueues queues, IRandomSource random, TimeProvider time)
    where T : class, IResource
    where TRequest : class
    where TView : class
{
    /// <summary>Bytes of one document: a table row holds 1 MiB in UTF-16, and so must an encrypted answer.</summary>
    private const int MaximumSize = 200 * 1024;

    private const int Attempts = 20;

    /// <summary>As many may be created at once without the limit being looked at afterwards.</summary>
    private const int Crowd = 50;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    private static readonly Refusal Busy = new(RefusalKind.Unavailable, "busy", "It is being changed by others. Try again.");

    public async Task<HttpResponseData> CreateAsync(HttpRequestData request, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        var draft = new ResourceDraft(caller.Workspace, ResourceId.New(rules.IdPrefix, random), time.GetUtcNow());
        Result<TRequest> body = await request.ReadJsonAsync<TRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<T> built = await BuildAsync(draft, body.Value, null, cancellationToken);
        if (built.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Result<Stored<T>> added = await audit.RunAsync(
            caller, $"{rules.Noun}.created", Target(built.Value), () => AddAsync(built.Value, cancellationToken),
            made => new AuditNote(Target(made.Value), null, rules.View(made.Value)), cancellationToken);
        if (added.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        return await request.JsonAsync(
            rules.View(added.Value.Value), HttpStatusCode.Created, added.Value.Version, $"/api/v1/workspaces/{caller.Workspace}/{rules.Path}/{added.Value.Value.Id}");
    }

    public async Task<HttpResponseData> ListAsync(HttpRequestData request, FunctionContext context, CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyList<Stored<T>> all = await store.ListAsync(Caller.Of(context).Workspace, cancellationToken);
        Result<ListView<T>> page = paging.Value.Of(
            rules.Path, all.Select(s => s.Value).OrderBy(rules.OrderOf, StringComparer.Ordinal), rules.OrderOf);
        return await request.PageAsync(page.Then(p => new ListView<TView>([.. p.Items.Select(rules.View)], p.NextCursor)));
    }

    public async Task<HttpResponseData> GetAsync(HttpRequestData request, string id, FunctionContext context, CancellationToken cancellationToken) =>
        await store.FindAsync(Caller.Of(context).Workspace, id, cancellationToken) is { } found
            ? await request.JsonAsync(rules.View(found.Value), version: found.Version)
            : await request.ProblemAsync(Missing);

    public async Task<HttpResponseData> ChangeAsync(HttpRequestData request, string id, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<JsonElement> patch = await request.ReadElementAsync(cancellationToken);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(caller.Workspace, id, cancellationToken) is not { } read) return await request.ProblemAsync(Missing);
            if (request.Stale(read.Version) is { } stale) return await request.ProblemAsync(stale);
            if (patch.Refusal is { } malformed) return await request.ProblemAsync(malformed);
            Result<T> next = await MergeAsync(read.Value, patch.Value, cancellationToken);
            if (next.Refusal is { } wrong) return await request.ProblemAsync(wrong);
            if (Same(next.Value, read.Value)) return await request.JsonAsync(rules.View(read.Value), version: read.Version);
            ReplaceResult<T> replaced = await audit.RunAsync(
                caller, $"{rules.Noun}.updated", Target(next.Value), () => store.ReplaceAsync(read, next.Value, cancellationToken),
                result => result.Saved is { } done ? new AuditNote(Target(done.Value), rules.View(read.Value), rules.View(done.Value)) : null,
                cancellationToken);
            if (replaced.NameTaken) return await request.ProblemAsync(NameTaken);
            if (replaced.Saved is { } saved) return await request.JsonAsync(rules.View(saved.Value), version: saved.Version);
        }
        return await request.ProblemAsync(Busy);
    }

    public async Task<HttpResponseData> DeleteAsync(HttpRequestData request, string id, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(caller.Workspace, id, cancellationToken) is not { } read) return await request.ProblemAsync(Missing);
            if (request.Stale(read.Version) is { } stale) return await request.ProblemAsync(stale);
            if (await rules.InUseAsync(read.Value, cancellationToken) is { } used) return await request.ProblemAsync(used);
            bool deleted = await audit.RunAsync(
                caller, $"{rules.Noun}.deleted", Target(read.Value), () => DeleteAsync(read, cancellationToken),
                gone => gone ? new AuditNote(Target(read.Value), rules.View(read.Value)) : null, cancellationToken);
            if (deleted) return request.Empty();
        }
        return await request.ProblemAsync(Busy);
    }

    /// <summary>What is left to do is put before the deletion and seen after it, so that it is surely done.</summary>
    private async Task<bool> DeleteAsync(Stored<T> read, CancellationToken cancellationToken)
    {
        HiddenWork? left = rules.LeftBehind(read.Value) is { } work ? await queues.PutHiddenAsync(work, SafetyDelay, cancellationToken) : null;
        bool gone = await store.DeleteAsync(read, cancellationToken);
        if (left is not null) await (gone ? queues.RevealAsync(left, cancellationToken) : queues.RemoveAsync(left, cancellationToken));
        return gone;
    }

    private Refusal Missing => Refusal.NotFound(rules.Noun.Replace('_', ' '));

    private Refusal NameTaken => new(
        RefusalKind.Conflict, $"{rules.NameField}_taken", $"Another {rules.Noun.Replace('_', ' ')} has this {rules.NameField}.", rules.NameField);

    private async Task<Result<T>> BuildAsync(ResourceDraft draft, TRequest body, T? before, CancellationToken cancellationToken)
    {
        Result<T> built = await rules.BuildAsync(draft, body, before, cancellationToken);
        return built.Accepted && JsonSerializer.SerializeToUtf8Bytes(built.Value, DomainJson.Options).Length > MaximumSize
            ? new Refusal(RefusalKind.TooLarge, "body_too_large", $"A {rules.Noun.Replace('_', ' ')} may have {MaximumSize} bytes at the most.")
            : built;
    }

    private async Task<Result<T>> MergeAsync(T value, JsonElement patch, CancellationToken cancellationToken)
    {
        JsonElement current = JsonSerializer.SerializeToElement(rules.RequestOf(value), ApiJson.Options);
        Result<TRequest> merged = ApiJson.Read<TRequest>(MergePatch.Apply(current, patch));
        return merged.Refusal is { } refusal
            ? refusal
            : await BuildAsync(new ResourceDraft(value.Workspace, value.Id, value.CreatedAt), merged.Value, value, cancellationToken);
    }

    private async Task<Result<Stored<T>>> AddAsync(T value, CancellationToken cancellationToken)
    {
        int count = (await store.ListAsync(value.Workspace, cancellationToken)).Count;
        if (count >= rules.Maximum && await store.FindAsync(value.Workspace, value.Id, cancellationToken) is null) return Full;
        if (await store.AddAsync(value, cancellationToken) is not { } added)
            // An id is drawn from 80 random bits: whoever finds it taken repeats a request whose answer was lost.
            return await store.FindAsync(value.Workspace, value.Id, cancellationToken) is { } first ? first : NameTaken;
        if (count + Crowd < rules.Maximum || (await store.ListAsync(value.Workspace, cancellationToken)).Count <= rules.Maximum) return added;
        await store.DeleteAsync(added, cancellationToken);
        return Full;
    }

    private Refusal Full => Refusal.Rule("limit_reached", $"A workspace has at most {rules.Maximum} of these.");

    private AuditTarget Target(T value) => new(rules.Noun, value.Id, rules.NameOf(value));

    private static bool Same(T one, T other) =>
        JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);
}
