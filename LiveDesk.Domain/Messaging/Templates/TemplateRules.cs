using System.Text.RegularExpressions;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Templates;

/// <summary>Chooses a template and fills it in, or says what is missing.</summary>
public static partial class TemplateRules
{
    /// <summary>Of one value; WhatsApp takes no more in a whole body.</summary>
    private const int MaximumValue = 1_024;

    /// <summary>Placeholders of a body in the order of first use: <c>{{1}}</c> or <c>{{name}}</c>.</summary>
    public static IReadOnlyList<string> VariablesOf(string? body) =>
        body is null ? [] : [.. Placeholder().Matches(body).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    public static string? Render(string? body, IReadOnlyDictionary<string, string> variables) =>
        body is null ? null : Placeholder().Replace(body, m => variables.TryGetValue(m.Groups[1].Value, out string? value) ? value : m.Value);

    /// <summary>By name or the provider's id. Without a language the name must be unambiguous.</summary>
    public static Result<MessageTemplate> Choose(IReadOnlyList<MessageTemplate> known, string name, string? language)
    {
        MessageTemplate[] named = [.. known.Where(t => t.Name == name || t.ProviderId == name)];
        if (named.Length == 0) return Refusal.Rule("template_unknown", $"The channel has no template '{name}'. Sync its templates if it is new.", "template.name");
        if (language is not null)
            return named.FirstOrDefault(t => Same(t.Language, language)) is { } exact
                ? exact
                : Refusal.Rule("template_unknown", $"The template '{name}' is not there in '{language}'; it is in {Languages(named)}.", "template.language");
        return named.Length == 1
            ? named[0]
            : Refusal.Rule("template_language_required", $"The template '{name}' is there in {Languages(named)}. Name the language.", "template.language");
    }

    /// <summary>Whether it may be sent at all on this kind of channel.</summary>
    public static Refusal? Unusable(MessageTemplate template, ChannelType channel)
    {
        if (template.Status == TemplateStatus.Approved || (channel == ChannelType.Sms && template.Status == TemplateStatus.Unsubmitted)) return null;
        string why = template.Reason is { Length: > 0 } reason ? $" ({reason})" : "";
        return Refusal.Rule("template_not_approved", $"The template '{template.Name}' is {template.Status.ToString().ToLowerInvariant()}{why}.", "template.name");
    }

    /// <summary>Each variable filled, none too many, and nothing in a value that WhatsApp would refuse.</summary>
    public static Refusal? Faults(MessageTemplate template, IReadOnlyDictionary<string, string> variables)
    {
        var errors = new List<FieldError>();
        foreach (string name in template.Variables)
            if (!variables.TryGetValue(name, out string? value)) errors.Add(new FieldError(Field(name), "The template needs this variable."));
            else if (Fault(value) is { } fault) errors.Add(new FieldError(Field(name), fault));
        foreach (string name in variables.Keys.Except(template.Variables))
            errors.Add(new FieldError(Field(name), "The template has no such variable."));
        return errors.Count == 0 ? null : Refusal.Rule("template_variables", errors[0].Message, errors[0].Field) with { Errors = errors };
    }

    /// <summary>What WhatsApp refuses in any value (error 132018, Twilio 21656).</summary>
    private static string? Fault(string value)
    {
        if (string.IsNullOrWhiteSpace(value)) return "A template variable may not be empty.";
        if (value.Length > MaximumValue) return $"At most {MaximumValue} characters.";
        return value.AsSpan().ContainsAny('\n', '\r', '\t') || value.Contains("     ", StringComparison.Ordinal)
            ? "No line breaks, tabs or more than four spaces in a row."
            : null;
    }

    // en_US and en-us are one language.
    private static bool Same(string one, string other) => string.Equals(one.Replace('-', '_'), other.Replace('-', '_'), StringComparison.OrdinalIgnoreCase);

    private static string Languages(IEnumerable<MessageTemplate> templates) => string.Join(", ", templates.Select(t => t.Language).Order(StringComparer.Ordinal));

    private static string Field(string variable) => $"template.variables.{variable}";

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}")]
    private static partial Regex Placeholder();
}
