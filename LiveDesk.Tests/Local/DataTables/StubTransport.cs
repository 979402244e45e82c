using System.Net;
using Azure.Core.Pipeline;

namespace LiveDesk.Tests.Local.DataTables;

/// <summary>Answers requests with prepared status codes, the last one for ever, and remembers what it was asked.</summary>
internal sealed class StubTransport(params HttpStatusCode[] answers) : HttpMessageHandler
{
    internal List<HttpRequestMessage> Requests { get; } = [];

    internal HttpClientTransport Transport => new(this);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var status = answers[Math.Min(Requests.Count, answers.Length) - 1];
        return new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent([]) };
    }
}
