using System.Globalization;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.Messenger;

/// <summary>
/// Every entry and item of a webhook (developers.facebook.com/docs/messenger-platform/reference/webhook-events). One app has one
/// signature for all its pages, so what is for another page is passed over.
/// </summary>
internal sealed class MessengerWebhookParser(string pageId)
{
    /// <summary>Members that say what an item is; the first that is there decides.</summary>
    private static readonly string[] Kinds = ["message", "postback", "referral", "delivery", "read", "reaction", "message_edit"];

    private readonly List<InboundEvent> _events = [];
    private readonly List<string> _unknown = [];

    public ParsedWebhook Parse(ReadOnlyMemory<byte> body)
    {
        using JsonDocument? document = JsonReading.Document(body);
        if (document is null) return ParsedWebhook.NotUnderstood("The body is no JSON object.");
        JsonElement root = document.RootElement;
        if (root.Text("object") is not { } about) return ParsedWebhook.NotUnderstood("The member 'object' is missing.");
        if (about != "page") return new ParsedWebhook([], [$"object:{about}"], MetaWebhook.Received);

        foreach (JsonElement entry in root.Each("entry"))
        {
            bool ours = entry.Text("id") == pageId;
            foreach (JsonElement item in entry.Each("messaging"))
                if (ours) Read(item);
                else _unknown.Add("other_page");
            // Another app has the thread; it answers the customer.
            foreach (JsonElement _ in entry.Each("standby")) _unknown.Add("standby");
            foreach (JsonElement change in entry.Each("changes")) _unknown.Add($"field:{change.Text("field") ?? "none"}");
        }
        return new ParsedWebhook(_events, _unknown, MetaWebhook.Received);
    }

    private void Read(JsonElement item)
    {
        string? kind = Kinds.FirstOrDefault(name => item.Has(name));
        JsonElement what = kind is null ? default : item.Object(kind) ?? default;
        bool echo = what.Flag("is_echo");
        // A customer of a plugin may have a user_ref only, to whom nobody can write.
        string? customer = item.Object(echo ? "recipient" : "sender")?.Text("id");
        string? page = item.Object(echo ? "sender" : "recipient")?.Text("id");
        if (customer is null || customer == pageId || (page is not null && page != pageId))
        {
            _unknown.Add(page is not null && page != pageId ? "other_page" : $"nobody:{kind ?? "none"}");
            return;
        }
        var sender = new InboundSender([new ContactIdentity(ChannelType.Messenger, customer, pageId)]);
        InboundEvent[] events = [.. Events(kind, sender, item, what)];
        if (events.Length == 0) _unknown.Add(kind ?? Other(item));
        _events.AddRange(events.Select(e => e with { OccurredAt = e.OccurredAt ?? item.Milliseconds("timestamp") }));
    }

    private static IEnumerable<InboundEvent> Events(string? kind, InboundSender customer, JsonElement item, JsonElement what) => kind switch
    {
        "message" => what.Flag("is_echo") ? Echo(customer, what) : Message(customer, what),
        "postback" => Postback(customer, item, what),
        "referral" => [Welcome(customer, item, what)],
        "delivery" => Delivered(customer, what),
        "read" => Watermark(customer, what, DeliveryStatus.Read),
        "reaction" => Reaction(customer, item, what),
        "message_edit" => Edit(customer, what),
        _ => [],
    };

    private static IEnumerable<InboundEvent> Message(InboundSender sender, JsonElement message)
    {
        // Taken back by the customer: what was written stays as it was answered.
        if (message.Text("mid") is not { } mid || message.Flag("is_deleted")) yield break;
        yield return new InboundMessage
        {
            ProviderId = mid,
            From = sender,
            Content = MessengerContent.Of(message),
            ReplyToProviderId = message.Object("reply_to")?.Text("mid"),
        };
    }

    /// <summary>A message of the page: ours, known by its metadata, or written by a person elsewhere.</summary>
    private static IEnumerable<InboundEvent> Echo(InboundSender customer, JsonElement message)
    {
        if (message.Text("mid") is not { } mid) yield break;
        if (MessageId.TryParse(message.Text("metadata"), out MessageId ours))
            yield return new InboundReceipt { Status = DeliveryStatus.Sent, ProviderId = mid, MessageId = ours, Recipient = customer };
        else
            yield return new InboundEcho { ProviderId = mid, To = customer, Content = MessengerContent.Of(message) };
    }

