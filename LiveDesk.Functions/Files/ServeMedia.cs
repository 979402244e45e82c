using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using LiveDesk.Domain.Messaging.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Files;

/// <summary>Gives a stored file to whoever has a link to it: a provider that delivers it, a browser that shows it.</summary>
internal sealed class ServeMedia(FileLinks links, BlobFileStore files, TimeProvider time)
{
    [Function(nameof(ServeMedia))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{token}/{fileName}")] HttpRequestData request, string token, string fileName,
        CancellationToken cancellationToken)
    {
        LinkVerdict verdict = links.Read(token, out string key, out DateTimeOffset expires);
        if (verdict != LinkVerdict.Valid) return request.CreateResponse(verdict == LinkVerdict.Expired ? HttpStatusCode.Gone : HttpStatusCode.NotFound);
        bool head = request.Method.Equals("HEAD", StringComparison.OrdinalIgnoreCase);
        RangeItemHeaderValue? range = head ? null : Range(request);
        if (await files.FindAsync(key, cancellationToken) is not { } file) return request.CreateResponse(HttpStatusCode.NotFound);

        long from = 0, to = file.Size - 1;
        if (range is not null && !Within(range, file.Size, out from, out to))
        {
            HttpResponseData beyond = request.CreateResponse(HttpStatusCode.RequestedRangeNotSatisfiable);
            beyond.Headers.Add("Content-Range", $"bytes */{file.Size}");
            return beyond;
        }
        HttpResponseData response = request.CreateResponse(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent);
        Describe(response, file, expires);
        if (range is not null) response.Headers.Add("Content-Range", $"bytes {from}-{to}/{file.Size}");
        response.Headers.Add("Content-Length", (to - from + 1).ToString(CultureInfo.InvariantCulture));
        if (head || file.Size == 0) return response;
        if (await files.OpenAsync(key, from, to - from + 1, cancellationToken) is not { } open) return request.CreateResponse(HttpStatusCode.NotFound);
        response.Body = open.Content;
        return response;
    }

    private void Describe(HttpResponseData response, StoredFile file, DateTimeOffset expires)
    {
        // Pictures, sound and film may be shown in place; whatever else it is, a browser must not open it here.
        string disposition = FileTypes.IsShownInPlace(file.Facts.ContentType) ? "inline" : "attachment";
        var named = new ContentDispositionHeaderValue(disposition) { FileNameStar = file.Facts.FileName ?? FileNames.Standard(file.Facts.ContentType) };
        long left = Math.Max(0, (long)(expires - time.GetUtcNow()).TotalSeconds);
        response.Headers.Add("Content-Type", file.Facts.ContentType);
        response.Headers.Add("Content-Disposition", named.ToString());
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        response.Headers.Add("Content-Security-Policy", "default-src 'none'; media-src 'self'; img-src 'self'; sandbox");
        response.Headers.Add("Cross-Origin-Resource-Policy", "cross-origin");
        response.Headers.Add("Accept-Ranges", "bytes");
        response.Headers.Add("Cache-Control", string.Create(CultureInfo.InvariantCulture, $"private, max-age={left}, immutable"));
    }

    /// <summary>One range; several at once are answered with the whole file, as RFC 9110 allows.</summary>
    private static RangeItemHeaderValue? Range(HttpRequestData request) =>
        request.Headers.TryGetValues("Range", out IEnumerable<string>? values)
        && RangeHeaderValue.TryParse(string.Join(",", values), out RangeHeaderValue? range) && range is { Unit: "bytes", Ranges.Count: 1 }
            ? range.Ranges.Single()
            : null;

    private static bool Within(RangeItemHeaderValue range, long size, out long from, out long to)
    {
        from = range.From ?? Math.Max(0, size - (range.To ?? 0));
        to = range.From is null ? size - 1 : Math.Min(range.To ?? long.MaxValue, size - 1);
        return from <= to && from < size;
    }
}
