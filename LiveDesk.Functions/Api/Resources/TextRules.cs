using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.Resources;

/// <summary>Limits that many requests share; each adds what is wrong, named by its field.</summary>
internal static class TextRules
{
    public const int MaximumName = 100;
    public const int MaximumTag = 100;
    public const int MaximumTags = 20;

    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private const int MaximumUrl = 2_000;

    public static void Name(this List<FieldError> errors, string field, string value, int maximum = MaximumName)
    {
        if (value.Trim().Length == 0 || value.Length > maximum || value.Any(char.IsControl)) errors.Add(new FieldError(field, $"1 to {maximum} characters."));
    }

    public static void AtMost(this List<FieldError> errors, string field, string? value, int maximum)
    {
        if (value?.Length > maximum) errors.Add(new FieldError(field, $"At most {maximum} characters."));
    }

    public static void Between(this List<FieldError> errors, string field, TimeSpan? value, TimeSpan from, TimeSpan to)
    {
        if (value is { } span && (span < from || span > to))
            errors.Add(new FieldError(field, $"{System.Xml.XmlConvert.ToString(from)} to {System.Xml.XmlConvert.ToString(to)}."));
    }

    public static void Tags(this List<FieldError> errors, string field, IReadOnlyList<string> tags, int maximum = MaximumTags)
    {
        if (tags.Count > maximum) errors.Add(new FieldError(field, $"At most {maximum} tags."));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((int index, string? tag) in tags.Take(maximum).Index())
        {
            if (tag is null || tag.Trim().Length == 0 || tag.Length > MaximumTag || tag.Any(char.IsControl))
                errors.Add(new FieldError($"{field}[{index}]", $"1 to {MaximumTag} characters."));
            else if (!seen.Add(tag.Trim())) errors.Add(new FieldError($"{field}[{index}]", "This tag is listed twice."));
        }
    }

    /// <summary>https, or http to a host that the settings allow; no user name, no fragment, no private address.</summary>
    public static Uri? Url(this List<FieldError> errors, string field, string text, GuardedHttp http)
    {
        bool valid = text.Length <= MaximumUrl && Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && url.Host.Length > 0;
        Uri? parsed = valid ? new Uri(text) : null;
        if (parsed is not null && http.IsAllowedPrivate(parsed)) return parsed;
        if (parsed is null || parsed.Scheme != Uri.UriSchemeHttps) errors.Add(new FieldError(field, "Must be an https URL without user name and fragment."));
        else if (System.Net.IPAddress.TryParse(parsed.Host.Trim('[', ']'), out System.Net.IPAddress? address) && !PublicAddress.IsPublic(address))
            errors.Add(new FieldError(field, "Leads to a private address."));
        else return parsed;
        return null;
    }
}
