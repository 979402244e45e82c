using System.Net;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Webhooks;

/// <summary>
/// The door for all providers. Verify, understand, put on the queue, answer: nothing else happens before the answer, and whatever is
/// answered 200 is on the queue.
/// </summary>
internal sealed partial class ReceiveWebhook(
    IChannelDirectory channels, IProviderCatalog providers, IWorkQueues queues, LiveDeskOptions options, WebhookCounters counters, TimeProvider time,
    ILogger<ReceiveWebhook> logger)
{
    /// <summary>No provider sends more; Meta's largest batches stay below 3 MB.</summary>
    private const int MaximumBody = 4 * 1024 * 1024;

    [Function(nameof(ReceiveWebhook))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "webhooks/{provider}/{channelId}/{token}")] HttpRequestData request,
        string provider, string channelId, string token, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!ChannelId.TryParse(channelId, out ChannelId id)
            || await ChannelAsync(id, provider, token, now, cancellationToken) is not { } channel
            || providers.Find(provider) is not { } adapter)
            return Refuse(request, HttpStatusCode.NotFound, provider, "unknown_channel");

        if (request.LostBody() is not null) return Refuse(request, HttpStatusCode.LengthRequired, provider, "no_length");
        if (await BodyAsync(request.Body, cancellationToken) is not { } body)
            return Refuse(request, HttpStatusCode.RequestEntityTooLarge, provider, "too_large");
        var webhook = new WebhookRequest(request.Method, PublicUrl(request.Url), Headers(request), body);

        WebhookVerdict verdict = adapter.Verify(channel, webhook, now);
        if (verdict != WebhookVerdict.Authentic && await channels.FindChangedAsync(channel, cancellationToken) is { } changed)
        {
            // A secret that was changed over another host a moment ago; some providers send a refused webhook never again.
            channel = changed;
            verdict = adapter.Verify(channel, webhook, now);
        }
        if (verdict != WebhookVerdict.Authentic) return Refuse(request, HttpStatusCode.Forbidden, provider, verdict.ToString());
        ParsedWebhook parsed = adapter.Parse(channel, webhook, now);
        if (parsed.Malformed is { } why) return Refuse(request, HttpStatusCode.BadRequest, provider, why);

        foreach (string kind in parsed.Unknown) counters.Unknown(provider, kind);
        if (parsed.Events.Count > 0)
        {
            try
            {
                await queues.PutAsync(new InboundWork(channel.Workspace, channel.Id, now, parsed.Events), cancellationToken);
            }
            catch (QueueUnavailableException e)
            {
                LogQueueUnavailable(e, provider);
                return Refuse(request, HttpStatusCode.ServiceUnavailable, provider, "queue_unavailable");
            }
        }
        counters.Accepted(provider, parsed.Events.Count);
        return Answer(request, parsed.Reply);
    }

    private async Task<Channel?> ChannelAsync(ChannelId id, string provider, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Channel? channel = await channels.FindAsync(id, cancellationToken);
        if (channel is null || channel.Provider != provider) return null;
        if (channel.WebhookToken.Accepts(token, now)) return channel;
        return await channels.FindChangedAsync(channel, cancellationToken) is { } changed && changed.WebhookToken.Accepts(token, now) ? changed : null;
    }

    private HttpResponseData Refuse(HttpRequestData request, HttpStatusCode status, string provider, string reason)
    {
        counters.Refused(provider, (int)status, reason);
        LogRefused(provider, (int)status, reason);
        return request.CreateResponse(status);
    }

    private static HttpResponseData Answer(HttpRequestData request, WebhookReply reply)
    {
        HttpResponseData response = request.CreateResponse((HttpStatusCode)reply.Status);
        if (reply.ContentType is not null) response.Headers.Add("Content-Type", reply.ContentType);
        if (reply.Body is not null) response.WriteString(reply.Body);
        return response;
    }

    /// <summary>As the provider requested it: a proxy in front changes scheme and host, never path and query.</summary>
    private Uri PublicUrl(Uri seen) => new(options.PublicBaseUrl.AbsoluteUri.TrimEnd('/') + seen.PathAndQuery);

    private static Dictionary<string, string> Headers(HttpRequestData request) =>
        request.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);

    private static async Task<byte[]?> BodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > MaximumBody) return null;
            body.Write(chunk, 0, read);
        }
        return body.ToArray();
    }

    [LoggerMessage(2001, LogLevel.Warning, "Webhook of {Provider} refused with {Status}: {Reason}.")]
    private partial void LogRefused(string provider, int status, string reason);

    [LoggerMessage(2002, LogLevel.Error, "Webhook of {Provider} answered 503: the queue does not take messages.")]
    private partial void LogQueueUnavailable(Exception e, string provider);
}
