using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local.Demo;

/// <summary>Where everything is.</summary>
/// <param name="Simulator">Control API of the provider simulator; null if no provider is simulated.</param>
internal sealed record Surroundings(Uri Api, string Key, Uri? Simulator)
{
    /// <exception cref="UnexpectedException">No provider is simulated.</exception>
    public Uri RequiredSimulator() =>
        Simulator ?? throw new UnexpectedException("no provider is simulated; point LiveDesk__Providers__Twilio__BaseUrl at this machine.");

    public static Surroundings Of(IConfiguration configuration, HostAddress address)
    {
        string workspace = configuration["LiveDesk:BootstrapWorkspace"] ?? "main";
        Uri? twilio = Uri.TryCreate(configuration["LiveDesk:Providers:Twilio:BaseUrl"], UriKind.Absolute, out Uri? url) && url.IsLoopback ? url : null;
        return new Surroundings(
            new Uri(address.BaseUrl, $"{address.RoutePrefix}/v1/workspaces/{workspace}/"), configuration["LiveDesk:BootstrapApiKey"] ?? "",
            twilio is null ? null : new Uri(twilio, "/simulator/"));
    }
}
