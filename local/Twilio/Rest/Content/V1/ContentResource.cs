using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Json;

namespace Twilio.Rest.Content.V1;

/// <summary>A content template.</summary>
public partial class ContentResource : Resource
{
    [JsonConstructor]
    private ContentResource()
    {
    }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public string? Sid { get; private set; }

    [JsonInclude]
    public string? AccountSid { get; private set; }

    [JsonInclude]
    public string? FriendlyName { get; private set; }

    [JsonInclude]
    public string? Language { get; private set; }

    /// <summary>Default values by variable name: JSON, whose text <c>ToString()</c> gives.</summary>
    [JsonInclude]
    public object? Variables { get; private set; }

    /// <summary>The content by type, such as <c>twilio/text</c>: JSON, whose text <c>ToString()</c> gives.</summary>
    [JsonInclude]
    [JsonPropertyName("types")]
    public object? _Types { get; private set; }

    [JsonInclude]
    public Uri? Url { get; private set; }

    [JsonInclude]
    public Dictionary<string, string>? Links { get; private set; }

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static ContentResource FromJson(string json) => TwilioJson.Parse<ContentResource>(json);
}