    /// <summary>A tap on Get Started is an arrival; any other button says what is written on it.</summary>
    private static IEnumerable<InboundEvent> Postback(InboundSender sender, JsonElement item, JsonElement postback)
    {
        string? payload = postback.Text("payload"), title = postback.Text("title");
        JsonElement? referral = postback.Object("referral");
        if (referral is not null || IsGetStarted(payload) || IsGetStarted(title))
        {
            yield return Welcome(sender, item, referral ?? default, postback.Text("mid"), payload);
            yield break;
        }
        yield return new InboundMessage
        {
            ProviderId = postback.Text("mid") ?? Key("postback", sender, item, payload ?? title),
            From = sender,
            Content = new MessageContent { Kind = MessageKind.Interactive, Text = title ?? payload, Interaction = new Interaction(payload, title) },
        };
    }

    /// <summary>GET_STARTED, get-started, Get Started, GET_STARTED_PAYLOAD: the payload is the page's choice.</summary>
    private static bool IsGetStarted(string? text) =>
        string.Concat((text ?? "").Where(char.IsAsciiLetter)).ToUpperInvariant() is "GETSTARTED" or "GETSTARTEDPAYLOAD" or "GETSTARTEDBUTTON";

    private static InboundWelcome Welcome(InboundSender sender, JsonElement item, JsonElement referral, string? mid = null, string? payload = null) => new()
    {
        ProviderId = mid ?? Key("welcome", sender, item, payload ?? referral.Text("ref") ?? referral.Text("ad_id")),
        From = sender,
        Referral = referral.ValueKind == JsonValueKind.Object ? MessengerContent.Referral(referral) : null,
    };

    private static IEnumerable<InboundEvent> Delivered(InboundSender sender, JsonElement delivery)
    {
        foreach (JsonElement mid in delivery.Each("mids"))
            if (mid.ValueKind == JsonValueKind.String && mid.GetString() is { Length: > 0 } id)
                yield return new InboundReceipt
                {
                    Status = DeliveryStatus.Delivered,
                    ProviderId = id,
                    Recipient = sender,
                    OccurredAt = delivery.Milliseconds("watermark"),
                };
        foreach (InboundEvent watermark in Watermark(sender, delivery, DeliveryStatus.Delivered)) yield return watermark;
    }

    private static IEnumerable<InboundEvent> Watermark(InboundSender sender, JsonElement marked, DeliveryStatus status)
    {
        if (marked.Milliseconds("watermark") is { } mark) yield return new InboundWatermark { Status = status, From = sender, OccurredAt = mark };
    }

    private static IEnumerable<InboundEvent> Reaction(InboundSender sender, JsonElement item, JsonElement reaction)
    {
        if (reaction.Text("mid") is not { } mid) yield break;
        bool taken = reaction.Text("action") == "unreact";
        yield return new InboundMessage
        {
            ProviderId = Key("reaction", sender, item, $"{mid}:{reaction.Text("action")}:{reaction.Text("reaction")}"),
            From = sender,
            Content = new MessageContent { Kind = MessageKind.Reaction, Text = taken ? null : reaction.Text("emoji") ?? reaction.Text("reaction") },
            ReplyToProviderId = mid,
        };
    }

    /// <summary>The new wording stands as a message that answers the old one, so that both can be seen.</summary>
    private static IEnumerable<InboundEvent> Edit(InboundSender sender, JsonElement edit)
    {
        if (edit.Text("mid") is not { } mid || edit.Text("text") is not { } text) yield break;
        yield return new InboundMessage
        {
            ProviderId = $"edit:{mid}:{edit.Text("num_edit") ?? "1"}",
            From = sender,
            Content = MessageContent.OfText(text),
            ReplyToProviderId = mid,
        };
    }

    /// <summary>For what has no id of its own; the same however often it is delivered.</summary>
    private static string Key(string kind, InboundSender sender, JsonElement item, string? detail) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}:{sender.Identities[0].Address}:{item.Text("timestamp")}:{detail}");

    private static string Other(JsonElement item) =>
        item.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("sender" or "recipient" or "timestamp")) ?? "none";
}
