using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Content.V1;

/// <content>The calls.</content>
public partial class ContentResource
{
    private const string RecordKey = "contents";

    /// <summary>Lists the account's content templates.</summary>
    public static Task<ResourceSet<ContentResource>> ReadAsync(ReadContentOptions options, ITwilioRestClient? client = null) => Calls.ReadAsync(
        _ => new Request(HttpMethod.Get, "content", "/v1/Content", options.GetParams()), RecordKey, options, NextPage, client);

    /// <inheritdoc cref="ReadAsync(ReadContentOptions, ITwilioRestClient)"/>
    public static Task<ResourceSet<ContentResource>> ReadAsync(int? pageSize = null, long? limit = null, ITwilioRestClient? client = null) =>
        ReadAsync(new ReadContentOptions { PageSize = pageSize, Limit = limit }, client);

    /// <summary>Reads one template.</summary>
    public static Task<ContentResource> FetchAsync(string pathSid, ITwilioRestClient? client = null) =>
        Calls.SendAsync<ContentResource>(_ => new Request(HttpMethod.Get, "content", $"/v1/Content/{pathSid}"), client);

    public static Page<ContentResource> GetPage(string targetUrl, ITwilioRestClient client) =>
        Calls.ReadPage<ContentResource>(targetUrl, RecordKey, client);

    public static Page<ContentResource> NextPage(Page<ContentResource> page, ITwilioRestClient client) =>
        GetPage(page.NextPageUrl("content"), client);
}
