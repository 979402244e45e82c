using System.Net;
using System.Text;
using System.Web;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Csat;

/// <summary>The page on which a customer answers a survey. Whoever has the link may answer; there is no other log-in.</summary>
internal sealed class ShowSurvey(SurveyLinks links, IContactStore contacts, IChannelDirectory channels, ContactDesk desk, TimeProvider time)
{
    private const int LargestForm = 32 * 1024;

    [Function(nameof(ShowSurvey))]
    public async Task<HttpResponseData> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "csat/{token}")] HttpRequestData request, string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } found) return request.CreateResponse(HttpStatusCode.NotFound);
        bool open = found.Survey.State.AcceptsAnswerAt(time.GetUtcNow());
        return await PageAsync(request, HttpStatusCode.OK, open ? SurveyPageState.Asking : SurveyPageState.Over, found, found.Survey.State.Answer);
    }

    [Function("AnswerSurvey")]
    public async Task<HttpResponseData> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "csat/{token}")] HttpRequestData request, string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } found) return request.CreateResponse(HttpStatusCode.NotFound);
        if (await ReadAsync(request, cancellationToken) is not { } answer)
            return await PageAsync(request, HttpStatusCode.BadRequest, SurveyPageState.Incomplete, found, found.Survey.State.Answer);
        Result<Committed> taken = await desk.RunAsync(
            found.Workspace, found.Contact.Id, (state, now) => AnswerSurvey.Decide(state, found.Survey.Id, answer, now), cancellationToken);
        return taken.Accepted
            ? await PageAsync(request, HttpStatusCode.OK, SurveyPageState.Answered, found, answer)
            : await PageAsync(request, HttpStatusCode.Gone, SurveyPageState.Over, found, null);
    }

    private async Task<Found?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not var (workspace, id)) return null;
        Contact? contact = (await contacts.LoadPrimaryAsync(workspace, id.Conversation.Contact, cancellationToken)).State.Contact;
        if (contact?.Surveys.FirstOrDefault(s => s.Id == id) is not { } survey) return null;
        Channel? channel = await channels.FindAsync(workspace, survey.Channel, cancellationToken);
        return new Found(workspace, contact, survey, channel?.Settings.Csat.Question?.Replace(SurveyTexts.LinkVariable, "", StringComparison.OrdinalIgnoreCase).Trim());
    }

    /// <returns>Null without a score from 1 to 5.</returns>
    private static async Task<SurveyAnswer?> ReadAsync(HttpRequestData request, CancellationToken cancellationToken)
    {
        byte[] body = new byte[LargestForm];
        int length = await request.Body.ReadAtLeastAsync(body, LargestForm, throwOnEndOfStream: false, cancellationToken);
        System.Collections.Specialized.NameValueCollection form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(body, 0, length), Encoding.UTF8);
        if (form["score"] is not ("1" or "2" or "3" or "4" or "5")) return null;
        string comment = (form["comment"] ?? "").Trim();
        if (comment.Length > SurveyPage.LongestComment) comment = comment[..SurveyPage.LongestComment];
        return new SurveyAnswer(form["score"]![0] - '0', comment.Length == 0 ? null : comment);
    }

    private static async Task<HttpResponseData> PageAsync(
        HttpRequestData request, HttpStatusCode status, SurveyPageState state, Found found, SurveyAnswer? answer)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "text/html; charset=utf-8");
        response.Headers.Add("Cache-Control", "no-store");
        response.Headers.Add("Referrer-Policy", "no-referrer");
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        response.Headers.Add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        await response.WriteStringAsync(SurveyPage.Render(state, found.Contact.Language, found.Question, answer), Encoding.UTF8);
        return response;
    }

    private sealed record Found(WorkspaceId Workspace, Contact Contact, Survey Survey, string? Question);
}
