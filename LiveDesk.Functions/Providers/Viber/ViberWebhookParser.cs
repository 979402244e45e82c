using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>
/// One event a request (developers.viber.com/docs/api/rest-bot-api/#callbacks). Tokens are 64-bit numbers, sometimes in quotes, and are kept as text.
/// </summary>
internal static class ViberWebhookParser
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ParsedWebhook Parse(Channel channel, WebhookRequest request)
    {
        JsonElement body = JsonFields.Read(request.Body);
        if (body.Text("event") is not { } kind) return ParsedWebhook.NotUnderstood("The body has no event.");
        return kind switch
        {
            "message" => Message(channel, body),
            "delivered" => Receipt(channel, body, DeliveryStatus.Delivered),
            "seen" => Seen(channel, body),
            "failed" => Receipt(channel, body, DeliveryStatus.Failed),
            "conversation_started" => Welcome(channel, body),
            "subscribed" => Subscription(channel, body, body.Member("user").Text("id"), subscribed: true),
            "unsubscribed" => Subscription(channel, body, body.Text("user_id"), subscribed: false),
            "webhook" => Only(),
            _ => new ParsedWebhook([], [kind], WebhookReply.Empty),
        };
    }

    private static ParsedWebhook Message(Channel channel, JsonElement body)
    {
        JsonElement sender = body.Member("sender");
        if (body.Text("message_token") is not { } token || sender.Text("id") is not { } user) return ParsedWebhook.NotUnderstood("The message has no token or no sender.");
        return Only(new InboundMessage
        {
            OccurredAt = body.UnixTime("timestamp"),
            ProviderId = token,
            From = Person(channel, user, sender),
            Content = ViberContent.Of(token, body.Member("message")),
        });
    }

    private static ParsedWebhook Receipt(Channel channel, JsonElement body, DeliveryStatus status)
    {
        if (body.Text("message_token") is not { } token || body.Text("user_id") is not { } user) return ParsedWebhook.NotUnderstood("The receipt has no token or no user.");
        return Only(new InboundReceipt
        {
            OccurredAt = body.UnixTime("timestamp"),
            Status = status,
            ProviderId = token,
            // Nothing of ours comes back with a receipt; the token is looked up with the person.
            Recipient = Person(channel, user, default),
            Failure = status == DeliveryStatus.Failed
                ? new DeliveryFailure("provider_refused", null, body.Text("desc") ?? "Viber could not deliver the message and gave no reason.")
                : null,
        });
    }

    /// <summary>Told once for a reading, not for each message: what went out before was read with it.</summary>
    private static ParsedWebhook Seen(Channel channel, JsonElement body)
    {
        ParsedWebhook receipt = Receipt(channel, body, DeliveryStatus.Read);
        return receipt.Events is [InboundReceipt { OccurredAt: { } at, Recipient: { } reader }]
            ? receipt with { Events = [.. receipt.Events, new InboundWatermark { OccurredAt = at, Status = DeliveryStatus.Read, From = reader }] }
            : receipt;
    }

    private static ParsedWebhook Welcome(Channel channel, JsonElement body)
    {
        JsonElement user = body.Member("user");
        if (user.Text("id") is not { } id) return ParsedWebhook.NotUnderstood("Nobody started the conversation.");
        string? context = body.Text("context");
        string? greeting = Greeting(channel, body);
        var welcome = new InboundWelcome
        {
            OccurredAt = body.UnixTime("timestamp"),
            // Apart from the tokens of messages: Viber's own samples use one token for both.
            ProviderId = $"started:{body.Text("message_token") ?? $"{id}:{body.Text("timestamp")}"}",
            From = Person(channel, id, user),
            Referral = context is null ? null : new Referral("link", null, null, null, null, context),
            Answered = greeting,
        };
        return new ParsedWebhook([welcome], [], greeting is null ? WebhookReply.Empty : Answer(channel, greeting));
    }

    /// <summary>
    /// Who has not subscribed can be written to only here, in the answer, and once; so the channel's greeting goes out with it. A subscriber who
    /// opens the chat again is not greeted again.
    /// </summary>
    private static string? Greeting(Channel channel, JsonElement body)
    {
        GreetingSettings greeting = channel.Settings.Greeting;
        return !greeting.Enabled || string.IsNullOrWhiteSpace(greeting.Text) || body.IsTrue("subscribed") ? null : greeting.Text;
    }

    private static WebhookReply Answer(Channel channel, string greeting) =>
        new(200, "application/json", ViberMessage.Text(channel, greeting, "welcome").ToJsonString(Relaxed));

    private static ParsedWebhook Subscription(Channel channel, JsonElement body, string? user, bool subscribed) => user is null
        ? ParsedWebhook.NotUnderstood("Nobody subscribed or unsubscribed.")
        : Only(new InboundSubscription { OccurredAt = body.UnixTime("timestamp"), From = Person(channel, user, body.Member("user")), Subscribed = subscribed });

    private static ParsedWebhook Only(params InboundEvent[] events) => new(events, [], WebhookReply.Empty);

    private static InboundSender Person(Channel channel, string id, JsonElement profile) =>
        new([new ContactIdentity(ChannelType.Viber, id, ChannelScope.Of(channel))], profile.Text("name"), profile.Text("language"));
}
