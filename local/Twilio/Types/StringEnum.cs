namespace Twilio.Types;

/// <summary>An open enumeration: a value that the library does not know survives as its text.</summary>
public abstract class StringEnum
{
    private string? _value;

    protected StringEnum()
    {
    }

    protected StringEnum(string? value) => _value = value;

    public static bool operator ==(StringEnum? a, StringEnum? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(StringEnum? a, StringEnum? b) => !(a == b);

    public void FromString(string? value) => _value = value;

    public override bool Equals(object? obj) => obj is StringEnum other && other.GetType() == GetType() && other._value == _value;

    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string? ToString() => _value;
}
