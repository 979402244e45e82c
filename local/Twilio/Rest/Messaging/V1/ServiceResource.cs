using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Json;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Messaging.V1;

/// <summary>A messaging service: a pool of senders with common settings.</summary>
public partial class ServiceResource : Resource
{
    [JsonConstructor]
    private ServiceResource()
    {
    }

    [JsonInclude]
    public string? Sid { get; private set; }

    [JsonInclude]
    public string? AccountSid { get; private set; }

    [JsonInclude]
    public string? FriendlyName { get; private set; }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public Uri? InboundRequestUrl { get; private set; }

    [JsonInclude]
    public HttpMethod? InboundMethod { get; private set; }

    [JsonInclude]
    public Uri? FallbackUrl { get; private set; }

    [JsonInclude]
    public HttpMethod? FallbackMethod { get; private set; }

    [JsonInclude]
    public Uri? StatusCallback { get; private set; }

    [JsonInclude]
    public bool? StickySender { get; private set; }

    [JsonInclude]
    public bool? MmsConverter { get; private set; }

    [JsonInclude]
    public bool? SmartEncoding { get; private set; }

    [JsonInclude]
    public ScanMessageContentEnum? ScanMessageContent { get; private set; }

    [JsonInclude]
    public bool? FallbackToLongCode { get; private set; }

    [JsonInclude]
    public bool? AreaCodeGeomatch { get; private set; }

    [JsonInclude]
    public bool? SynchronousValidation { get; private set; }

    [JsonInclude]
    public int? ValidityPeriod { get; private set; }

    [JsonInclude]
    public Uri? Url { get; private set; }

    [JsonInclude]
    public Dictionary<string, string>? Links { get; private set; }

    [JsonInclude]
    public string? Usecase { get; private set; }

    [JsonInclude]
    public bool? UsAppToPersonRegistered { get; private set; }

    /// <summary>Whether inbound messages go to the number's own webhook instead of the service's.</summary>
    [JsonInclude]
    public bool? UseInboundWebhookOnNumber { get; private set; }

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static ServiceResource FromJson(string json) => TwilioJson.Parse<ServiceResource>(json);
}
