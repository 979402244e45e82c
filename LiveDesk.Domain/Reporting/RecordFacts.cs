using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>Turns what has happened into facts.</summary>
public sealed class RecordFacts(IFactStore facts, IChannelDirectory channels)
{
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case CycleWork work:
                BusinessHoursSchedule hours = await HoursAsync(work.Workspace, work.Closed.Channel, cancellationToken);
                await facts.PutAsync(work.Workspace, work.Closed.Id, ReportDefinitions.Of(work.Closed, work.Owner, hours), cancellationToken);
                break;
            case SurveyWork work:
                await facts.PutAsync(work.Workspace, work.Survey, work.Fact, cancellationToken);
                break;
            case RollUpWork work:
                await facts.RollUpAsync(work.Workspace, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{item.GetType().Name} does not belong on the queue {QueueNames.Facts}.");
        }
    }

    /// <summary>A channel that is gone has no hours any more.</summary>
    public async Task<BusinessHoursSchedule> HoursAsync(WorkspaceId workspace, ChannelId channel, CancellationToken cancellationToken) =>
        await channels.FindAsync(workspace, channel, cancellationToken) is { } known
            ? BusinessHoursSchedule.Create(known.Settings.BusinessHours)
            : BusinessHoursSchedule.Always;
}
