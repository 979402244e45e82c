using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.AiAgents;

/// <summary>The machines that answer customers.</summary>
internal sealed class AiAgentResource(ResourceApi<AiAgent, AiAgentRequest, AiAgentView> api)
{
    [Function("CreateAiAgent"), Operation(Role.Admin), Reads(typeof(AiAgentRequest)), Answers(201, typeof(AiAgentView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.AiAgents)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListAiAgents"), Operation(Role.Agent), Answers(200, typeof(ListView<AiAgentView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.AiAgents)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetAiAgent"), Operation(Role.Agent), Answers(200, typeof(AiAgentView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.AiAgent)] HttpRequestData request, string aiAgentId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, aiAgentId, context, cancellationToken);

    [Function("ChangeAiAgent"), Operation(Role.Admin), Reads(typeof(AiAgentRequest), Partial = true), Answers(200, typeof(AiAgentView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.AiAgent)] HttpRequestData request, string aiAgentId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, aiAgentId, context, cancellationToken);

    [Function("DeleteAiAgent"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.AiAgent)] HttpRequestData request, string aiAgentId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, aiAgentId, context, cancellationToken);
}
