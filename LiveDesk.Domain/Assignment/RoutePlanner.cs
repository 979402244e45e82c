using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using NodaTime;

namespace LiveDesk.Domain.Assignment;

/// <summary>Gathers what the search for an owner looks at, and plans it.</summary>
public sealed class RoutePlanner(IResourceStore<RoutingRule> rules, IResourceStore<AiAgent> aiAgents, IContactStore contacts, TimeProvider time)
{
    /// <param name="skipRules">The matched rule's waiting time is over.</param>
    public async Task<Route> PlanAsync(Channel channel, ContactState state, bool skipRules, CancellationToken cancellationToken)
    {
        IReadOnlyList<RoutingRule> all = await rules.ListRecentAsync(channel.Workspace, cancellationToken);
        Conversation conversation = state.Latest!;
        string? text = await TextAsync(channel.Workspace, conversation.Id, all.Where(r => r.Active).Select(r => r.Match), cancellationToken);
        return await PlanAsync(channel, Facts(channel, state.Contact!, text, conversation.Id.Number > 1 || conversation.Cycle > 1),
            conversation.AiDone is not null || conversation.Quiet, skipRules, cancellationToken);
    }

    /// <summary>For a conversation that may not exist.</summary>
    public async Task<Route> PlanAsync(Channel channel, MatchFacts facts, bool aiDone, bool skipRules, CancellationToken cancellationToken)
    {
        IReadOnlyList<RoutingRule> all = await rules.ListRecentAsync(channel.Workspace, cancellationToken);
        IReadOnlyList<AiAgent> machines = await aiAgents.ListRecentAsync(channel.Workspace, cancellationToken);
        return Routing.Plan(all, new RoutingQuestion(channel, facts, [.. machines.Select(a => a.Id)], aiDone, skipRules));
    }

    public MatchFacts Facts(Channel channel, Contact? contact, string? text, bool returning) => new()
    {
        ChannelId = channel.Id.Value,
        ContactPhone = contact?.PhoneNumber,
        ContactLanguage = contact?.Language,
        ContactTags = [.. contact?.Tags ?? []],
        ContactAttributes = contact?.Attributes ?? new Dictionary<string, string>(),
        MessageText = text,
        WithinBusinessHours = IsOpen(channel),
        ReturningContact = returning,
    };

    public bool IsOpen(Channel channel) =>
        BusinessHoursSchedule.Of(channel.Settings.BusinessHours).IsOpen(Instant.FromDateTimeOffset(time.GetUtcNow()));

    /// <summary>What the customer wrote last; read only where a condition asks for it.</summary>
    public async Task<string?> TextAsync(WorkspaceId workspace, ConversationId? conversation, IEnumerable<MatchConditions> matches, CancellationToken cancellationToken)
    {
        const int recent = 20;
        bool asked = matches.SelectMany(m => m.All.Concat(m.Any)).Any(c => c.Field == MatchField.Text);
        if (!asked || conversation is not { } id) return null;
        IReadOnlyList<Message> messages = await contacts.ListMessagesAsync(workspace, id, null, recent, cancellationToken);
        return messages.LastOrDefault(m => m.Direction == MessageDirection.In)?.Content.Text;
    }
}
