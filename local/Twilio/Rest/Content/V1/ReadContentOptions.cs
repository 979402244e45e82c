using LiveDesk.Local.TwilioSdk;

namespace Twilio.Rest.Content.V1;

/// <summary>How to list content templates.</summary>
public class ReadContentOptions : ReadOptions<ContentResource>
{
    public List<KeyValuePair<string, string>> GetParams()
    {
        List<KeyValuePair<string, string>> query = [];
        query.Add("PageSize", PageSize);
        return query;
    }
}
