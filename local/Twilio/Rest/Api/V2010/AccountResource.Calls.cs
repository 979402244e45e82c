using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Api.V2010;

/// <content>The calls.</content>
public partial class AccountResource
{
    /// <summary>Reads an account: the cheapest check of credentials.</summary>
    /// <exception cref="ApiException">Code 20003: they are wrong.</exception>
    public static Task<AccountResource> FetchAsync(FetchAccountOptions options, ITwilioRestClient? client = null) =>
        Calls.SendAsync<AccountResource>(
            c => new Request(HttpMethod.Get, "api", $"/2010-04-01/Accounts/{options.PathSid ?? c.AccountSid}.json", options.GetParams()), client);

    /// <inheritdoc cref="FetchAsync(FetchAccountOptions, ITwilioRestClient)"/>
    public static Task<AccountResource> FetchAsync(string? pathSid = null, ITwilioRestClient? client = null) =>
        FetchAsync(new FetchAccountOptions { PathSid = pathSid }, client);
}
