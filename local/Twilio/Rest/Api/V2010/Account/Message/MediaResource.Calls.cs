using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Api.V2010.Account.Message;

/// <content>The calls.</content>
public partial class MediaResource
{
    private const string RecordKey = "media_list";

    /// <summary>Lists the media of a message.</summary>
    public static Task<ResourceSet<MediaResource>> ReadAsync(ReadMediaOptions options, ITwilioRestClient? client = null) => Calls.ReadAsync(
        c => new Request(
            HttpMethod.Get,
            "api",
            $"/2010-04-01/Accounts/{options.PathAccountSid ?? c.AccountSid}/Messages/{options.PathMessageSid}/Media.json",
            options.GetParams()),
        RecordKey,
        options,
        NextPage,
        client);

    public static Page<MediaResource> GetPage(string targetUrl, ITwilioRestClient client) =>
        Calls.ReadPage<MediaResource>(targetUrl, RecordKey, client);

    public static Page<MediaResource> NextPage(Page<MediaResource> page, ITwilioRestClient client) =>
        GetPage(page.NextPageUrl("api"), client);
}
