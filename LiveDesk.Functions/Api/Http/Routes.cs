namespace LiveDesk.Functions.Api.Http;

/// <summary>The paths of the API, below the host's prefix <c>api</c>.</summary>
internal static class Routes
{
    public const string Workspace = "v1/workspaces/{ws}";

    public const string Channels = Workspace + "/channels";
    public const string Channel = Channels + "/{channelId}";
    public const string Agents = Workspace + "/agents";
    public const string Agent = Agents + "/{agentId}";
    public const string Contacts = Workspace + "/contacts";
    public const string Contact = Contacts + "/{contactId}";
    public const string Conversations = Workspace + "/conversations";
    public const string Conversation = Conversations + "/{conversationId}";
    public const string Attachments = Workspace + "/attachments";
    public const string Attachment = Attachments + "/{attachmentId}";
    public const string VoiceNotes = Workspace + "/voice-notes";
    public const string VoiceNote = VoiceNotes + "/{voiceNoteId}";
    public const string Templates = Workspace + "/templates";
    public const string Teams = Workspace + "/teams";
    public const string Team = Teams + "/{teamId}";
    public const string AiAgents = Workspace + "/ai-agents";
    public const string AiAgent = AiAgents + "/{aiAgentId}";
    public const string RoutingRules = Workspace + "/routing-rules";
    public const string RoutingRule = RoutingRules + "/{ruleId}";
    public const string Workflows = Workspace + "/workflows";
    public const string Workflow = Workflows + "/{workflowId}";
    public const string Snippets = Workspace + "/snippets";
    public const string Snippet = Snippets + "/{snippetId}";
    public const string Categories = Workspace + "/closing-note-categories";
    public const string Category = Categories + "/{categoryId}";
    public const string Views = Workspace + "/views";
    public const string View = Views + "/{viewId}";
    public const string ApiKeys = Workspace + "/api-keys";
    public const string ApiKey = ApiKeys + "/{keyId}";
    public const string Me = Workspace + "/me";
    public const string Audit = Workspace + "/audit";
    public const string Events = Workspace + "/events";
    public const string Webhooks = Workspace + "/webhooks";
    public const string Webhook = Webhooks + "/{webhookId}";
    public const string Operations = Workspace + "/operations";
    public const string Reports = Workspace + "/reports";
}
