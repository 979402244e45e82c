using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.RoutingRules;

/// <summary>Who gets which conversations.</summary>
internal sealed class RoutingRuleResource(ResourceApi<RoutingRule, RoutingRuleRequest, RoutingRuleView> api)
{
    [Function("CreateRoutingRule"), Operation(Role.Admin), Reads(typeof(RoutingRuleRequest)), Answers(201, typeof(RoutingRuleView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RoutingRules)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListRoutingRules"), Operation(Role.Agent), Answers(200, typeof(ListView<RoutingRuleView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.RoutingRules)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetRoutingRule"), Operation(Role.Agent), Answers(200, typeof(RoutingRuleView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.RoutingRule)] HttpRequestData request, string ruleId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, ruleId, context, cancellationToken);

    [Function("ChangeRoutingRule"), Operation(Role.Admin), Reads(typeof(RoutingRuleRequest), Partial = true), Answers(200, typeof(RoutingRuleView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.RoutingRule)] HttpRequestData request, string ruleId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, ruleId, context, cancellationToken);

    [Function("DeleteRoutingRule"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.RoutingRule)] HttpRequestData request, string ruleId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, ruleId, context, cancellationToken);
}
