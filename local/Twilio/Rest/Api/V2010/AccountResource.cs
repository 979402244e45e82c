using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Json;

namespace Twilio.Rest.Api.V2010;

/// <summary>An account or subaccount.</summary>
public partial class AccountResource : Resource
{
    [JsonConstructor]
    private AccountResource()
    {
    }

    [JsonInclude]
    public string? AuthToken { get; private set; }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public string? FriendlyName { get; private set; }

    [JsonInclude]
    public string? OwnerAccountSid { get; private set; }

    [JsonInclude]
    public string? Sid { get; private set; }

    [JsonInclude]
    public StatusEnum? Status { get; private set; }

    [JsonInclude]
    public Dictionary<string, string>? SubresourceUris { get; private set; }

    [JsonInclude]
    public TypeEnum? Type { get; private set; }

    [JsonInclude]
    public string? Uri { get; private set; }

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static AccountResource FromJson(string json) => TwilioJson.Parse<AccountResource>(json);
}
