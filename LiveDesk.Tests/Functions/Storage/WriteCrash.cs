using Azure.Core;
using Azure.Core.Pipeline;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>Stops the work right before or right after its n-th write, as a crash would.</summary>
/// <param name="point">From 1: odd before a write, even after it.</param>
internal sealed class WriteCrash(int point) : HttpPipelinePolicy
{
    private int _writes;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The desk writes asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool here = message.Request.Method != RequestMethod.Get && ++_writes == (point + 1) / 2;
        if (here && point % 2 == 1) throw new CrashedException();
        await ProcessNextAsync(message, pipeline);
        if (here) throw new CrashedException();
    }

    internal sealed class CrashedException() : Exception("The process is gone.");
}
