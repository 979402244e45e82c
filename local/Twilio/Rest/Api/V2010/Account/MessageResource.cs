using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Json;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>A message, in either direction. Dates are local times of this machine, as the official library parses them.</summary>
public partial class MessageResource : Resource
{
    [JsonConstructor]
    private MessageResource()
    {
    }

    [JsonInclude]
    public string? Body { get; private set; }

    [JsonInclude]
    public string? NumSegments { get; private set; }

    [JsonInclude]
    public DirectionEnum? Direction { get; private set; }

    /// <summary>Null while a messaging service has not chosen the sender.</summary>
    [JsonInclude]
    public PhoneNumber? From { get; private set; }

    [JsonInclude]
    public string? To { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public string? Price { get; private set; }

    [JsonInclude]
    public string? ErrorMessage { get; private set; }

    [JsonInclude]
    public string? Uri { get; private set; }

    [JsonInclude]
    public string? AccountSid { get; private set; }

    [JsonInclude]
    public string? NumMedia { get; private set; }

    [JsonInclude]
    public StatusEnum? Status { get; private set; }

    [JsonInclude]
    public string? MessagingServiceSid { get; private set; }

    [JsonInclude]
    public string? Sid { get; private set; }

    /// <summary>Null until sent.</summary>
    [JsonInclude]
    public DateTime? DateSent { get; private set; }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    /// <summary>Why the message failed; null if it did not.</summary>
    [JsonInclude]
    public int? ErrorCode { get; private set; }

    [JsonInclude]
    public string? PriceUnit { get; private set; }

    [JsonInclude]
    public string? ApiVersion { get; private set; }

    [JsonInclude]
    public Dictionary<string, string>? SubresourceUris { get; private set; }

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static MessageResource FromJson(string json) => TwilioJson.Parse<MessageResource>(json);
}
