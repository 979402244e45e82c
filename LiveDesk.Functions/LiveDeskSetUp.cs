using Azure.Core.Serialization;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.AiAgents;
using LiveDesk.Functions.Api.Agents;
using LiveDesk.Functions.Api.Channels;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using LiveDesk.Functions.Events;
using LiveDesk.Functions.Csat;
using LiveDesk.Functions.Files;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Reports;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Security.Oidc;
using LiveDesk.Functions.Storage;
using LiveDesk.Functions.Telemetry;
using LiveDesk.Functions.Webhooks;
using LiveDesk.Functions.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Functions;

/// <summary>Puts the desk together.</summary>
internal static class LiveDeskSetUp
{
    public static void AddLiveDesk(this FunctionsApplicationBuilder builder)
    {
        var options = LiveDeskOptions.Read(builder.Configuration);
        IServiceCollection services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddStorage(builder.Configuration);
        services.AddTelemetry(builder.Configuration);
        services.AddProviders();
        services.AddDomain(options);
        services.AddResources();
        services.AddAiAgents();
        services.AddSecrets(options);
        services.AddSingleton<RepeatableRandom>();
        services.AddSingleton<IRandomSource>(provider => provider.GetRequiredService<RepeatableRandom>());
        services.AddSingleton<RequestLog>();
        services.AddSingleton<RepeatedRequests>();
        services.AddSingleton<AgentDeparture>();
        services.AddSingleton<OidcKeys>();
        services.AddSingleton<OidcCallers>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<ChannelMapping>();
        services.AddSingleton<ChannelAccess>();
        services.AddSingleton<ConversationAccess>();
        services.AddSingleton<ConversationCommands>();
        services.AddSingleton<AssignmentWarnings>();
        services.AddSingleton<ConversationRunner>();
        services.AddSingleton<WebhookCounters>();
        services.AddSingleton<StoragePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<StoragePreparation>());
        // Orchestrations are kept with it.
        services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(ApiJson.Exact));
        builder.UseMiddleware<CorsMiddleware>();
        builder.UseMiddleware<TraceMiddleware>();
        builder.UseMiddleware<ApiMiddleware>();
    }

    private static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<BlobFileStore>();
        services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<BlobFileStore>());
        services.AddSingleton<FileLinks>();
        services.AddSingleton<IMediaLinks>(provider => provider.GetRequiredService<FileLinks>());
        services.AddSingleton<GuardedHttp>();
        services.AddSingleton<IMediaDownload, MediaDownload>();
        services.AddSingleton<IDraftStore, TableDraftStore>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<DraftUses>();
    }

    private static void AddDomain(this IServiceCollection services, LiveDeskOptions options)
    {
        services.AddSingleton<IContactStore, TableContactStore>();
        services.AddSingleton<IDeskStore, TableDeskStore>();
        services.AddSingleton<IWaitingStore, TableWaitingStore>();
        services.AddSingleton<IInboxIndex, TableInboxIndex>();
        services.AddSingleton<IContactIndex, TableContactIndex>();
        services.AddEvents();
        services.AddReporting();
        services.AddSingleton<IChannelDirectory, TableChannelDirectory>();
        services.AddSingleton(typeof(IResourceStore<>), typeof(TableResourceStore<>));
        services.AddSingleton<StorageWorkQueues>();
        services.TryAddSingleton<IWorkQueues>(provider => provider.GetRequiredService<StorageWorkQueues>());
        services.AddSingleton<PoisonQueues>();
        services.AddFiles();
        services.AddSingleton(new ManageChannelsLimits(options.AutoCloseMinimum));
        services.AddSingleton<ContactLocks>();
        services.AddSingleton<SendLocks>();
        services.AddSingleton<ContactTransactions>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<ContactDesk>();
        services.AddSingleton<MergeContacts>();
        services.AddSingleton<MessageCarrier>();
        services.AddSingleton<SendPace>();
        services.AddSingleton<SendPending>();
        services.AddSingleton<ResendMessage>();
        services.AddSingleton<ITemplateStore, TableTemplateStore>();
        services.AddSingleton<ChannelTemplates>();
        services.AddSingleton<FillSnippet>();
        services.AddSingleton<ComposeMessage>();
        services.AddSingleton<ReceiveReceipt>();
        services.AddSingleton<SenderTransactions>();
        services.AddSingleton<ReceiveWatermark>();
        services.AddSingleton<ReceiveInbound>();
        services.AddSingleton<AssignmentTurns>();
        services.AddSingleton<RoutePlanner>();
        services.AddSingleton<RoutePreview>();
        services.AddSingleton<FireWorkflows>();
        services.AddSingleton<RunWorkflow>();
        services.AddSingleton<IWorkflowRunLog, TableWorkflowRunLog>();
        services.AddSingleton<IWorkflowWebhook, WorkflowWebhook>();
        services.AddSingleton<PersonAssigner>();
        services.AddSingleton<Assigner>();
        services.AddSingleton<ReleaseConversations>();
        services.AddSingleton<OwnerAway>();
        services.AddSingleton<ManagePresence>();
        services.AddSingleton<TendConversation>();
        services.AddSingleton<SurveyLinks>();
        services.AddSingleton<ISurveyLinks>(provider => provider.GetRequiredService<SurveyLinks>());
        services.AddSingleton<TendSurvey>();
        services.AddSingleton<BeginConversation>();
        services.AddSingleton<ManageChannels>();
        services.AddSingleton<ManageAgents>();
    }
}
