namespace Twilio.Exceptions;

/// <summary>The default client has no credentials. (Wrong credentials are an <see cref="ApiException"/> with code 20003.)</summary>
public class AuthenticationException : TwilioException
{
    public AuthenticationException(string? message)
        : base(message)
    {
    }
}
