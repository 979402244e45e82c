using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Workflows;

/// <summary>What the desk does by itself.</summary>
internal sealed class WorkflowResource(ResourceApi<Workflow, WorkflowRequest, WorkflowView> api)
{
    [Function("CreateWorkflow"), Operation(Role.Admin), Reads(typeof(WorkflowRequest)), Answers(201, typeof(WorkflowView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Workflows)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListWorkflows"), Operation(Role.Agent), Answers(200, typeof(ListView<WorkflowView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Workflows)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetWorkflow"), Operation(Role.Agent), Answers(200, typeof(WorkflowView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Workflow)] HttpRequestData request, string workflowId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, workflowId, context, cancellationToken);

    [Function("ChangeWorkflow"), Operation(Role.Admin), Reads(typeof(WorkflowRequest), Partial = true), Answers(200, typeof(WorkflowView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Workflow)] HttpRequestData request, string workflowId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, workflowId, context, cancellationToken);

    [Function("DeleteWorkflow"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Workflow)] HttpRequestData request, string workflowId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, workflowId, context, cancellationToken);
}
