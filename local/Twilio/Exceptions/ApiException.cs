namespace Twilio.Exceptions;

/// <summary>Twilio answered with an error.</summary>
public class ApiException : TwilioException
{
    public ApiException(string? message)
        : base(message)
    {
    }

    public ApiException(string? message, Exception? exception)
        : base(message, exception)
    {
    }

    public ApiException(
        int code, int status, string? message, string? moreInfo, Dictionary<string, object>? details = null, Exception? exception = null)
        : base(message, exception)
    {
        Code = code;
        Status = status;
        MoreInfo = moreInfo;
        Details = details;
    }

    /// <summary>Twilio's error code, such as 21211; 0 if the answer named none.</summary>
    public int Code { get; }

    /// <summary>HTTP status; 0 if the answer was not Twilio's error document.</summary>
    public int Status { get; }

    /// <summary>Address of the page that explains the code.</summary>
    public string? MoreInfo { get; }

    public Dictionary<string, object>? Details { get; }
}
