using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Functions.Api.Contacts;

internal sealed record IdentityView(ChannelType ChannelType, string Address);

internal sealed record ContactView(
    ContactId Id, string? Name, E164? PhoneNumber, IReadOnlyList<IdentityView> Identities, string? Language, IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, string> Attributes, bool Blocked, IReadOnlyList<ChannelId> OptedOutChannels, ConversationId? OpenConversationId,
    ContactId? MergedInto, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ContactView Of(Contact contact) => new(
        contact.Id, contact.Name, contact.PhoneNumber, [.. contact.Identities.Select(i => new IdentityView(i.ChannelType, i.Address))], contact.Language,
        contact.Tags, contact.Attributes, contact.Blocked, contact.OptedOutChannels, contact.OpenConversation, contact.MergedInto, contact.CreatedAt,
        contact.UpdatedAt);
}

/// <summary>All that the desk knows of a contact.</summary>
internal sealed record ContactExportView(
    ContactView Contact, DateTimeOffset ExportedAt, IReadOnlyList<Conversation> Conversations, IReadOnlyList<Messages.MessageView> Messages);
