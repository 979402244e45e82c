using System.Net;

namespace LiveDesk.Functions.Providers;

/// <summary>The request's body never began to leave: whatever went wrong, the provider has not taken it.</summary>
internal sealed class RequestNeverLeftException(Exception inner) : IOException("The request never left.", inner);

/// <summary>
/// Tells time-outs before a request left (connecting, TLS) from those after it: both look alike, but only the first may be tried again without
/// asking.
/// </summary>
internal sealed class DepartureWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content) return await base.SendAsync(request, cancellationToken);
        var watched = new WatchedContent(content);
        request.Content = watched;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (OperationCanceledException e) when (!watched.HasLeft)
        {
            throw new RequestNeverLeftException(e);
        }
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private volatile bool _left;

        public WatchedContent(HttpContent inner)
        {
            _inner = inner;
            foreach (KeyValuePair<string, IEnumerable<string>> header in inner.Headers) Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        public bool HasLeft => _left;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _left = true;
            return _inner.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? -1;
            return length >= 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
