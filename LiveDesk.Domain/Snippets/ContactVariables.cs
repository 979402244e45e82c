using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Snippets;

/// <summary>
/// What texts may say of the customer: <c>contact.name</c>, <c>contact.phoneNumber</c>, <c>contact.language</c> and, for each attribute,
/// <c>contact.attributes.{name}</c>.
/// </summary>
public static class ContactVariables
{
    public static IReadOnlyDictionary<string, string?> Of(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["contact.name"] = contact.Name,
            ["contact.phoneNumber"] = contact.PhoneNumber?.ToString(),
            ["contact.language"] = contact.Language,
        };
        foreach ((string name, string value) in contact.Attributes) variables[$"contact.attributes.{name}"] = value;
        return variables;
    }

    /// <summary>A text of the desk's own, such as the greeting, with the customer's variables filled in; those without a value become empty.</summary>
    public static string Fill(string text, Contact contact) => SnippetExpansion.Expand(text, Of(contact)).Text;
}
