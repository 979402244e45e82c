using System.Net;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Form fields of a request, in their order.</summary>
internal sealed class TwilioForm(IReadOnlyList<KeyValuePair<string, string>> fields)
{
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; } = fields;

    /// <summary>The field's value; null if it is missing or empty, which Twilio does not tell apart.</summary>
    public string? this[string name] => Fields.LastOrDefault(field => field.Key == name).Value is { Length: > 0 } value ? value : null;

    public IReadOnlyList<string> All(string name) => [.. Fields.Where(field => field.Key == name).Select(field => field.Value)];

    public static TwilioForm Parse(string body) => new([.. body
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), pair.Length == 2 ? WebUtility.UrlDecode(pair[1]) : string.Empty))]);

    public static string Encode(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => WebUtility.UrlEncode(field.Key) + "=" + WebUtility.UrlEncode(field.Value)));
}
