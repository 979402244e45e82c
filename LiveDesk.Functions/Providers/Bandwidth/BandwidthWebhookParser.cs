using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>
/// Messages and statuses, several in one request: an array of events, or a single one in its place
/// (dev.bandwidth.com/docs/messaging/webhooks).
/// </summary>
internal static class BandwidthWebhookParser
{
    /// <summary>Bandwidth gave up waiting for the carrier's receipt: nobody knows, and so the message stays as it is.</summary>
    public const string ReceiptTimeout = "9902";

    public static ParsedWebhook Parse(Channel channel, WebhookRequest request)
    {
        IReadOnlyList<JsonElement> items = JsonFields.Read(request.Body).Items();
        // One event that is none must not cost the others.
        if (items.All(i => i.Text("type") is null)) return ParsedWebhook.NotUnderstood("The body is no list of events.");
        var events = new List<InboundEvent>();
        var unknown = new List<string>();
        foreach (JsonElement item in items)
        {
            string type = item.Text("type") ?? "none";
            JsonElement message = item.Member("message");
            if (message.Text("id") is not { } id) unknown.Add($"{type}:without_id");
            else if (type is "message-received" or "suggestion-response" or "requested-location-response") Receive(channel, item, message, id, events, unknown);
            else if (StatusOf(type) is { } status) Report(channel, item, message, id, status, events, unknown);
            else unknown.Add(type);
        }
        return new ParsedWebhook(events, unknown, WebhookReply.Empty);
    }

    private static DeliveryStatus? StatusOf(string type) => type switch
    {
        "message-sending" or "message-sent" => DeliveryStatus.Sent,
        "message-delivered" => DeliveryStatus.Delivered,
        "message-read" => DeliveryStatus.Read,
        "message-failed" => DeliveryStatus.Failed,
        _ => null,
    };

    private static void Report(
        Channel channel, JsonElement item, JsonElement message, string id, DeliveryStatus status, List<InboundEvent> events, List<string> unknown)
    {
        string? code = item.Text("errorCode");
        if (code == ReceiptTimeout)
        {
            unknown.Add($"message-failed:{ReceiptTimeout}");
            return;
        }
        events.Add(new InboundReceipt
        {
            OccurredAt = Time(item) ?? Time(message),
            Status = status,
            ProviderId = id,
            MessageId = MessageId.TryParse(message.Text("tag"), out MessageId ours) ? ours : null,
            // Of a group each recipient has a receipt of its own under the same id: the top-level number says whose this is.
            Recipient = item.Text("to") is { } to ? new InboundSender([Identity(channel, to)]) : null,
            Failure = status == DeliveryStatus.Failed ? BandwidthErrors.Failure(code, item.Text("description")) : null,
            OptedOut = code == BandwidthErrors.OptedOut,
        });
    }

    private static void Receive(Channel channel, JsonElement item, JsonElement message, string id, List<InboundEvent> events, List<string> unknown)
    {
        if (message.Text("direction") == "out" || message.Text("from") is not { } from)
        {
            unknown.Add($"{item.Text("type")}:not_inbound");
            return;
        }
        string[] group = [.. message.Member("to").Items().Select(n => n.AsText()).OfType<string>()];
        if (IsCopy(channel, item.Text("to"), group))
        {
            unknown.Add("message-received:copy_for_another_number");
            return;
        }
        string? text = message.Text("text") ?? message.Member("content").Text("text");
        OptOutKeyword keyword = OptOutKeywords.Read(text);
        events.Add(new InboundMessage
        {
            OccurredAt = Time(message) ?? Time(item),
            ProviderId = id,
            From = new InboundSender([Identity(channel, from)]),
            Content = Content(id, text, message, group),
            ReplyToProviderId = message.Member("suggestionResponse").Text("pairedMessageId"),
            OptOut = keyword,
            OwesKeywordReply = keyword != OptOutKeyword.None && !NetworkAnswers(channel, keyword),
        });
    }

    /// <summary>Of a group with several numbers of ours in it, each of them gets its own event and id; this channel takes its own only.</summary>
    private static bool IsCopy(Channel channel, string? to, string[] group) =>
        channel.PhoneNumber is { } ours && E164.TryParse(to, out E164 other) && other != ours
        && group.Any(n => E164.TryParse(n, out E164 member) && member == ours);

    /// <summary>On toll-free numbers the network itself answers STOP and START, but not HELP; on all others nobody does.</summary>
    private static bool NetworkAnswers(Channel channel, OptOutKeyword keyword) =>
        keyword != OptOutKeyword.Help && channel.PhoneNumber is { } number
        && number.Digits is { Length: 11 } digits && digits[..4] is "1800" or "1833" or "1844" or "1855" or "1866" or "1877" or "1888";

    private static MessageContent Content(string id, string? text, JsonElement message, string[] group)
    {
        Attachment[] files = [.. Files(id, message.Member("media").Items())];
        Interaction? choice = Choice(message.Member("suggestionResponse"));
        Location? place = Place(message.Member("locationResponse"));
        var content = new MessageContent
        {
            Kind = choice is not null ? MessageKind.Interactive
                : place is not null ? MessageKind.Location
                : files.Length == 0 ? MessageKind.Text
                : FileGuess.Kind(Principal(files).ContentType),
            Text = text ?? choice?.Title,
            Attachments = files,
            Interaction = choice,
            Location = place,
            // A person should know that an answer reaches the writer alone.
            Raw = group.Length > 1 ? $"group:{group.Length}" : null,
        };
        return content is { Kind: MessageKind.Text, Text: null }
            ? content with { Kind = MessageKind.Unsupported, Raw = content.Raw ?? "empty" }
            : content;
    }

    private static Interaction? Choice(JsonElement suggestion) => suggestion.Has("text") || suggestion.Has("postbackData")
        ? new Interaction(suggestion.Text("postbackData"), suggestion.Text("text"))
        : null;

    private static Location? Place(JsonElement place) =>
        place.Number("latitude") is { } latitude && place.Number("longitude") is { } longitude ? new Location(latitude, longitude) : null;

    /// <summary>Some carriers send the text of an MMS along as a file of its own.</summary>
    private static Attachment Principal(Attachment[] files) => files.FirstOrDefault(f => f.ContentType != "text/plain") ?? files[0];

    private static IEnumerable<Attachment> Files(string id, IReadOnlyList<JsonElement> media)
    {
        for (int i = 0; i < media.Count; i++)
        {
            // The layout of an MMS comes as a file; it is no content.
            if (media[i].AsText() is not { } url || FileGuess.Extension(url) is "smil" or "xml") continue;
            string path = url.Split('?', '#')[0];
            yield return new Attachment(
                $"{id}-{i}", FileGuess.OfName(url), AttachmentState.Pending, FileName: Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]), Source: url);
        }
    }

    private static ContactIdentity Identity(Channel channel, string address) =>
        new(channel.Type, E164.TryParse(address.Trim(), out E164 number) ? number.ToString() : address.Trim());

    private static DateTimeOffset? Time(JsonElement element) =>
        UtcInstantConverter.TryParse(element.Text("time"), out DateTimeOffset time) ? time : null;
}
