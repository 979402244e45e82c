using System.Text.Json.Serialization;

namespace LiveDesk.Domain.Channels;

/// <summary>What customers see: the kind of messaging.</summary>
public enum ChannelType
{
    [JsonStringEnumMemberName("whatsapp")]
    WhatsApp,
    Sms,
    Messenger,
    Viber,
}

/// <summary>Facts that follow from the kind of messaging alone.</summary>
public static class ChannelTypeFacts
{
    /// <summary>
    /// How long after a customer's message free text may be sent; null where there is no limit.
    /// WhatsApp: 24 h (developers.facebook.com/docs/whatsapp/pricing#customer-service-windows); Messenger: 24 h standard messaging.
    /// </summary>
    public static TimeSpan? Window(this ChannelType type) => type is ChannelType.WhatsApp or ChannelType.Messenger ? TimeSpan.FromHours(24) : null;

    /// <summary>Whether a customer who unsubscribed is subscribed again by writing (developers.viber.com/docs/api/rest-bot-api/#subscribed).</summary>
    public static bool WritingSubscribes(this ChannelType type) => type == ChannelType.Viber;
}
