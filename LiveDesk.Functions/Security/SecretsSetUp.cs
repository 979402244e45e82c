using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Security;

internal static class SecretsSetUp
{
    public static IServiceCollection AddSecrets(this IServiceCollection services, LiveDeskOptions options)
    {
        services.AddSingleton<ISecretProtector>(new AesGcmSecretProtector(options.SecretsKey, options.SecretsKeyPrevious));
        services.AddSingleton<ISecretHolder, ChannelSecrets>();
        services.AddSingleton<ISecretHolder>(provider => new DocumentSecrets<AiAgent>(
            provider.GetRequiredService<Tables>(), agent => agent.ProtectedSecret, agent => agent.SecretPurpose,
            (agent, secret) => agent with { ProtectedSecret = secret }));
        services.AddSingleton<ISecretHolder>(provider => new DocumentSecrets<WebhookEndpoint>(
            provider.GetRequiredService<Tables>(), webhook => webhook.ProtectedSecret, webhook => webhook.Id,
            (webhook, secret) => webhook with { ProtectedSecret = secret }));
        services.AddSingleton<ISecretHolder>(provider => new DocumentSecrets<WebhookEndpoint>(
            provider.GetRequiredService<Tables>(), webhook => webhook.PreviousProtectedSecret, webhook => webhook.Id,
            (webhook, secret) => webhook with { PreviousProtectedSecret = secret }));
        return services.AddSingleton<SecretReencryption>();
    }
}
