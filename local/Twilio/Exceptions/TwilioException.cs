namespace Twilio.Exceptions;

/// <summary>Base of every exception of the SDK.</summary>
public class TwilioException : Exception
{
    public TwilioException()
    {
    }

    public TwilioException(string? message)
        : base(message)
    {
    }

    public TwilioException(string? message, Exception? exception)
        : base(message, exception)
    {
    }
}
