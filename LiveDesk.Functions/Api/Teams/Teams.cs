using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Teams;

/// <summary>Groups of people.</summary>
internal sealed class Teams(ResourceApi<Team, TeamRequest, TeamView> api)
{
    [Function("CreateTeam"), Operation(Role.Admin), Reads(typeof(TeamRequest)), Answers(201, typeof(TeamView))]
    public Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Teams)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.CreateAsync(request, context, cancellationToken);

    [Function("ListTeams"), Operation(Role.Agent), Answers(200, typeof(ListView<TeamView>))]
    public Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Teams)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) => api.ListAsync(request, context, cancellationToken);

    [Function("GetTeam"), Operation(Role.Agent), Answers(200, typeof(TeamView))]
    public Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Team)] HttpRequestData request, string teamId, FunctionContext context,
        CancellationToken cancellationToken) => api.GetAsync(request, teamId, context, cancellationToken);

    [Function("ChangeTeam"), Operation(Role.Admin), Reads(typeof(TeamRequest), Partial = true), Answers(200, typeof(TeamView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Team)] HttpRequestData request, string teamId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, teamId, context, cancellationToken);

    [Function("DeleteTeam"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Team)] HttpRequestData request, string teamId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, teamId, context, cancellationToken);
}
