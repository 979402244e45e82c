namespace Twilio.Rest.Api.V2010;

/// <summary>Which account to fetch.</summary>
public class FetchAccountOptions
{
    /// <summary>The client's account when null.</summary>
    public string? PathSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => [];
}
