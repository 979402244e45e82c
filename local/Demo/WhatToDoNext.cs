using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Local.Demo;

/// <summary>The guide, or the story.</summary>
internal sealed class WhatToDoNext(IConfiguration configuration, IHostApplicationLifetime lifetime) : IAfterStart
{
    public async Task RunAsync(HostAddress address, CancellationToken cancellationToken)
    {
        if (configuration["LocalHost:Quiet"] is not null) return;
        Surroundings surroundings = Surroundings.Of(configuration, address);
        if (configuration["demo"] is null)
        {
            Console.WriteLine(Guide.Text(surroundings));
            return;
        }
        try
        {
            using var story = new Story(surroundings);
            await story.PlayAsync(cancellationToken);
        }
        catch (Exception e) when (e is StoryException or HttpRequestException)
        {
            Environment.ExitCode = 1;
            Console.WriteLine($"  The story broke off: {e.Message}");
        }
        lifetime.StopApplication();
    }
}

/// <summary>Where everything is.</summary>
/// <param name="Simulator">Control API of the provider simulator; null if no provider is simulated.</param>
internal sealed record Surroundings(Uri Api, string Key, Uri? Simulator)
{
    public static Surroundings Of(IConfiguration configuration, HostAddress address)
    {
        string workspace = configuration["LiveDesk:BootstrapWorkspace"] ?? "main";
        Uri? twilio = Uri.TryCreate(configuration["LiveDesk:Providers:Twilio:BaseUrl"], UriKind.Absolute, out Uri? url) && url.IsLoopback ? url : null;
        return new Surroundings(
            new Uri(address.BaseUrl, $"{address.RoutePrefix}/v1/workspaces/{workspace}/"), configuration["LiveDesk:BootstrapApiKey"] ?? "",
            twilio is null ? null : new Uri(twilio, "/simulator/"));
    }
}
