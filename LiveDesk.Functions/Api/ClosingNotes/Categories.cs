using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.ClosingNotes;

/// <summary>The categories of closing notes. A deleted one stays on the conversations that were closed with it.</summary>
internal sealed class Categories(ResourceApi<ClosingNoteCategory, CategoryRequest, CategoryView> api)
{
    [Function("CreateClosingNoteCategory"), Operation(Role.Supervisor), Reads(typeof(CategoryRequest)), Answers(201, typeof(CategoryView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Categories)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListClosingNoteCategories"), Operation(Role.Agent), Answers(200, typeof(ListView<CategoryView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Categories)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetClosingNoteCategory"), Operation(Role.Agent), Answers(200, typeof(CategoryView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Category)] HttpRequestData request, string categoryId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, categoryId, context, cancellationToken);

    [Function("ChangeClosingNoteCategory"), Operation(Role.Supervisor), Reads(typeof(CategoryRequest), Partial = true), Answers(200, typeof(CategoryView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Category)] HttpRequestData request, string categoryId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, categoryId, context, cancellationToken);

    [Function("DeleteClosingNoteCategory"), Operation(Role.Supervisor), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Category)] HttpRequestData request, string categoryId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, categoryId, context, cancellationToken);
}
