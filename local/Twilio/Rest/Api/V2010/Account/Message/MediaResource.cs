using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Json;

namespace Twilio.Rest.Api.V2010.Account.Message;

/// <summary>A file that belongs to a message.</summary>
public partial class MediaResource : Resource
{
    [JsonConstructor]
    private MediaResource()
    {
    }

    [JsonInclude]
    public string? AccountSid { get; private set; }

    [JsonInclude]
    public string? ContentType { get; private set; }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public string? ParentSid { get; private set; }

    [JsonInclude]
    public string? Sid { get; private set; }

    [JsonInclude]
    public string? Uri { get; private set; }

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static MediaResource FromJson(string json) => TwilioJson.Parse<MediaResource>(json);
}
