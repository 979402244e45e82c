using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>Table storage that fails while it is told to, by a 503 unless told otherwise.</summary>
internal sealed class TableOutage : HttpPipelineSynchronousPolicy
{
    private volatile bool _down;

    public Func<Exception> Failure { get; init; } = () => new RequestFailedException(503, "The server is busy.");

    public bool Down { get => _down; set => _down = value; }

    public void Replace(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        options.AddPolicy(this, HttpPipelinePosition.PerCall);
        return new TableServiceClient(provider.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]!, options);
    });

    public override void OnSendingRequest(HttpMessage message)
    {
        if (Down) throw Failure();
    }
}
