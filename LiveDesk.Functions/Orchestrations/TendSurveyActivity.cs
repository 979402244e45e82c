using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Does what is due for a survey; answers when something will be due again, null when it is over.</summary>
internal sealed class TendSurveyActivity(TendSurvey tend)
{
    [Function(nameof(TendSurveyActivity))]
    public Task<DateTimeOffset?> Run([ActivityTrigger] SurveyInput input, CancellationToken cancellationToken) =>
        SurveyId.TryParse(input.Survey, out SurveyId id)
            ? tend.RunAsync(WorkspaceId.Parse(input.Workspace), id, cancellationToken)
            : throw new InvalidOperationException($"'{input.Survey}' is no survey id.");
}
