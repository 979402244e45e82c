using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>What Bandwidth refuses at once (dev.bandwidth.com/apis/messaging-apis/messaging/#tag/Messages/operation/createMessage).</summary>
internal static partial class BandwidthRules
{
    private const int MostRecipients = 10;
    private const int LongestText = 2048;
    private const int LongestUrl = 4096;
    private const int LongestTag = 1024;

    /// <param name="owned">The account's numbers; empty if none was registered, and then any may send.</param>
    /// <returns>Null if the message is fine.</returns>
    public static BandwidthError? Check(JsonObject body, IReadOnlyList<BandwidthNumber> owned)
    {
        IReadOnlyList<string> recipients = Strings(body["to"]);
        if (recipients.Count is 0 or > MostRecipients) return BandwidthError.Field("to", "'to' must have between 1 and 10 numbers");
        if (recipients.FirstOrDefault(number => !Number().IsMatch(number)) is { } bad)
            return BandwidthError.Field("to", $"'{bad}' must be replaced with a valid E164 formatted telephone number");
        if (body.Text("from") is not { } from || !Number().IsMatch(from)) return BandwidthError.Field("from", "'from' must be a valid E164 formatted telephone number");
        if (body.Text("applicationId") is not { Length: > 0 } application) return BandwidthError.Field("applicationId", "'applicationId' must not be blank");
        if (owned.Count > 0 && owned.FirstOrDefault(number => number.PhoneNumber == from) is var sender)
        {
            if (sender is null) return BandwidthError.Field("from", $"'{from}' is not owned by your account");
            if (sender.ApplicationId != application) return BandwidthError.Field("applicationId", $"'{from}' does not belong to the application {application}");
        }

        return Contents(body);
    }

    private static BandwidthError? Contents(JsonObject body)
    {
        IReadOnlyList<string> media = Strings(body["media"]);
        string? text = body.Text("text");
        if (string.IsNullOrEmpty(text) && media.Count == 0) return BandwidthError.Field("text", "Either 'text' or 'media' is required");
        if (text?.Length > LongestText) return BandwidthError.Field("text", "'text' must be at most 2048 characters");
        if (media.FirstOrDefault(url => url.Length > LongestUrl || !ApiRequests.IsUrl(url)) is { } bad)
            return BandwidthError.Field("media", $"'{bad}' is not a valid media URL");
        if (body.Text("tag")?.Length > LongestTag) return BandwidthError.Field("tag", "'tag' must be at most 1024 characters");
        if (body["priority"] is not null && body.Text("priority") is not ("default" or "high")) return BandwidthError.Field("priority", "'priority' is default or high");
        return body["expiration"] is not null && media.Count > 0 ? BandwidthError.Field("expiration", "'expiration' is for SMS only") : null;
    }

    /// <summary>A string, or a list of strings; what else stands there makes the whole empty.</summary>
    public static IReadOnlyList<string> Strings(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? one) => [one],
        JsonArray list when list.All(item => item is JsonValue value && value.TryGetValue(out string? _)) => [.. list.Select(item => item!.GetValue<string>())],
        _ => [],
    };

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex Number();
}
