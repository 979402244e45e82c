using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Views;

/// <summary>Saved filters of the inbox; <c>GET /conversations?view=</c> looks through one.</summary>
internal sealed class SavedViews(ResourceApi<SavedView, SavedViewRequest, SavedViewView> api)
{
    [Function("CreateView"), Operation(Role.Supervisor), Reads(typeof(SavedViewRequest)), Answers(201, typeof(SavedViewView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Views)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListViews"), Operation(Role.Agent), Answers(200, typeof(ListView<SavedViewView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Views)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetView"), Operation(Role.Agent), Answers(200, typeof(SavedViewView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.View)] HttpRequestData request, string viewId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, viewId, context, cancellationToken);

    [Function("ChangeView"), Operation(Role.Supervisor), Reads(typeof(SavedViewRequest), Partial = true), Answers(200, typeof(SavedViewView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.View)] HttpRequestData request, string viewId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, viewId, context, cancellationToken);

    [Function("DeleteView"), Operation(Role.Supervisor), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.View)] HttpRequestData request, string viewId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, viewId, context, cancellationToken);
}
