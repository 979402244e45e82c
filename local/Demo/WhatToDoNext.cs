using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Local.Demo;

/// <summary>The guide, or the story.</summary>
internal sealed class WhatToDoNext(IConfiguration configuration, IHostApplicationLifetime lifetime) : IAfterStart
{
    public async Task RunAsync(HostAddress address, CancellationToken cancellationToken)
    {
        if (configuration["LocalHost:Quiet"] is not null || configuration["benchmark"] is not null) return;
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
        catch (Exception e) when (e is UnexpectedException or HttpRequestException)
        {
            Environment.ExitCode = 1;
            Console.WriteLine($"  The story broke off: {e.Message}");
        }
        lifetime.StopApplication();
    }
}
