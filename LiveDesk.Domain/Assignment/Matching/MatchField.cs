namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>What a condition can look at.</summary>
public static class MatchField
{
    public const string Channel = "channel";
    public const string Phone = "contact.phone";
    public const string Country = "contact.country";
    public const string Language = "contact.language";
    public const string Tag = "contact.tag";
    public const string AttributePrefix = "contact.attributes.";
    public const string Text = "message.text";
    public const string WithinBusinessHours = "withinBusinessHours";
    public const string ReturningContact = "returningContact";

    private const int MaxAttributeName = 100;

    public static bool IsAttribute(string field) =>
        field.StartsWith(AttributePrefix, StringComparison.Ordinal) && field.Length - AttributePrefix.Length is >= 1 and <= MaxAttributeName;

    /// <summary>A field that is true or false and always known.</summary>
    public static bool IsFlag(string field) => field is WithinBusinessHours or ReturningContact;

    public static bool IsKnown(string field) =>
        IsFlag(field) || field is Channel or Phone or Country or Language or Tag or Text || IsAttribute(field);
}

/// <summary>How a condition compares.</summary>
public static class MatchOp
{
    public new const string Equals = "equals";
    public const string NotEquals = "notEquals";
    public const string Contains = "contains";
    public const string StartsWith = "startsWith";

    /// <summary>A .NET regular expression, found anywhere in the value.</summary>
    public const string Matches = "matches";
    public const string In = "in";
    public const string Exists = "exists";

    public static bool IsKnown(string op) => op is Equals or NotEquals or Contains or StartsWith or Matches or In or Exists;
}
