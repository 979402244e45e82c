using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using LiveDesk.Functions.Storage;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>A storage that answers with one row a page whatever is asked for, as the real one may when it crosses a partition server.</summary>
internal sealed class ShortPages : HttpPipelineSynchronousPolicy
{
    public static Tables Of(StorageUnderTest storage)
    {
        var options = new TableClientOptions();
        options.AddPolicy(new ShortPages(), HttpPipelinePosition.PerCall);
        return new Tables(new TableServiceClient(storage.Account.ConnectionString, options));
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method != RequestMethod.Get || !message.Request.Uri.Query.Contains("$filter", StringComparison.Ordinal)) return;
        string[] kept = [.. message.Request.Uri.Query.TrimStart('?').Split('&').Where(part => !part.StartsWith("$top", StringComparison.Ordinal))];
        message.Request.Uri.Query = "?" + string.Join('&', [.. kept, "$top=1"]);
    }
}
