using System.Net;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Languages;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Csat;

/// <summary>The page on which a customer answers a survey. Whoever has the link may answer; there is no other log-in.</summary>
internal sealed class ShowSurvey(SurveyLinks links, IContactStore contacts, IChannelDirectory channels, ContactDesk desk, TimeProvider time)
{
    [Function(nameof(ShowSurvey))]
    public async Task<HttpResponseData> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "csat/{token}")] HttpRequestData request, string token, CancellationToken cancellationToken)
    {
        (Found? survey, bool later) = await FindAsync(token, cancellationToken);
        if (survey is not { } found) return await NothingAsync(request, later);
        return await PageAsync(request, HttpStatusCode.OK, StateOf(found.Survey.State), found, found.Survey.State.Answer);
    }

    /// <summary>By the page's form, or by JSON; who asks for JSON is answered with it.</summary>
    [Function("AnswerSurvey"), Reads(typeof(SurveyAnswerView), Form = true), Answers(200, typeof(SurveyAnswerView))]
    public async Task<HttpResponseData> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "csat/{token}")] HttpRequestData request, string token, CancellationToken cancellationToken)
    {
        (Found? survey, bool later) = await FindAsync(token, cancellationToken);
        if (survey is not { } found) return await NothingAsync(request, later);
        Result<SurveyAnswer> read = await SurveyForm.ReadAsync(request, cancellationToken);
        if (read.Refusal is { } incomplete)
            return AsksForJson(request)
                ? await request.ProblemAsync(incomplete)
                : await PageAsync(request, HttpStatusCode.BadRequest, SurveyPageState.Incomplete, found, found.Survey.State.Answer);
        try
        {
            Result<Committed> taken = await desk.RunAsync(
                found.Workspace, found.Contact.Id, (state, now) => AnswerSurvey.Decide(state, found.Survey.Id, read.Value, now), cancellationToken);
            return await TakenAsync(request, found, read.Value, taken.Refusal);
        }
        catch (ContactBusyException)
        {
            return await NothingAsync(request, later: true);
        }
    }

    private static Task<HttpResponseData> TakenAsync(HttpRequestData request, Found found, SurveyAnswer answer, Refusal? refusal) =>
        (AsksForJson(request), refusal) switch
        {
            (true, null) => request.JsonAsync(new SurveyAnswerView(answer.Score, answer.Comment)),
            (true, { } over) => request.ProblemAsync(over with { Kind = RefusalKind.Gone }),
            (_, null) => PageAsync(request, HttpStatusCode.OK, SurveyPageState.Answered, found, answer),
            _ => PageAsync(request, HttpStatusCode.Gone, Closed(found.Survey.State), found, null),
        };

    private SurveyPageState StateOf(SurveyState survey) => survey.AcceptsAnswerAt(time.GetUtcNow()) ? SurveyPageState.Asking : Closed(survey);

    private static SurveyPageState Closed(SurveyState survey) => survey.Answer is null ? SurveyPageState.Over : SurveyPageState.Locked;

    /// <returns>The survey; or none, and whether it may be there later: a contact that is just being taken in brings its surveys along.</returns>
    private async Task<(Found? Survey, bool Later)> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not var (workspace, id)) return (null, false);
        Contact? contact = (await contacts.LoadPrimaryAsync(workspace, id.Conversation.Contact, cancellationToken)).State.Contact;
        if (contact?.Surveys.FirstOrDefault(s => s.Id == id) is not { } survey) return (null, contact?.Merging is not null);
        Channel? channel = await channels.FindAsync(workspace, survey.Channel, cancellationToken);
        string? question = channel?.Settings.Csat.Question?.Replace(SurveyTexts.LinkVariable, "", StringComparison.OrdinalIgnoreCase).Trim();
        return (new Found(workspace, contact, survey, question), false);
    }

    private static Task<HttpResponseData> NothingAsync(HttpRequestData request, bool later) =>
        AsksForJson(request)
            ? request.ProblemAsync(later ? new Refusal(RefusalKind.Unavailable, "unavailable", "Not at this moment. Try again.") : Refusal.NotFound("survey"))
            : WriteAsync(
                request, later ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NotFound,
                SurveyPage.Render(later ? SurveyPageState.Later : SurveyPageState.Unknown, LanguageOf(request, null), null, null));

    /// <summary>A program: it accepts JSON, or sends JSON and does not ask for a page. A browser always accepts the page.</summary>
    private static bool AsksForJson(HttpRequestData request)
    {
        string accepted = request.Headers.TryGetValues("Accept", out IEnumerable<string>? values) ? string.Join(',', values) : "";
        return !accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && (request.IsJson() || accepted.Contains("application/json", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<HttpResponseData> PageAsync(
        HttpRequestData request, HttpStatusCode status, SurveyPageState state, Found found, SurveyAnswer? answer) =>
        WriteAsync(request, status, SurveyPage.Render(state, LanguageOf(request, found.Contact), found.Question, answer));

    private static async Task<HttpResponseData> WriteAsync(HttpRequestData request, HttpStatusCode status, string html)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "text/html; charset=utf-8");
        response.Headers.Add("Cache-Control", "no-store");
        response.Headers.Add("Referrer-Policy", "no-referrer");
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        response.Headers.Add("Content-Security-Policy", SurveyPage.ContentSecurityPolicy);
        await response.WriteStringAsync(html, Encoding.UTF8);
        return response;
    }

    /// <summary>The contact's; where that is not known, the browser's.</summary>
    private static DeskLanguage LanguageOf(HttpRequestData request, Contact? contact) => DeskLanguages.For(
        contact?.Language ?? (request.Headers.TryGetValues("Accept-Language", out IEnumerable<string>? accepted) ? DeskLanguages.Preferred(string.Join(',', accepted)) : null));

    private sealed record Found(WorkspaceId Workspace, Contact Contact, Survey Survey, string? Question);
}
