using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Workflows;

/// <param name="Event">One of <see cref="WorkflowEvent"/>, such as <c>conversation.opened</c>.</param>
/// <param name="Source">
/// Only if the event has this source: <c>contact</c>, <c>user</c>, <c>workflow</c> or <c>welcome</c> for an opening, a closed source for a close, the
/// tag for <c>tag.added</c>; null: any.
/// </param>
/// <param name="OncePerContact">At most one run for each contact, ever.</param>
public sealed record WorkflowTrigger(string Event, string? Source = null, bool OncePerContact = false);

/// <summary>What sets a workflow off.</summary>
public static class WorkflowEvent
{
    public const string ConversationOpened = "conversation.opened";
    public const string ConversationClosed = "conversation.closed";
    public const string MessageReceived = "message.received";
    public const string ContactCreated = "contact.created";
    public const string TagAdded = "tag.added";
    public const string Manual = "manual";

    public static readonly IReadOnlyList<string> All = [ConversationOpened, ConversationClosed, MessageReceived, ContactCreated, TagAdded, Manual];
}

public enum WorkflowAction
{
    Assign,
    Unassign,
    Open,
    Close,
    Send,
    AddTag,
    RemoveTag,
    Wait,
    Webhook,
    AskAi,
}

/// <summary>One step; which of the fields it needs follows from what it does.</summary>
public sealed record WorkflowStep
{
    public required WorkflowAction Do { get; init; }
    public string? AgentId { get; init; }
    public string? TeamId { get; init; }
    public string? AiAgentId { get; init; }
    public ChannelId? ChannelId { get; init; }
    public string? Category { get; init; }
    public string? Summary { get; init; }
    public string? Text { get; init; }
    public TemplateContent? Template { get; init; }
    public string? Tag { get; init; }

    /// <summary>One second to seven days.</summary>
    public TimeSpan? For { get; init; }

    public Uri? Url { get; init; }
}

/// <summary>Steps that run in order, once for each event that sets them off. At most 100 workflows in a workspace, 100 steps each.</summary>
public sealed record Workflow : IResource
{
    public const int MaximumSteps = 100;
    public const int MaximumPerWorkspace = 100;

    public static string Kind => "workflow";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public bool Active { get; init; } = true;
    public required WorkflowTrigger Trigger { get; init; }
    public MatchConditions Match { get; init; } = new();
    public IReadOnlyList<WorkflowStep> Steps { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
}
