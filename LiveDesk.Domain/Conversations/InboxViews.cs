using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Conversations;

/// <summary>Which lists a conversation stands in. A view's name begins with the status; parts are joined by a bar.</summary>
public static class InboxViews
{
    public static string All(ConversationStatus status) => Name(status);

    public static string OfAgent(ConversationStatus status, string agent) => $"{Name(status)}|agent:{agent}";

    public static string Unassigned(ConversationStatus status) => $"{Name(status)}|none";

    public static string OfAi(ConversationStatus status) => $"{Name(status)}|ai";

    public static string OfTeam(ConversationStatus status, string team) => $"{Name(status)}|team:{team}";

    public static string OfChannel(ConversationStatus status, ChannelId channel) => $"{Name(status)}|channel:{channel}";

    public static string OfTag(ConversationStatus status, string tag) => $"{Name(status)}|tag:{Uri.EscapeDataString(tag)}";

    public static IReadOnlyList<string> Of(Conversation conversation)
    {
        ConversationStatus status = conversation.Status;
        var views = new List<string> { All(status), OfChannel(status, conversation.Channel) };
        views.Add(conversation.Owner.Kind switch
        {
            OwnerKind.Agent => OfAgent(status, conversation.Owner.Id!),
            OwnerKind.Ai => OfAi(status),
            _ => Unassigned(status),
        });
        if (conversation.TeamId is { } team) views.Add(OfTeam(status, team));
        views.AddRange(conversation.Tags.Select(tag => OfTag(status, tag)));
        return views;
    }

    public static InboxPlace Place(Contact contact, Conversation conversation) =>
        new(contact.NextSequence, conversation.LastActivityAt, Of(conversation));

    public static InboxEntry Entry(Contact contact, Conversation conversation) =>
        new(conversation.Id, Place(contact, conversation),
            new InboxItem(conversation, contact.Name, contact.PhoneNumber?.ToString(), Window(contact, conversation)));

    // By what the customer wrote on the conversation's channel, of which only the id is known here: a kind of messaging that has no window
    // among the contact's addresses must not hide the window of another.
    private static DateTimeOffset? Window(Contact contact, Conversation conversation) =>
        contact.Identities.Select(i => contact.WindowExpiresAt(conversation.Channel, i.ChannelType)).FirstOrDefault(at => at is not null);

    private static string Name(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "open",
        ConversationStatus.Snoozed => "snoozed",
        _ => "closed",
    };
}
