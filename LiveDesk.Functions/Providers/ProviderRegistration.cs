using LiveDesk.Domain.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Providers;

/// <summary>Every <see cref="IProvider"/> of this assembly takes part; adding one means adding its folder.</summary>
internal static class ProviderRegistration
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        foreach (Type type in typeof(ProviderRegistration).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false }))
            if (typeof(IProvider).IsAssignableFrom(type)) services.AddSingleton(typeof(IProvider), type);
        services.AddSingleton<ProviderHttp>();
        return services.AddSingleton<IProviderCatalog, ProviderCatalog>();
    }
}

internal sealed class ProviderCatalog(IEnumerable<IProvider> providers) : IProviderCatalog
{
    private readonly Dictionary<string, IProvider> _byName = providers.ToDictionary(p => p.Traits.Name, StringComparer.Ordinal);

    public IReadOnlyList<ProviderTraits> All => [.. _byName.Values.Select(p => p.Traits)];

    public IProvider? Find(string name) => _byName.GetValueOrDefault(name);
}
