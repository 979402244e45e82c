using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.AiAgents;

/// <summary>Where a model is asked.</summary>
/// <param name="Base">Without a slash at the end.</param>
/// <param name="IsOwn">The agent names it; else it is the provider's own, or the settings'.</param>
internal sealed record AiEndpoint(string Base, HttpClient Client, bool IsOwn);

/// <summary>
/// An address that an agent's setting names is reached over the guarded client, since whoever may set up agents need not be somebody who may reach
/// into the desk's own network. One from the deployment's settings is trusted.
/// </summary>
internal sealed class AiEndpoints(LiveDeskOptions options, ProviderHttp trusted, GuardedHttp guarded) : IDisposable
{
    private readonly HttpClient _trusted = new(trusted.Handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The address of the deployment's settings; null if there is none.</summary>
    public Uri? Configured(string provider) => options.ProviderBaseUrls.GetValueOrDefault(provider);

    /// <param name="provider">As in the setting: <c>OpenAi</c>.</param>
    /// <param name="standard">The provider's own.</param>
    /// <returns>Null if the agent's address may not be called: it is not encrypted.</returns>
    public AiEndpoint? For(AiAgent agent, string provider, string standard)
    {
        if (agent.BaseUrl is not { } own) return new AiEndpoint(Text(Configured(provider)) ?? standard, _trusted, IsOwn: false);
        bool allowed = own.Scheme == Uri.UriSchemeHttps || (own.Scheme == Uri.UriSchemeHttp && guarded.IsAllowedPrivate(own));
        return allowed ? new AiEndpoint(Text(own)!, guarded.Client, IsOwn: true) : null;
    }

    public void Dispose() => _trusted.Dispose();

    private static string? Text(Uri? url) => url?.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
