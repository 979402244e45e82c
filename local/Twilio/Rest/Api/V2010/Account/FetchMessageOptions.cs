namespace Twilio.Rest.Api.V2010.Account;

/// <summary>Which message to fetch.</summary>
public class FetchMessageOptions
{
    public FetchMessageOptions(string pathSid) => PathSid = pathSid;

    public string PathSid { get; }

    /// <summary>Account of the message; the client's when null.</summary>
    public string? PathAccountSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => [];
}
