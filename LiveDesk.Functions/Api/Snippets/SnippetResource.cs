using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Snippets;

/// <summary>Canned texts and files.</summary>
internal sealed class SnippetResource(ResourceApi<Snippet, SnippetRequest, SnippetView> api, IResourceStore<Snippet> snippets, SnippetRules rules)
{
    private const int MaximumQuery = 100;
    private const string SearchList = "snippets?q";

    [Function("CreateSnippet"), Operation(Role.Supervisor), Reads(typeof(SnippetRequest)), Answers(201, typeof(SnippetView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Snippets)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListSnippets"), Operation(Role.Agent), Answers(200, typeof(ListView<SnippetView>))]
    [Query("q", "Begins the shortcut, stands in it, or stands in the text; the best first.")]
    public async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Snippets)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (request.Query["q"] is not { Length: > 0 } query) return await api.ListAsync(request, context, cancellationToken);
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (query.Length > MaximumQuery) return await request.ProblemAsync(Refusal.Malformed("q", $"At most {MaximumQuery} characters."));
        IReadOnlyList<Snippet> all = await snippets.ListRecentAsync(Caller.Of(context).Workspace, cancellationToken);
        IReadOnlyList<Snippet> found = SnippetSearch.Rank(all, query, s => s.Shortcut, s => s.Text);
        // By rank, so the place of one that was given tells where to go on.
        Result<string?> place = paging.Value.PlaceIn(SearchList);
        if (place.Refusal is { } foreign) return await request.ProblemAsync(foreign);
        int from = place.Value is { } last ? found.ToList().FindIndex(s => s.Id == last) + 1 : 0;
        Snippet[] page = [.. found.Skip(from).Take(paging.Value.Limit)];
        string? next = from + page.Length < found.Count ? Paging.CursorOf(SearchList, page[^1].Id) : null;
        return await request.JsonAsync(new ListView<SnippetView>([.. page.Select(rules.View)], next));
    }

    [Function("GetSnippet"), Operation(Role.Agent), Answers(200, typeof(SnippetView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Snippet)] HttpRequestData request, string snippetId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, snippetId, context, cancellationToken);

    [Function("ChangeSnippet"), Operation(Role.Supervisor), Reads(typeof(SnippetRequest), Partial = true), Answers(200, typeof(SnippetView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Snippet)] HttpRequestData request, string snippetId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, snippetId, context, cancellationToken);

    [Function("DeleteSnippet"), Operation(Role.Supervisor), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Snippet)] HttpRequestData request, string snippetId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, snippetId, context, cancellationToken);
}
