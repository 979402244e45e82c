namespace Twilio.Base;

/// <summary>A resource of Twilio's REST API.</summary>
public abstract class Resource
{
}
