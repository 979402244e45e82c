using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>A customer: the head of a contact partition.</summary>
public sealed record Contact
{
    public required WorkspaceId Workspace { get; init; }
    public required ContactId Id { get; init; }
    public string? Name { get; init; }
    public IReadOnlyList<ContactIdentity> Identities { get; init; } = [];
    public string? Language { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public bool Blocked { get; init; }
    public IReadOnlyList<ChannelId> OptedOutChannels { get; init; } = [];

    /// <summary>The provider's time of the last message that the customer wrote, by channel id. The messaging window runs from it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastInboundAt { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The contact that this one was merged into; everything for this one goes there.</summary>
    public ContactId? MergedInto { get; init; }

    /// <summary>The contact that this one is just taking in.</summary>
    public ContactId? Merging { get; init; }

    /// <summary>The contacts that this one has taken in; their conversations stay under their ids.</summary>
    public IReadOnlyList<ContactId> MergedFrom { get; init; } = [];

    /// <summary>When the personal data was last erased; stays when the customer comes back.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The open-conversation slot: null, or the one conversation that is not closed.</summary>
    public ConversationId? OpenConversation { get; init; }

    /// <summary>How many conversations there have been; the last one's number.</summary>
    public int Conversations { get; init; }

    /// <summary>The next number for a message or outbox entry of this contact.</summary>
    public long NextSequence { get; init; } = 1;

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<Survey> Surveys { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Under which ids the conversations stand: the own, then those of the contacts taken in, the last one first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<ContactId> All => [Id, .. MergedFrom.Reverse()];

    /// <summary>Nothing is left but id and counters; whoever writes from one of the former addresses is new.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsErased => ErasedAt is not null && Identities.Count == 0;

    /// <summary>E.164 with plus, or null: a WhatsApp customer may hide the number.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public E164? PhoneNumber => Identities.Select(i => i.Number).FirstOrDefault(n => n is not null);

    public bool IsOptedOut(ChannelId channel) => OptedOutChannels.Contains(channel);

    /// <summary>The address to write to on a channel of this kind; the one heard from last is listed first.</summary>
    public ContactIdentity? AddressFor(ChannelType type, string? scope)
    {
        ContactIdentity? known = Identities.FirstOrDefault(i => i.ChannelType == type && (i.Scope is null || i.Scope == scope));
        if (known is not null || type is not (ChannelType.WhatsApp or ChannelType.Sms)) return known;
        return PhoneNumber is { } number ? new ContactIdentity(type, number.ToString()) : null;
    }

    /// <summary>Until when free text may be sent on the channel; null where the channel has no window or the customer never wrote there.</summary>
    public DateTimeOffset? WindowExpiresAt(ChannelId channel, ChannelType type) =>
        type.Window() is { } window && LastInboundAt.TryGetValue(channel.Value, out DateTimeOffset last) ? last + window : null;

    public bool IsWindowOpen(ChannelId channel, ChannelType type, DateTimeOffset now) =>
        type.Window() is null || WindowExpiresAt(channel, type) > now;

    /// <summary>With the identity first in the list and without its other spellings, unless that changes nothing.</summary>
    public Contact Heard(ContactIdentity identity)
    {
        bool IsOther(ContactIdentity other) => other.ChannelType != identity.ChannelType || other.Key != identity.Key;
        return Identities.Count > 0 && Identities[0] == identity && Identities.Skip(1).All(IsOther)
            ? this
            : this with { Identities = [identity, .. Identities.Where(IsOther)] };
    }
}
