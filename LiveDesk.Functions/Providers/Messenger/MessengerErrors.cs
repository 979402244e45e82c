using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.Messenger;

/// <summary>Messenger's error codes in words (developers.facebook.com/docs/messenger-platform/error-codes), and what each asks for.</summary>
internal static class MessengerErrors
{
    private static readonly HashSet<int> Throttled = [4, 17, 32, 613];
    private static readonly HashSet<int> Unwell = [1, 2, 1200];

    private static readonly DeliveryFailure WindowClosed = new("window_closed", null,
        "The customer last wrote more than 24 hours ago, so Messenger takes no message until the customer writes again.");

    private static readonly DeliveryFailure Unreachable = new("unreachable", null, "The customer cannot receive messages at the moment.");

    public static SendOutcome Outcome(GraphError error, TimeSpan? retryAfter)
    {
        string reason = $"Messenger ({error.Code}): {error.Message}";
        if (Throttled.Contains(error.Code)) return new SendOutcome.NotTaken(retryAfter, reason);
        if (Unwell.Contains(error.Code)) return new SendOutcome.ServerError(retryAfter, reason);
        DeliveryFailure failure = Failure(error);
        return new SendOutcome.Refused(failure, ChannelBroken: failure.Code == "channel_failed");
    }

    private static DeliveryFailure Failure(GraphError error)
    {
        string code = error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture) + (error.Subcode is { } subcode ? $"/{subcode}" : "");
        DeliveryFailure Known(string name, string words) => new(name, code, words);
        return (error.Code, error.Subcode) switch
        {
            (10, 2018278 or 2018065 or 2534022) or (2534022, _) => WindowClosed with { ProviderCode = code },
            (10, 2018108) or (200, 1545041) or (551, _) => Unreachable with { ProviderCode = code },
            (100, 2018001) => Known("invalid_recipient", "Messenger knows no such person on this page."),
            (100, 2018034 or 2018032) => Known("content_refused", "Messenger found the message empty or not valid."),
            (100, 2018109) => Known("media_refused", "The file is too large for Messenger (25 MB)."),
            (100, 2018047 or 2018008) => Known("media_refused", "Messenger could not fetch the file."),
            (100, _) => Known("provider_refused", $"Messenger found a parameter that is not valid. {error.Message}"),
            (190, _) or (0, _) => Known("channel_failed", "The page access token has expired or was revoked. Make a new one and give it to the channel."),
            (3 or 10, _) or ( >= 200 and <= 299, _) => Known("channel_failed", "The page access token lacks the permission pages_messaging."),
            (368, _) => Known("channel_failed", "The page is blocked for a while because of a policy violation. See the Page Quality tab."),
            _ => Known("provider_refused", error.Message),
        };
    }
}
