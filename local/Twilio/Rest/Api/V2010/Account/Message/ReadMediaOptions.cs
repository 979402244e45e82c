using LiveDesk.Local.TwilioSdk;

namespace Twilio.Rest.Api.V2010.Account.Message;

/// <summary>Which media of a message to list. Dates are UTC.</summary>
public class ReadMediaOptions : ReadOptions<MediaResource>
{
    public ReadMediaOptions(string pathMessageSid) => PathMessageSid = pathMessageSid;

    public string PathMessageSid { get; }

    /// <summary>Account of the message; the client's when null.</summary>
    public string? PathAccountSid { get; set; }

    public DateTime? DateCreated { get; set; }

    public DateTime? DateCreatedBefore { get; set; }

    public DateTime? DateCreatedAfter { get; set; }

    public List<KeyValuePair<string, string>> GetParams()
    {
        List<KeyValuePair<string, string>> query = [];
        query.AddDates("DateCreated", DateCreated, DateCreatedBefore, DateCreatedAfter);
        query.Add("PageSize", PageSize);
        return query;
    }
}
