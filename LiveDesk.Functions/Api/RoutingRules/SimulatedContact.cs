using System.Text.Json;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Contacts;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.RoutingRules;

/// <summary>
/// A contact as the API shows one, so that an answer of <c>GET /contacts/{id}</c> can be asked about as it is. With an id, that contact, with what else is
/// given in place of what it has. What no rule asks about may be there and is not looked at.
/// </summary>
internal sealed record SimulatedContact
{
    public ContactId? Id { get; init; }
    public string? PhoneNumber { get; init; }
    public string? Language { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
    public string? Name { get; init; }
    public IReadOnlyList<IdentityView>? Identities { get; init; }
    public bool? Blocked { get; init; }
    public IReadOnlyList<string>? OptedOutChannels { get; init; }
    public string? OpenConversationId { get; init; }
    public string? MergedInto { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <param name="given">An object, the id of a contact, or nothing.</param>
    public static Result<SimulatedContact?> Read(JsonElement? given)
    {
        if (given is not { ValueKind: not JsonValueKind.Null } contact) return new Result<SimulatedContact?>((SimulatedContact?)null);
        if (contact.ValueKind == JsonValueKind.String)
            return ContactId.TryParse(contact.GetString(), out ContactId id)
                ? new SimulatedContact { Id = id }
                : Refusal.Malformed("contact", "Not a contact's id.");
        if (contact.ValueKind != JsonValueKind.Object) return Refusal.Malformed("contact", "Must be a contact or the id of one.");
        Result<SimulatedContact> read = ApiJson.Read<SimulatedContact>(contact);
        if (read.Refusal is { } refusal) return refusal.Under("contact");
        return read.Value.PhoneNumber is { } number && !E164.TryParseExact(number, out _)
            ? Refusal.Malformed("contact.phoneNumber", "Must be an E.164 number, such as +14155550100.")
            : read.Value;
    }

    /// <summary>What is known of the contact, with what is given here in its place.</summary>
    public MatchFacts Over(MatchFacts known) => known with
    {
        ContactPhone = PhoneNumber is { } number ? E164.Parse(number) : known.ContactPhone,
        ContactLanguage = Language ?? known.ContactLanguage,
        ContactTags = Tags is { } tags ? [.. tags] : known.ContactTags,
        ContactAttributes = Attributes ?? known.ContactAttributes,
    };
}
