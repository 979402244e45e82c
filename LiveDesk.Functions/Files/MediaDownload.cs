using System.Net;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Files;

/// <summary>Downloads customers' files: only over https, only from the provider's hosts, credentials only to the first of them.</summary>
internal sealed class MediaDownload(GuardedHttp http, TimeProvider time) : IMediaDownload
{
    private const int MaximumRedirects = 5;

    /// <summary>Until the first byte of the answer.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(20);

    public async Task<DownloadOutcome> OpenAsync(MediaLocation.At location, IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        Uri url = location.Url;
        string? authorization = location.Authorization;
        using var timeout = new CancellationTokenSource(HeadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            for (int hop = 0; hop <= MaximumRedirects; hop++)
            {
                if (Forbidden(url, hosts) is { } reason) return new DownloadOutcome.Refused(reason);
                HttpResponseMessage response = await GetAsync(url, authorization, either.Token);
                if (Redirect(response, url) is not { } next) return await OutcomeAsync(response, cancellationToken);
                response.Dispose();
                (url, authorization) = (next, null);
            }
            return new DownloadOutcome.Refused("The provider's address leads in circles.");
        }
        catch (HttpRequestException e) when (e is { InnerException: PrivateAddressException })
        {
            return new DownloadOutcome.Refused("The file's address leads into a private network.");
        }
        catch (HttpRequestException e)
        {
            return new DownloadOutcome.Unavailable($"The provider could not be reached ({e.HttpRequestError}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DownloadOutcome.Unavailable("The provider did not answer in time.");
        }
    }

    private async Task<HttpResponseMessage> GetAsync(Uri url, string? authorization, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private string? Forbidden(Uri url, IReadOnlyList<string> hosts)
    {
        if (http.IsAllowedPrivate(url)) return null;
        if (url.Scheme != Uri.UriSchemeHttps) return "The file's address is not encrypted (https).";
        string host = url.IdnHost.ToLowerInvariant();
        bool known = hosts.Any(h => h == host || (h.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(h[1..], StringComparison.Ordinal)));
        return known ? null : $"The file is kept on '{host}', which is no host of this provider.";
    }

    private static Uri? Redirect(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect && response.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private async Task<DownloadOutcome> OutcomeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return new DownloadOutcome.Opened(
                await response.Content.ReadAsStreamAsync(cancellationToken), response.Content.Headers.ContentType?.ToString(), Name(response),
                response.Content.Headers.ContentLength, response);
        using (response)
        {
            int status = (int)response.StatusCode;
            return status switch
            {
                404 or 410 => new DownloadOutcome.Missing(),
                408 or 425 or 429 or >= 500 => new DownloadOutcome.Unavailable(
                    $"The provider answered {status} again and again.", ProviderHttp.RetryAfter(response, time.GetUtcNow())),
                401 or 403 => new DownloadOutcome.Refused($"The provider refused access to the file ({status}). Check the channel's credentials."),
                _ => new DownloadOutcome.Refused($"The provider did not give the file ({status})."),
            };
        }
    }

    private static string? Name(HttpResponseMessage response) =>
        (response.Content.Headers.ContentDisposition?.FileNameStar ?? response.Content.Headers.ContentDisposition?.FileName)?.Trim('"');
}
