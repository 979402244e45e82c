using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>Viber's status codes in words (developers.viber.com/docs/api/rest-bot-api/#error-codes), and what each asks for.</summary>
internal static class ViberErrors
{
    private const string NotSubscribed = "6";
    private const string TooManyRequests = "12";

    /// <summary>100 messages an hour to a customer who does not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> Broken = ["1", "2", "7", "8", "9", "10", "15"];

    private static readonly Dictionary<string, (string Code, string Words)> Known = new()
    {
        ["1"] = ("channel_failed", "Viber cannot reach the channel's webhook."),
        ["2"] = ("channel_failed", "Viber refused the bot's token."),
        ["3"] = ("provider_refused", "Viber took the message for malformed."),
        ["4"] = ("provider_refused", "Viber misses something in the message."),
        ["5"] = ("invalid_recipient", "Viber does not know the customer."),
        [NotSubscribed] = ("contact_opted_out", "The customer is not subscribed to the bot. Only the customer can change that, by writing."),
        ["7"] = ("channel_failed", "The bot is blocked."),
        ["8"] = ("channel_failed", "Viber does not know the bot."),
        ["9"] = ("channel_failed", "The bot is suspended."),
        ["10"] = ("channel_failed", "The bot has no webhook. Set it to the channel's webhook URL with Viber's set_webhook."),
        ["11"] = ("unreachable", "The customer's device cannot receive the message."),
        ["13"] = ("provider_refused", "The customer's Viber is too old for this message."),
        ["14"] = ("provider_refused", "The customer's Viber is too old for this message."),
        ["15"] = ("channel_failed", "The bot is not authorised to do this."),
        ["16"] = ("provider_refused", "Viber does not allow a reply in this chat."),
        ["17"] = ("provider_refused", "The bot is no inline bot."),
        ["18"] = ("provider_refused", "The bot has no public chat."),
        ["19"] = ("provider_refused", "The bot may not broadcast."),
        ["20"] = ("provider_refused", "Broadcasts are not allowed."),
    };

    public static bool IsChannelBroken(string status) => Broken.Contains(status);

    public static DeliveryFailure Failure(string status, string? providerWords) => Known.TryGetValue(status, out (string Code, string Words) known)
        ? new DeliveryFailure(known.Code, status, known.Words)
        : new DeliveryFailure("provider_refused", status, providerWords is { Length: > 0 } ? providerWords : "Viber gave no reason.");

    /// <param name="status">Not 0.</param>
    public static SendOutcome Outcome(string status, string? providerWords) => status == TooManyRequests
        ? new SendOutcome.NotTaken(Pause, "Viber 12: too many requests.")
        : new SendOutcome.Refused(Failure(status, providerWords), OptedOut: status == NotSubscribed, ChannelBroken: IsChannelBroken(status));
}
