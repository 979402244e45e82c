using Twilio.Http;

namespace Twilio.Clients;

/// <summary>Sends requests of the resource classes for one account.</summary>
public interface ITwilioRestClient
{
    /// <summary>Account whose resources are addressed when an options object names none.</summary>
    string AccountSid { get; }

    /// <summary>Region that requests go to; null for the default.</summary>
    string? Region { get; }

    Twilio.Http.HttpClient HttpClient { get; }

    Response Request(Request request);

    Task<Response> RequestAsync(Request request);
}
