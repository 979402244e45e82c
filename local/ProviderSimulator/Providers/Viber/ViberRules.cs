using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary>A refusal: HTTP 200, a status and its name.</summary>
internal sealed record ViberRefusal(int Status, string Name)
{
    public static ViberRefusal BadData(string what) => new(3, "badData: " + what);

    public static ViberRefusal MissingData(string what) => new(4, "missingData: " + what);

    public static ViberRefusal Of(int status) => new(status, status switch
    {
        1 => "invalidUrl",
        2 => "invalidAuthToken",
        5 => "receiverNotRegistered",
        6 => "receiverNotSubscribed",
        7 => "publicAccountBlocked",
        8 => "publicAccountNotFound",
        9 => "publicAccountSuspended",
        10 => "webhookNotSet",
        11 => "receiverNoSuitableDevice",
        12 => "tooManyRequests",
        _ => "generalError",
    });
}

/// <summary>What Viber refuses (developers.viber.com/docs/api/rest-bot-api/#send-message).</summary>
internal static class ViberRules
{
    private const int LargestRequest = 30 * 1024;
    private const int LongestSender = 28;
    private const int LongestText = 7000;
    private const int LongestCaption = 512;
    private const int LongestTracking = 4000;
    private const int LongestFileName = 256;
    private const long LargestVideo = 26 * 1024 * 1024;
    private const long LargestFile = 50 * 1024 * 1024;

    public static ViberRefusal? Check(JsonObject message, string raw, bool needsReceiver)
    {
        if (Encoding.UTF8.GetByteCount(raw) > LargestRequest) return ViberRefusal.BadData("the request is larger than 30 KB");
        if (needsReceiver && string.IsNullOrEmpty(message.Text("receiver"))) return ViberRefusal.MissingData("receiver");
        if ((message["sender"] as JsonObject).Text("name") is not { Length: > 0 } sender) return ViberRefusal.MissingData("sender.name");
        if (sender.Length > LongestSender) return ViberRefusal.BadData("sender.name");
        if (message.Text("tracking_data")?.Length > LongestTracking) return ViberRefusal.BadData("tracking_data");
        return message.Text("type") switch
        {
            null => ViberRefusal.MissingData("type"),
            "text" => Text(message),
            "picture" => Media(message) ?? (message["text"] is null || message.Text("text")?.Length <= LongestCaption ? null : ViberRefusal.BadData("text")),
            "video" => Media(message) ?? Size(message, LargestVideo),
            "file" => Media(message) ?? Size(message, LargestFile) ?? FileName(message),
            "url" => Media(message),
            "contact" => (message["contact"] as JsonObject).Text("phone_number") is null ? ViberRefusal.MissingData("contact") : null,
            "location" => message["location"] is JsonObject place && place["lat"] is not null && place["lon"] is not null ? null : ViberRefusal.MissingData("location"),
            "sticker" => message["sticker_id"] is null ? ViberRefusal.MissingData("sticker_id") : null,
            _ => ViberRefusal.BadData("type"),
        };
    }

    private static ViberRefusal? Text(JsonObject message) => message.Text("text") switch
    {
        null or "" => ViberRefusal.MissingData("text"),
        { Length: > LongestText } => ViberRefusal.BadData("text"),
        _ => null,
    };

    private static ViberRefusal? Media(JsonObject message) =>
        message["media"] is null ? ViberRefusal.MissingData("media") : ApiRequests.IsUrl(message.Text("media")) ? null : ViberRefusal.BadData("media");

    private static ViberRefusal? Size(JsonObject message, long largest)
    {
        if (message["size"] is not JsonValue size) return ViberRefusal.MissingData("size");
        return size.TryGetValue(out long bytes) && bytes > 0 && bytes <= largest ? null : ViberRefusal.BadData("size");
    }

    private static ViberRefusal? FileName(JsonObject message) => message.Text("file_name") switch
    {
        null => ViberRefusal.MissingData("file_name"),
        var name when name.Length > LongestFileName || !name.Contains('.', StringComparison.Ordinal) => ViberRefusal.BadData("file_name"),
        _ => null,
    };
}
