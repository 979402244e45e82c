using System.Globalization;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>
/// The list of what was sent (dev.bandwidth.com/docs/messaging/getMessage). It has neither text nor tag, so a lost message is known by the two
/// numbers, the time, and how much was in it; ids that belong to other messages of ours are left out.
/// </summary>
internal sealed partial class BandwidthProvider
{
    private const int MostCandidates = 50;

    // The two clocks need not agree to the second.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    public async Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        DateTimeOffset since = attemptedAt - ClockTolerance;
        string from = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        ProviderAnswer answer = await AskAsync(
            message.Channel,
            $"messageDirection=OUTBOUND&sourceTn={Uri.EscapeDataString(message.Channel.PhoneNumber!.Value.ToString())}"
            + $"&destinationTn={Uri.EscapeDataString(message.To.Address)}&fromDateTime={from}&limit={MostCandidates}",
            cancellationToken);
        if (!answer.IsSuccess || !answer.Body.Has("messages"))
            return new LookupOutcome.Unavailable(
                $"Bandwidth could not be asked what became of the message ({(answer.Failure is null ? $"it answered {answer.Status}" : "it did not answer")}).");
        foreach (JsonElement candidate in answer.Body.Member("messages").Items())
            if (candidate.Text("messageId") is { } id && Matches(message, candidate, since) && !await isKnown(id)) return Found(id, candidate);
        return new LookupOutcome.NotFound();
    }

    public async Task<ContactIdentity?> FindRecipientAsync(Channel channel, string providerId, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await AskAsync(channel, $"messageId={Uri.EscapeDataString(providerId)}", cancellationToken);
        return answer.Body.Member("messages").Items().Select(m => m.Text("destinationTn")).FirstOrDefault(n => n is not null) is { } number
            ? new ContactIdentity(channel.Type, number)
            : null;
    }

    private async Task<ProviderAnswer> AskAsync(Channel channel, string query, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, $"messages?{query}");
        return await http.AskAsync(request, time, cancellationToken);
    }

    private static bool Matches(OutboundMessage message, JsonElement candidate, DateTimeOffset since)
    {
        bool inTime = !UtcInstantConverter.TryParse(candidate.Text("receiveTime"), out DateTimeOffset received) || received >= since;
        bool outbound = candidate.Text("messageDirection") is null or "OUTBOUND";
        bool parties = IsSame(candidate.Text("sourceTn"), message.Channel.PhoneNumber!.Value.ToString()) && IsSame(candidate.Text("destinationTn"), message.To.Address);
        bool files = candidate.Number("attachmentCount") is not { } count || (int)count == message.Media.Count;
        return inTime && outbound && parties && files && IsAsLong(candidate.Number("messageLength"), message.Message.Content.Text ?? "");
    }

    private static bool IsSame(string? number, string expected) => number is null || number == expected;

    // Whether a character outside the basic plane counts once or twice is not documented.
    private static bool IsAsLong(double? length, string text) =>
        length is not { } characters || (int)characters == text.Length || (int)characters == text.EnumerateRunes().Count();

    private static LookupOutcome.Found Found(string id, JsonElement candidate) => candidate.Text("messageStatus") switch
    {
        "DELIVERED" => new LookupOutcome.Found(id, DeliveryStatus.Delivered),
        "FAILED" or "UNDELIVERED" when candidate.Text("errorCode") is var code && code != BandwidthWebhookParser.ReceiptTimeout =>
            new LookupOutcome.Found(id, DeliveryStatus.Failed, BandwidthErrors.Failure(code is "0" ? null : code, null)),
        _ => new LookupOutcome.Found(id, DeliveryStatus.Sent),
    };
}
