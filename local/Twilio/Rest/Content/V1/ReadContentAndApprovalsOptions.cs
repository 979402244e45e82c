using LiveDesk.Local.TwilioSdk;

namespace Twilio.Rest.Content.V1;

/// <summary>How to list content templates with their approvals.</summary>
public class ReadContentAndApprovalsOptions : ReadOptions<ContentAndApprovalsResource>
{
    public List<KeyValuePair<string, string>> GetParams()
    {
        List<KeyValuePair<string, string>> query = [];
        query.Add("PageSize", PageSize);
        return query;
    }
}
