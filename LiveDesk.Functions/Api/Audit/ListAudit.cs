using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Audit;

internal sealed record AuditView(
    string Id, DateTimeOffset At, Actor Actor, string Action, AuditTarget Target, JsonElement? Before, JsonElement? After, AuditOutcome Outcome)
{
    public static AuditView Of(AuditEntry entry) =>
        new(entry.Id, entry.At, entry.Actor, entry.Action, entry.Target, entry.Before, entry.After, entry.Outcome);
}

/// <summary>Who did what, newest first.</summary>
internal sealed class ListAudit(IAuditLog log)
{
    private const int Longest = 100;

    [Function(nameof(ListAudit)), Operation(Role.Admin), Answers(200, typeof(ListView<AuditView>))]
    [Query("actor", "Id of an agent or API key."), Query("action", "Such as team.created."), Query("from", "Instant, included."), Query("to", "Instant, excluded.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Audit)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<AuditFilter> filter = Filter(request);
        if (filter.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        try
        {
            PageOf<AuditEntry> page = await log.ListAsync(
                Caller.Of(context).Workspace, filter.Value, paging.Value.Limit, paging.Value.Cursor, cancellationToken);
            return await request.JsonAsync(new ListView<AuditView>([.. page.Items.Select(AuditView.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        }
    }

    private static Result<AuditFilter> Filter(HttpRequestData request)
    {
        string? actor = Text(request, "actor"), action = Text(request, "action");
        if (actor?.Length > Longest) return Refusal.Malformed("actor", $"At most {Longest} characters.");
        if (action?.Length > Longest) return Refusal.Malformed("action", $"At most {Longest} characters.");
        Result<DateTimeOffset?> from = Instant(request, "from"), to = Instant(request, "to");
        if ((from.Refusal ?? to.Refusal) is { } malformed) return malformed;
        return from.Value >= to.Value ? Refusal.Malformed("to", "Must be after from.") : new AuditFilter(actor, action, from.Value, to.Value);
    }

    private static Result<DateTimeOffset?> Instant(HttpRequestData request, string name) =>
        Text(request, name) is not { } text ? (DateTimeOffset?)null
        : UtcInstantConverter.TryParse(text, out DateTimeOffset instant) ? instant
        : Refusal.Malformed(name, "Must be an instant with its offset, such as 2026-03-29T01:30:00Z.");

    private static string? Text(HttpRequestData request, string name) => request.Query[name] is { Length: > 0 } text ? text : null;
}
