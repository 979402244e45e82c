using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.AiAgents;
using LiveDesk.Functions.Api.ApiKeys;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.ClosingNotes;
using LiveDesk.Functions.Api.Contacts;
using LiveDesk.Functions.Api.RoutingRules;
using LiveDesk.Functions.Api.Snippets;
using LiveDesk.Functions.Api.Teams;
using LiveDesk.Functions.Api.Views;
using LiveDesk.Functions.Api.Workflows;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDesk.Functions.Api.Resources;

internal static class ResourceSetUp
{
    /// <summary>The small documents that people manage, contacts, and the audit log of it.</summary>
    public static IServiceCollection AddResources(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditLog, TableAuditLog>();
        services.AddSingleton<AuditTrail>();
        services.AddContacts();
        services.AddSingleton<Existence>();
        services.AddSingleton<Uses>();
        services.AddSingleton<StepChecks>();
        services.AddSingleton<SnippetRules>();
        services.AddSingleton<ApiKeyRules>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<IAgentKeys>(provider => provider.GetRequiredService<ApiKeyStore>());
        services.AddSingleton<IResourceStore<ApiKey>>(provider => provider.GetRequiredService<ApiKeyStore>());
        services.AddResource<Team, TeamRequest, TeamView, TeamRules>();
        services.AddResource<AiAgent, AiAgentRequest, AiAgentView, AiAgentRules>();
        services.AddResource<RoutingRule, RoutingRuleRequest, RoutingRuleView, RoutingRuleRules>();
        services.AddResource<Workflow, WorkflowRequest, WorkflowView, WorkflowRules>();
        services.AddResource<Snippet, SnippetRequest, SnippetView, SnippetRules>();
        services.AddResource<ClosingNoteCategory, CategoryRequest, CategoryView, CategoryRules>();
        services.AddResource<SavedView, SavedViewRequest, SavedViewView, SavedViewRules>();
        services.AddResource<ApiKey, ApiKeyRequest, ApiKeyView, ApiKeyRules>();
        return services;
    }

    private static void AddResource<T, TRequest, TView, TRules>(this IServiceCollection services)
        where T : class, IResource
        where TRequest : class
        where TView : class
        where TRules : ResourceRules<T, TRequest, TView>
    {
        services.AddSingleton<ResourceRules<T, TRequest, TView>, TRules>();
        services.AddSingleton<ResourceApi<T, TRequest, TView>>();
    }
}
