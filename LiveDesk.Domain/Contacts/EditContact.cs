using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>What people say of a contact.</summary>
public sealed record ContactProfile(
    string? Name, string? Language, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What people do to a contact.</summary>
public static class EditContact
{
    public static Decision Create(
        ContactState state, WorkspaceId workspace, ContactId id, IReadOnlyList<ContactIdentity> identities, ContactProfile profile, DateTimeOffset now)
    {
        if (state.Contact is { IsErased: false } known)
            return Refusal.Conflict("contact_exists", $"{known.Id} has this number already.");
        Contact contact = state.Contact ?? new Contact { Workspace = workspace, Id = id, CreatedAt = now, UpdatedAt = now };
        return new ContactCreated(With(contact with { Identities = identities, CreatedAt = now, UpdatedAt = now }, profile), now);
    }

    /// <param name="number">A number for a contact that has none; null: as it is.</param>
    public static Decision Change(ContactState state, Func<Contact, ContactProfile> change, ContactIdentity? number, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        Contact next = With(contact, change(contact));
        if (number is not null && contact.PhoneNumber is null) next = next with { Identities = [.. contact.Identities, number] };
        string[] changed = [.. Changed(contact, next)];
        return changed.Length == 0 ? Decision.Nothing : new ContactUpdated(next, changed, now);
    }

    /// <summary>Closes what is open: a blocked contact has no conversation. Nothing is sent.</summary>
    public static Decision Block(ContactState state, Actor by, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        if (contact.Blocked) return Decision.Nothing;
        var blocked = new ContactUpdated(contact with { Blocked = true }, ["blocked"], now);
        return state.Open is { } open
            ? Decision.Of(blocked, new ConversationClosed(open.Id, new ClosedBy(ClosedSource.User, by.Id), null, by, now))
            : blocked;
    }

    public static Decision Unblock(ContactState state, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        return contact.Blocked ? new ContactUpdated(contact with { Blocked = false }, ["blocked"], now) : Decision.Nothing;
    }

    private static Contact With(Contact contact, ContactProfile profile) => contact with
    {
        Name = profile.Name,
        Language = profile.Language,
        Tags = profile.Tags,
        Attributes = profile.Attributes,
    };

    private static IEnumerable<string> Changed(Contact before, Contact after)
    {
        if (before.Name != after.Name) yield return "name";
        if (before.Language != after.Language) yield return "language";
        if (!before.Tags.SequenceEqual(after.Tags)) yield return "tags";
        if (before.Attributes.Count != after.Attributes.Count || before.Attributes.Any(a => after.Attributes.GetValueOrDefault(a.Key) != a.Value))
            yield return "attributes";
        if (before.Identities.Count != after.Identities.Count) yield return "identities";
    }
}
