using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>Turns what has happened into facts.</summary>
public sealed class RecordFacts(IFactStore facts, IChannelDirectory channels, IResourceStore<ClosingNoteCategory> categories)
{
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case CycleWork work:
                BusinessHoursSchedule hours = await HoursAsync(work.Workspace, work.Closed.Channel, cancellationToken);
                CycleFact cycle = ReportDefinitions.Of(work.Closed, work.Owner, hours);
                string? id = await CategoryAsync(work.Workspace, cycle.CategoryId, cycle.Category, cancellationToken);
                await facts.PutAsync(work.Workspace, work.Closed.Id, cycle with { CategoryId = id }, cancellationToken);
                break;
            case SurveyWork work:
                string? category = await CategoryAsync(work.Workspace, work.Fact.CategoryId, work.Fact.Category, cancellationToken);
                await facts.PutAsync(work.Workspace, work.Survey, work.Fact with { CategoryId = category }, cancellationToken);
                break;
            case RollUpWork work:
                await facts.RollUpAsync(work.Workspace, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{item.GetType().Name} does not belong on the queue {QueueNames.Facts}.");
        }
    }

    /// <summary>An AI agent closes with the name of a category.</summary>
    private async Task<string?> CategoryAsync(WorkspaceId workspace, string? id, string? name, CancellationToken cancellationToken) =>
        id ?? (name is null ? null : (await categories.ListRecentAsync(workspace, cancellationToken)).Called(name)?.Id);

    /// <summary>A channel that is gone has no hours any more.</summary>
    public async Task<BusinessHoursSchedule> HoursAsync(WorkspaceId workspace, ChannelId channel, CancellationToken cancellationToken) =>
        await channels.FindAsync(workspace, channel, cancellationToken) is { } known
            ? BusinessHoursSchedule.Create(known.Settings.BusinessHours)
            : BusinessHoursSchedule.Always;
}
