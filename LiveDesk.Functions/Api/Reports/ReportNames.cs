using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>Names for the keys of a report. Who is gone keeps the last known name.</summary>
internal sealed class ReportNames(
    IDeskStore desk, IChannelDirectory channels, IResourceStore<Team> teams, IResourceStore<AiAgent> machines, IResourceStore<ClosingNoteCategory> categories)
{
    public async Task<Func<string?, string?>> OfAsync(
        ReportQuery query, IReadOnlyDictionary<string, string> lastKnown, CancellationToken cancellationToken)
    {
        Dictionary<string, string> names = query.GroupBy switch
        {
            ReportGroup.Agent => await PeopleAsync(query.Workspace, cancellationToken),
            ReportGroup.Channel => (await channels.ListAsync(query.Workspace, cancellationToken)).ToDictionary(c => c.Channel.Id.Value, c => c.Channel.Name),
            ReportGroup.Team => (await teams.ListRecentAsync(query.Workspace, cancellationToken)).ToDictionary(t => t.Id, t => t.Name),
            ReportGroup.Category => (await categories.ListRecentAsync(query.Workspace, cancellationToken)).ToDictionary(c => c.Id, c => c.Name),
            _ => [],
        };
        return key => key is null ? null : names.GetValueOrDefault(key) ?? lastKnown.GetValueOrDefault(key) ?? Own(query.GroupBy, key);
    }

    private async Task<Dictionary<string, string>> PeopleAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        Dictionary<string, string> names = (await desk.ListAgentsAsync(workspace, cancellationToken)).ToDictionary(a => a.Agent.Id.Value, a => a.Agent.Name);
        foreach (AiAgent machine in await machines.ListRecentAsync(workspace, cancellationToken)) names[machine.Id] = machine.Name;
        return names;
    }

    /// <summary>Some keys are names themselves.</summary>
    private static string? Own(ReportGroup group, string key) =>
        key != ReportQuery.Nobody && group is ReportGroup.Day or ReportGroup.ClosedSource or ReportGroup.Category ? key : null;
}
