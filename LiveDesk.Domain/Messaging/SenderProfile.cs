using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>What an event tells about the person behind it.</summary>
internal static class SenderProfile
{
    /// <summary>The contact, created if the desk has never heard of it.</summary>
    public static Contact Known(
        ContactState state, WorkspaceId workspace, ContactId id, InboundSender from, DateTimeOffset now, List<DomainEvent> events)
    {
        if (state.Contact is { IsErased: false } known) return known;
        Contact created = (state.Contact ?? new Contact { Workspace = workspace, Id = id, CreatedAt = now, UpdatedAt = now }) with
        {
            Name = from.Name,
            Language = from.Language,
            Identities = from.Identities,
            CreatedAt = now,
            UpdatedAt = now,
        };
        events.Add(new ContactCreated(created, now));
        return created;
    }

    /// <summary>A name where there was none, and addresses that are new.</summary>
    /// <param name="changed">Gets the API names of what changed.</param>
    public static Contact Learn(Contact contact, InboundSender from, List<string> changed)
    {
        Contact next = contact;
        if (next.Name is null && from.Name is { Length: > 0 } name)
        {
            next = next with { Name = name };
            changed.Add("name");
        }
        List<ContactIdentity> unknown =
            [.. from.Identities.Where(i => !next.Identities.Any(k => k.ChannelType == i.ChannelType && k.Address == i.Address))];
        if (unknown.Count > 0)
        {
            next = next with { Identities = [.. unknown, .. next.Identities] };
            changed.Add("identities");
        }
        return next;
    }

    /// <summary>As <see cref="Learn"/>, with the event that says so.</summary>
    public static Contact Update(Contact contact, InboundSender from, DateTimeOffset now, List<DomainEvent> events)
    {
        var changed = new List<string>();
        Contact next = Learn(contact, from, changed);
        if (changed.Count > 0) events.Add(new ContactUpdated(next, changed, now));
        return next;
    }

    public static Actor Author(Contact contact) => new(ActorKind.Contact, contact.Id.Value, contact.Name);
}
