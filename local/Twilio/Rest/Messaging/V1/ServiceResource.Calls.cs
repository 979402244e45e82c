using Twilio.Clients;
using Twilio.Http;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Messaging.V1;

/// <content>The calls.</content>
public partial class ServiceResource
{
    /// <summary>Reads a messaging service.</summary>
    public static Task<ServiceResource> FetchAsync(FetchServiceOptions options, ITwilioRestClient? client = null) =>
        Calls.SendAsync<ServiceResource>(
            _ => new Request(HttpMethod.Get, "messaging", $"/v1/Services/{options.PathSid}", options.GetParams()), client);

    /// <inheritdoc cref="FetchAsync(FetchServiceOptions, ITwilioRestClient)"/>
    public static Task<ServiceResource> FetchAsync(string pathSid, ITwilioRestClient? client = null) =>
        FetchAsync(new FetchServiceOptions(pathSid), client);
}
