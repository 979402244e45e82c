using Twilio.Clients;
using Twilio.Exceptions;

namespace Twilio;

/// <summary>The process-wide default client, for calls that are given none.</summary>
public class TwilioClient
{
    private static readonly Lock Gate = new();
    private static string? _username;
    private static string? _password;
    private static string? _accountSid;
    private static ITwilioRestClient? _client;

    private TwilioClient()
    {
    }

    /// <summary>Sets the credentials of the default client.</summary>
    /// <exception cref="AuthenticationException">One of them is null.</exception>
    public static void Init(string username, string password)
    {
        lock (Gate)
        {
            _username = username ?? throw new AuthenticationException("Username can not be null");
            _password = password ?? throw new AuthenticationException("Password can not be null");
            _client = null;
        }
    }

    /// <summary>Sets the credentials and the account of the default client.</summary>
    /// <exception cref="AuthenticationException">One of them is null.</exception>
    public static void Init(string username, string password, string accountSid)
    {
        Init(username, password);
        lock (Gate) _accountSid = accountSid ?? throw new AuthenticationException("AccountSid can not be null");
    }

    /// <summary>The default client.</summary>
    /// <exception cref="AuthenticationException"><see cref="Init(string,string)"/> was not called.</exception>
    public static ITwilioRestClient GetRestClient()
    {
        lock (Gate)
        {
            if (_client is not null) return _client;
            if (_username is null || _password is null)
                throw new AuthenticationException("TwilioRestClient was used before AccountSid and AuthToken were set, please call TwilioClient.init()");
            return _client = new TwilioRestClient(_username, _password, accountSid: _accountSid);
        }
    }

    /// <summary>Replaces the default client.</summary>
    public static void SetRestClient(ITwilioRestClient? restClient)
    {
        lock (Gate) _client = restClient;
    }

    /// <summary>Drops the default client; the next use builds it again.</summary>
    public static void Invalidate() => SetRestClient(null);
}
