using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.Views;

internal sealed record SavedViewRequest
{
    public required string Name { get; init; }
    public ConversationStatus Status { get; init; }

    /// <summary>me (whoever looks), none, ai or an agent's id.</summary>
    public string? Assignee { get; init; }

    public string? TeamId { get; init; }
    public ChannelId? ChannelId { get; init; }
    public string? Tag { get; init; }
}

internal sealed record SavedViewView(
    string Id, string Name, ConversationStatus Status, string? Assignee, string? TeamId, ChannelId? ChannelId, string? Tag, DateTimeOffset CreatedAt);

internal sealed class SavedViewRules(Existence existence) : ResourceRules<SavedView, SavedViewRequest, SavedViewView>
{
    public override string Path => "views";

    public override string Noun => "view";

    public override string IdPrefix => "vw";

    public override string NameOf(SavedView value) => value.Name;

    public override SavedViewRequest RequestOf(SavedView value) => new()
    {
        Name = value.Name,
        Status = value.Status,
        Assignee = value.Assignee,
        TeamId = value.TeamId,
        ChannelId = value.ChannelId,
        Tag = value.Tag,
    };

    public override SavedViewView View(SavedView value) =>
        new(value.Id, value.Name, value.Status, value.Assignee, value.TeamId, value.ChannelId, value.Tag, value.CreatedAt);

    public override async Task<Result<SavedView>> BuildAsync(
        ResourceDraft draft, SavedViewRequest request, SavedView? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        errors.Name("name", request.Name);
        if (request.Tag is { } tag) errors.Name("tag", tag, TextRules.MaximumTag);
        if (request.Assignee is not (null or "me" or "none" or "ai") && !AgentId.TryParse(request.Assignee, out _))
            errors.Add(new FieldError("assignee", "One of me, none, ai, or an agent's id."));
        if (errors.Count > 0) return Refusal.Malformed(errors);
        if (await MissingAsync(draft.Workspace, request, cancellationToken) is { } missing) return missing;
        return new SavedView
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Name = request.Name.Trim(),
            Status = request.Status,
            Assignee = request.Assignee,
            TeamId = request.TeamId,
            ChannelId = request.ChannelId,
            Tag = request.Tag?.Trim(),
        };
    }

    private async Task<Refusal?> MissingAsync(WorkspaceId workspace, SavedViewRequest request, CancellationToken cancellationToken)
    {
        if (request.Assignee is not (null or "me" or "none" or "ai")
            && await existence.AgentAsync(workspace, request.Assignee, "assignee", cancellationToken) is { } agent) return agent;
        if (request.TeamId is { } team && await existence.TeamAsync(workspace, team, "teamId", cancellationToken) is { } noTeam) return noTeam;
        return request.ChannelId is { } channel ? await existence.ChannelAsync(workspace, channel, "channelId", cancellationToken) : null;
    }
}
