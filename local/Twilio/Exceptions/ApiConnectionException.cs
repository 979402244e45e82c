namespace Twilio.Exceptions;

/// <summary>No answer was read: the connection failed, broke or timed out. Whether Twilio took the request is unknown.</summary>
public class ApiConnectionException : TwilioException
{
    public ApiConnectionException(string? message)
        : base(message)
    {
    }

    public ApiConnectionException(string? message, Exception? exception)
        : base(message, exception)
    {
    }
}
