using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.AiAgents.Dialogflow;
using LiveDesk.Functions.AiAgents.Gpt;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.AiAgents;

internal static class AiSetUp
{
    public static IServiceCollection AddAiAgents(this IServiceCollection services)
    {
        services.AddSingleton<AiEndpoints>();
        services.AddSingleton<AiCalls>();
        services.AddSingleton<AiSecrets>();
        services.AddSingleton<GoogleTokens>();
        services.AddSingleton<IAiEngine, GptEngine>();
        services.AddSingleton<IAiEngine, DialogflowEngine>();
        return services.AddSingleton<AnswerCustomer>();
    }
}
