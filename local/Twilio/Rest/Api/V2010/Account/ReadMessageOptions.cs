using LiveDesk.Local.TwilioSdk;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>Which messages to list. Dates are UTC; <see cref="DateSent"/> excludes the bounds.</summary>
public class ReadMessageOptions : ReadOptions<MessageResource>
{
    /// <summary>Account of the messages; the client's when null.</summary>
    public string? PathAccountSid { get; set; }

    public PhoneNumber? To { get; set; }

    public PhoneNumber? From { get; set; }

    public DateTime? DateSent { get; set; }

    /// <summary>At or before.</summary>
    public DateTime? DateSentBefore { get; set; }

    /// <summary>At or after.</summary>
    public DateTime? DateSentAfter { get; set; }

    public List<KeyValuePair<string, string>> GetParams()
    {
        List<KeyValuePair<string, string>> query = [];
        query.Add("To", To);
        query.Add("From", From);
        query.AddDates("DateSent", DateSent, DateSentBefore, DateSentAfter);
        query.Add("PageSize", PageSize);
        return query;
    }
}
