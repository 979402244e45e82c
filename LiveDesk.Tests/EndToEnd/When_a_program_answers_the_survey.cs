using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>A page of the company's own, or an app, in place of the desk's page: with JSON.</summary>
public sealed class When_a_program_answers_the_survey
{
    [Fact]
    public async Task Takes_the_same_answers_as_the_page_and_says_so_in_the_form_that_is_asked_for()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("en");

        (HttpStatusCode status, string? type, string body) = await PostAsync(survey.Page, new { score = 4, comment = " Kind\r\npeople " });
        Assert.Equal((HttpStatusCode.OK, "application/json"), (status, type));
        Assert.Equal("""{"score":4,"comment":"Kind\npeople"}""", body);
        (status, type, body) = await PostAsync(survey.Page, new { score = 5 }, "text/html");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (status, type));
        Assert.Contains("Thank you", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await survey.PostAsync(3));

        Assert.Equal([(4, "Kind\npeople"), (5, null), (3, null)], await survey.AnswersAsync());
    }

    [Theory]
    [InlineData("""{"score":0}""", "score")]
    [InlineData("""{"score":6}""", "score")]
    [InlineData("""{"score":"5"}""", "score")]
    [InlineData("""{"score":4.5}""", "score")]
    [InlineData("""{"score":null}""", "score")]
    [InlineData("""{"comment":"Only words"}""", "score")]
    [InlineData("""{"score":5,"stars":5}""", "stars")]
    [InlineData("""{"score":5,"comment":7}""", "comment")]
    [InlineData("""[5]""", "$")]
    [InlineData("""{"score":5""", "$")]
    public async Task Names_the_field_that_is_wrong(string body, string field)
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("en");

        (HttpStatusCode status, string? type, string problem) = await PostAsync(survey.Page, body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
        Assert.Equal(field, (string?)JsonNode.Parse(problem)!["errors"]![0]!["field"]);
        Assert.Empty(await survey.AnswersAsync());
    }

    [Fact]
    public async Task Says_so_when_it_is_too_late_or_the_link_is_none()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("en");
        survey.Wait(TimeSpan.FromDays(7));

        (HttpStatusCode late, _, string over) = await PostAsync(survey.Page, new { score = 5 });
        (HttpStatusCode forged, _, string unknown) = await PostAsync(new Uri(survey.Page, new string('0', 40)), new { score = 5 });

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.NotFound), (late, forged));
        Assert.Equal(410, (int)JsonNode.Parse(over)!["status"]!);
        Assert.Equal("not_found", (string?)JsonNode.Parse(unknown)!["code"]);
        Assert.Empty(await survey.AnswersAsync());
    }

    private static Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(Uri page, object answer, string? accept = null) =>
        SendAsync(page, JsonContent.Create(answer), accept);

    private static Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(Uri page, string answer) =>
        SendAsync(page, new StringContent(answer, System.Text.Encoding.UTF8, "application/json"), null);

    private static async Task<(HttpStatusCode Status, string? Type, string Body)> SendAsync(Uri page, HttpContent content, string? accept)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, page) { Content = content };
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        using HttpResponseMessage answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
