using System.Text.Json;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>Bandwidth's error codes in words (dev.bandwidth.com/docs/messaging/errors), and what its refusals mean.</summary>
internal static class BandwidthErrors
{
    public const string OptedOut = "4775";

    private static readonly Dictionary<string, (string Code, string Words)> Known = new()
    {
        ["4001"] = ("channel_failed", "The Bandwidth account may not use this service."),
        ["4301"] = ("content_refused", "The text has characters that cannot be sent."),
        ["4302"] = ("channel_failed", "Bandwidth takes the channel's number for malformed."),
        ["4303"] = ("invalid_recipient", "The number is not valid."),
        ["4360"] = ("expired", "The message could not be delivered in time. Send it again."),
        ["4403"] = ("channel_failed", "The channel's number may not send messages."),
        ["4404"] = ("provider_refused", "Bandwidth may not send to this number."),
        ["4405"] = ("channel_failed", "The channel's number is not assigned to anybody."),
        ["4406"] = ("invalid_recipient", "The number is not assigned to anybody."),
        ["4410"] = ("media_refused", "Bandwidth could not fetch the file."),
        ["4411"] = ("media_refused", "The file is too large for MMS."),
        ["4412"] = ("media_refused", "MMS takes no such file."),
        ["4432"] = ("provider_refused", "Bandwidth may not send to this country."),
        ["4434"] = ("provider_refused", "The recipient is a toll-free number that takes no messages."),
        ["4435"] = ("provider_refused", "Too many recipients."),
        ["4452"] = ("channel_failed", "The number does not belong to the channel's App ID."),
        ["4470"] = ("filtered", "Bandwidth took the message for spam. Change the text."),
        ["4481"] = ("channel_failed", "The channel's number is on a block list."),
        ["4482"] = ("blocked_by_recipient", "The recipient's number is on a block list."),
        ["4493"] = ("channel_failed", "The channel is not authorised to send."),
        ["4700"] = ("unreachable", "The recipient's carrier takes no such message."),
        ["4720"] = ("invalid_recipient", "The carrier does not know the number."),
        ["4770"] = ("filtered", "The carrier took the message for spam. Change the text."),
        [OptedOut] = ("contact_opted_out", "The customer has opted out (STOP). Only the customer can undo that, by writing START."),
        ["4780"] = ("rate_limited", "The carrier's volume limit is used up. Send it again later."),
        ["4781"] = ("rate_limited", "The carrier's volume limit is used up. Send it again later."),
        ["4785"] = ("rate_limited", "The carrier's volume limit is used up. Send it again later."),
        ["4795"] = ("channel_failed", "The toll-free number is not verified."),
        ["5100"] = ("provider_unavailable", "Bandwidth had an error of its own. Send it again."),
        ["5111"] = ("provider_unavailable", "Bandwidth had an error of its own. Send it again."),
        ["5600"] = ("provider_unavailable", "The carrier's queue is full. Send it again later."),
        ["9999"] = ("provider_refused", "Delivery failed for a reason that the carrier does not tell. Send it again."),
    };

    /// <param name="code">Five digits or fewer; the first tells whose fault it is.</param>
    public static DeliveryFailure Failure(string? code, string? providerWords)
    {
        if (code is not null && Known.TryGetValue(code, out (string Code, string Words) known)) return new DeliveryFailure(known.Code, code, known.Words);
        string words = providerWords is { Length: > 0 } ? providerWords : "Bandwidth gave no reason.";
        return new DeliveryFailure(code?.StartsWith('5') == true ? "provider_unavailable" : "provider_refused", code, words);
    }

    /// <summary>The answer to a send that was not taken: 4xx, for good.</summary>
    public static SendOutcome.Refused Refused(ProviderAnswer answer)
    {
        string type = answer.Body.Text("type") ?? $"{answer.Status}";
        if (answer.Status is 401 or 403)
            return new SendOutcome.Refused(
                new DeliveryFailure("channel_failed", type, "Bandwidth refused the channel's credentials. Check the API key and its secret."), ChannelBroken: true);
        IReadOnlyList<JsonElement> fields = answer.Body.Member("fieldErrors").Items();
        string code = fields.Select(f => CodeOf(f.Text("fieldName"))).FirstOrDefault(c => c is not null) ?? "provider_refused";
        string words = string.Join(" ", fields.Select(f => $"{f.Text("fieldName")}: {f.Text("description")}"));
        if (words.Length == 0) words = answer.Body.Text("description") ?? $"Bandwidth answered {answer.Status}.";
        return new SendOutcome.Refused(new DeliveryFailure(code, type, words), ChannelBroken: code == "channel_failed");
    }

    // "to[0]" names an element of the list.
    private static string? CodeOf(string? field) => field?.Split('[')[0] switch
    {
        "to" => "invalid_recipient",
        "from" or "applicationId" => "channel_failed",
        "media" => "media_refused",
        "text" => "content_refused",
        _ => null,
    };
}
