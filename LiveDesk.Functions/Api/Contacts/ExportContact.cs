using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>All that the desk knows of a contact, as one JSON document.</summary>
internal sealed class ExportContact(ContactAnswers answers, ContactExport export, AuditTrail audit, TimeProvider time)
{
    [Function(nameof(ExportContact)), Operation(Role.Admin), Answers(200, typeof(ContactExportView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Contact + "/export")] HttpRequestData request, string contactId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ContactSnapshot> found = await answers.LoadAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        var target = new AuditTarget("contact", found.Value.Id.Value);
        return await audit.RunAsync(
            caller, "contact.exported", target, () => AnswerAsync(request, found.Value, cancellationToken), _ => new AuditNote(target), cancellationToken);
    }

    private async Task<HttpResponseData> AnswerAsync(HttpRequestData request, ContactSnapshot contact, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse();
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        response.Headers.Add("Content-Disposition", $"attachment; filename=\"{contact.Id}.json\"");
        await export.WriteAsync(response.Body, contact.State.Contact!, time.GetUtcNow(), cancellationToken);
        return response;
    }
}
