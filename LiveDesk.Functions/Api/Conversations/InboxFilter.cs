using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>What a list of conversations is asked for.</summary>
/// <param name="View">The list that is read.</param>
internal sealed record InboxFilter(string View, ConversationStatus Status, string? Assignee, string? Team, ChannelId? Channel, string? Tag)
{
    /// <param name="view">Says what the request leaves open.</param>
    public static Result<InboxFilter> Of(HttpRequestData request, Caller caller, SavedView? view)
    {
        ConversationStatus? status = request.Query["status"] switch
        {
            null => view?.Status ?? ConversationStatus.Open,
            "open" => ConversationStatus.Open,
            "snoozed" => ConversationStatus.Snoozed,
            "closed" => ConversationStatus.Closed,
            _ => null,
        };
        if (status is not { } known) return Refusal.Malformed("status", "One of open, snoozed, closed.");
        string? assignee = Text(request, "assignee") ?? view?.Assignee;
        if (assignee == "me")
        {
            if (caller.Agent is not { } me) return Refusal.Malformed("assignee", "'me' needs a key that speaks for an agent.");
            assignee = me.Value;
        }
        if (assignee is not (null or "none" or "ai") && !Domain.Assignment.AgentId.TryParse(assignee, out _))
            return Refusal.Malformed("assignee", "One of me, none, ai, or an agent's id.");
        ChannelId? channel = view?.ChannelId;
        if (Text(request, "channelId") is { } channelText)
        {
            if (!ChannelId.TryParse(channelText, out ChannelId id)) return Refusal.Malformed("channelId", "Not a channel's id.");
            channel = id;
        }
        string? team = Text(request, "teamId") ?? view?.TeamId;
        string? tag = Text(request, "tag") ?? view?.Tag;
        if (tag?.Length > 100) return Refusal.Malformed("tag", "At most 100 characters.");
        return new InboxFilter(ViewOf(known, assignee, team, channel, tag), known, assignee, team, channel, tag);
    }

    public bool Keeps(Conversation c) =>
        c.Status == Status
        && (Assignee switch
        {
            null => true,
            "none" => c.Owner.Kind == OwnerKind.None,
            "ai" => c.Owner.Kind == OwnerKind.Ai,
            var agent => c.Owner.IsAgent(agent),
        })
        && (Team is null || c.TeamId == Team)
        && (Channel is null || c.Channel == Channel)
        && (Tag is null || c.Tags.Contains(Tag));

    // A person's list is the shortest, then a tag's, a team's, a channel's.
    private static string ViewOf(ConversationStatus status, string? assignee, string? team, ChannelId? channel, string? tag) =>
        assignee is not (null or "none" or "ai") ? InboxViews.OfAgent(status, assignee)
        : tag is not null ? InboxViews.OfTag(status, tag)
        : team is not null ? InboxViews.OfTeam(status, team)
        : assignee == "ai" ? InboxViews.OfAi(status)
        : assignee == "none" ? InboxViews.Unassigned(status)
        : channel is { } id ? InboxViews.OfChannel(status, id)
        : InboxViews.All(status);

    private static string? Text(HttpRequestData request, string name) => request.Query[name] is { Length: > 0 } text ? text : null;
}
