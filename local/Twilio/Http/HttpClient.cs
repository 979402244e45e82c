using System.Text;

namespace Twilio.Http;

/// <summary>The transport under a client. Derive from it (or wrap one) to redirect, time or watch requests.</summary>
public abstract class HttpClient
{
    /// <summary>For debugging only: shared by all threads that use the client.</summary>
    public Request? LastRequest { get; protected set; }

    /// <summary>For debugging only: shared by all threads that use the client.</summary>
    public Response? LastResponse { get; protected set; }

    public abstract Response MakeRequest(Request request);

    public abstract Task<Response> MakeRequestAsync(Request request);

    /// <summary>The parameter of a Basic authorization header.</summary>
    public string Authentication(string username, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(username + ":" + password));
}
