using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>The decisions of a merge, pure. What the primary says wins; what it does not say comes from the secondary.</summary>
public static class MergeRules
{
    private const string Field = "secondaryId";

    /// <summary>
    /// Neither itself nor in a chain or circle: both contacts must stand for themselves, unless this very merge has been made before. One that is
    /// erased is there no more.
    /// </summary>
    public static Refusal? Refused(ContactId primary, Contact? into, ContactId secondary, Contact? from)
    {
        if (into is null or { IsErased: true }) return Refusal.NotFound("contact");
        if (primary == secondary) return Refusal.Rule("merge_refused", "A contact cannot be merged into itself.", Field);
        if (from is null or { IsErased: true }) return Unknown;
        if (into.MergedInto is { } own) return Merged(primary, own);
        return from.MergedInto is { } other && other != primary ? Merged(secondary, other).At(Field) : null;
    }

    /// <summary>Nothing is done to a contact that leads to another: it would be done to a person whom nobody has named.</summary>
    public static Refusal Merged(ContactId contact, ContactId into) =>
        Refusal.Conflict("contact_merged", $"The contact {contact} was merged into {into}. Use that one.");

    /// <summary>For what must not fall between the steps of a merge.</summary>
    public static Refusal Busy => Refusal.Conflict("merge_in_progress", "One of the contacts is just being merged with another. Try again.");

    /// <summary>On the primary: from here on nobody can take it in itself, so that no two merges can form a circle.</summary>
    public static Decision Begin(ContactState state, MergeWork work, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        if (contact.Id != work.Primary) return Merged(work.Primary, contact.Id);
        if (contact.Merging is null) return new MergeBegun(work.Secondary, now);
        return contact.Merging == work.Secondary ? Decision.Nothing : Busy;
    }

    /// <summary>On the secondary: its conversation ends, and whoever comes to it is led on.</summary>
    public static Decision Leave(ContactState state, MergeWork work, DateTimeOffset now)
    {
        if (state.Contact is not { } contact) return Unknown;
        if (contact.Id == work.Primary) return Decision.Nothing;
        if (contact.IsErased) return Unknown;
        if (contact.Id != work.Secondary) return Merged(work.Secondary, contact.Id).At(Field);
        if (contact.Merging is not null) return Busy;
        var events = new List<DomainEvent>();
        if (state.Open is { } open)
            events.Add(new ConversationClosed(open.Id, new ClosedBy(ClosedSource.Merge, work.By.Id), null, work.By, now));
        Contact left = state.Apply(events).Contact!;
        events.Add(new ContactUpdated(left with { MergedInto = work.Primary }, ["mergedInto"], now));
        return Decision.Of(events);
    }

    /// <summary>On the primary, if the secondary could not leave.</summary>
    public static Decision Abandon(ContactState state, MergeWork work, DateTimeOffset now) =>
        state.Contact is { } contact && contact.Id == work.Primary && contact.Merging == work.Secondary
            ? new MergeAbandoned(work.Secondary, now)
            : Decision.Nothing;

    /// <summary>On the primary, once the secondary leads here.</summary>
    public static Decision TakeOver(ContactState state, Contact secondary, MergeWork work, DateTimeOffset now)
    {
        if (state.Contact is not { } contact || contact.Id != work.Primary || contact.Merging != work.Secondary) return Decision.Nothing;
        var changed = new List<string>();
        Contact next = Both(contact, secondary, changed);
        var merged = new ContactMerged(work.Primary, work.Secondary, work.By, now);
        return Decision.Of(new ContactUpdated(next, changed, now), merged);
    }

    private static Contact Both(Contact primary, Contact secondary, List<string> changed)
    {
        Contact Taken(Contact before, string field, Contact after)
        {
            changed.Add(field);
            return after;
        }

        Contact next = primary;
        if (next.Name is null && secondary.Name is not null) next = Taken(next, "name", next with { Name = secondary.Name });
        if (next.Language is null && secondary.Language is not null) next = Taken(next, "language", next with { Language = secondary.Language });
        ContactIdentity[] identities = [.. secondary.Identities.Where(i => !next.Identities.Any(k => k.Key == i.Key && k.ChannelType == i.ChannelType))];
        if (identities.Length > 0) next = Taken(next, "identities", next with { Identities = [.. next.Identities, .. identities] });
        string[] tags = [.. secondary.Tags.Except(next.Tags)];
        if (tags.Length > 0) next = Taken(next, "tags", next with { Tags = [.. next.Tags, .. tags] });
        if (secondary.Attributes.Keys.Except(next.Attributes.Keys).Any())
            next = Taken(next, "attributes", next with { Attributes = Union(next.Attributes, secondary.Attributes, (own, _) => own) });
        // Who said stop to one address of a person has said it as this person.
        if (secondary.OptedOutChannels.Except(next.OptedOutChannels).Any())
            next = Taken(next, "optedOutChannels", next with { OptedOutChannels = [.. next.OptedOutChannels.Union(secondary.OptedOutChannels)] });
        next = next with { Surveys = Surveys.Of(primary, secondary) };
        return next with { LastInboundAt = Union(next.LastInboundAt, secondary.LastInboundAt, (own, other) => own > other ? own : other) };
    }

    private static Dictionary<string, T> Union<T>(IReadOnlyDictionary<string, T> own, IReadOnlyDictionary<string, T> others, Func<T, T, T> both)
    {
        var union = new Dictionary<string, T>(own);
        foreach ((string key, T other) in others) union[key] = own.TryGetValue(key, out T? mine) ? both(mine, other) : other;
        return union;
    }

    private static Refusal Unknown => Refusal.NotFound("contact").At(Field);
}
