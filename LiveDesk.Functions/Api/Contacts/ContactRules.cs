using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.Contacts;

internal sealed record NewContactRequest
{
    public string? Name { get; init; }

    /// <summary>E.164; the contact is found by it on WhatsApp and SMS.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Numbers only: customers of Messenger and Viber are known once they write.</summary>
    public IReadOnlyList<IdentityRequest> Identities { get; init; } = [];

    public string? Language { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string?> Attributes { get; init; } = new Dictionary<string, string?>();
}

internal sealed record IdentityRequest(ChannelType ChannelType, string Address);

internal sealed record ContactPatch
{
    public string? Name { get; init; }

    /// <summary>Only for a contact that has none.</summary>
    public string? PhoneNumber { get; init; }

    public string? Language { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A null takes the attribute away.</summary>
    public IReadOnlyDictionary<string, string?> Attributes { get; init; } = new Dictionary<string, string?>();
}

/// <summary>Checks what people say of a contact.</summary>
internal static class ContactRules
{
    private const int MaximumName = 200;
    private const int MaximumLanguage = 35;
    private const int MaximumTags = 40;

    // The lists hold the contact once for every tag and word of the name, all written in one transaction of 4 MiB at the most.
    private const int MaximumAttributes = 40;
    private const int MaximumAttribute = 400;

    public static Result<ContactProfile> Profile(
        string? name, string? language, IReadOnlyList<string> tags, IReadOnlyDictionary<string, string?> attributes)
    {
        List<FieldError> errors = [];
        if (name is not null) errors.Name("name", name, MaximumName);
        if (language is not null && (language.Length is < 2 or > MaximumLanguage || !language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            errors.Add(new FieldError("language", "A language tag, such as es or pt-BR."));
        errors.Tags("tags", tags, MaximumTags);
        if (attributes.Count > MaximumAttributes) errors.Add(new FieldError("attributes", $"At most {MaximumAttributes} attributes."));
        foreach ((string key, string? value) in attributes)
            if (key.Trim().Length == 0 || key.Length > TextRules.MaximumName || value?.Length > MaximumAttribute)
                errors.Add(new FieldError($"attributes.{(key.Length > 40 ? key[..40] : key)}", $"A name of 1 to {TextRules.MaximumName} and a text of at most {MaximumAttribute} characters."));
        if (errors.Count > 0) return Refusal.Malformed(errors);
        return new ContactProfile(
            name?.Trim(), language, [.. tags.Select(t => t.Trim())],
            attributes.Where(a => a.Value is not null).ToDictionary(a => a.Key, a => a.Value!, StringComparer.Ordinal));
    }

    /// <summary>The addresses of a new contact: spellings of one number, or none.</summary>
    public static Result<IReadOnlyList<ContactIdentity>> Identities(NewContactRequest request)
    {
        var found = new List<ContactIdentity>();
        if (request.PhoneNumber is { } number)
        {
            if (!E164.TryParseExact(number, out E164 parsed)) return NoNumber("phoneNumber");
            found.Add(new ContactIdentity(ChannelType.WhatsApp, parsed.ToString()));
        }
        foreach ((int index, IdentityRequest? identity) in request.Identities.Index())
        {
            if (identity is null) return Refusal.Malformed($"identities[{index}]", "Must be an object.");
            if (identity.ChannelType is not (ChannelType.WhatsApp or ChannelType.Sms))
                return Refusal.Malformed($"identities[{index}].channelType", "Only whatsapp and sms: other customers are known once they write.");
            if (!E164.TryParseExact(identity.Address, out E164 parsed)) return NoNumber($"identities[{index}].address");
            var next = new ContactIdentity(identity.ChannelType, parsed.ToString());
            if (found.Count > 0 && found[0].Key != next.Key)
                return Refusal.Malformed($"identities[{index}].address", "A contact is made with one number; merge contacts to join several.");
            found.RemoveAll(known => known.ChannelType == next.ChannelType);
            found.Add(next);
        }
        return new Result<IReadOnlyList<ContactIdentity>>(found);
    }

    /// <summary>The contact as it would be after a partial change; null members of it are values.</summary>
    public static Result<ContactPatch> Merge(Contact contact, JsonElement patch)
    {
        var current = new ContactPatch
        {
            Name = contact.Name,
            PhoneNumber = contact.PhoneNumber?.ToString(),
            Language = contact.Language,
            Tags = contact.Tags,
            Attributes = contact.Attributes.ToDictionary(a => a.Key, a => (string?)a.Value),
        };
        Result<ContactPatch> merged = ApiJson.Read<ContactPatch>(MergePatch.Apply(JsonSerializer.SerializeToElement(current, ApiJson.Options), patch));
        if (merged.Refusal is not null) return merged;
        if (merged.Value.PhoneNumber is { } number && !E164.TryParseExact(number, out _)) return NoNumber("phoneNumber");
        return contact.PhoneNumber is not null && current.PhoneNumber != merged.Value.PhoneNumber
            ? Refusal.Rule("immutable", "The number of a contact never changes. Merge contacts to join two numbers.", "phoneNumber")
            : merged;
    }

    private static Refusal NoNumber(string field) => Refusal.Malformed(field, "Must be an E.164 number, such as +14155550100.");
}
