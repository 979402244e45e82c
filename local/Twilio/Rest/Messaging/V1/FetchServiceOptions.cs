namespace Twilio.Rest.Messaging.V1;

/// <summary>Which messaging service to fetch.</summary>
public class FetchServiceOptions
{
    public FetchServiceOptions(string pathSid) => PathSid = pathSid;

    public string PathSid { get; }

    public List<KeyValuePair<string, string>> GetParams() => [];
}
