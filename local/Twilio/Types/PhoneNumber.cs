namespace Twilio.Types;

/// <summary>An address: E.164, a short code, an alphanumeric sender, or with a channel prefix such as <c>whatsapp:</c>. Not checked.</summary>
public class PhoneNumber
{
    private readonly string _number;

    public PhoneNumber(string number) => _number = number;

    public static implicit operator PhoneNumber(string number) => new(number);

    public override string ToString() => _number;
}
