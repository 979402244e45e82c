using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LiveDesk.Tests.Local.FunctionsWorker;

/// <summary>Counts the requests to storage, as an app would.</summary>
public sealed class StorageCounter : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<string> _requests = [];

    public override void OnSendingRequest(HttpMessage message) =>
        _requests.Enqueue($"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath}");

    public int Count(string method, string pathPart) => _requests.Count(request =>
        request.StartsWith(method, StringComparison.Ordinal) && request.Contains(pathPart, StringComparison.Ordinal));
}
