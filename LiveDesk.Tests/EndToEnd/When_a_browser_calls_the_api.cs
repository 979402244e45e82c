using System.Net;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_browser_calls_the_api
{
    private const string Ours = "https://desk.example";

    [Fact]
    public async Task Only_the_origins_of_the_setting_may_read_the_answer()
    {
        await using Desk desk = await Desk.StartAsync(null, $"--LiveDesk:Cors={Ours}");

        HttpResponseMessage ours = await CallAsync(desk, HttpMethod.Get, Ours);
        HttpResponseMessage other = await CallAsync(desk, HttpMethod.Get, "https://evil.example");
        desk.Api.Http.DefaultRequestHeaders.Authorization = null;
        HttpResponseMessage refused = await CallAsync(desk, HttpMethod.Get, Ours);

        Assert.Equal((HttpStatusCode.OK, Ours), (ours.StatusCode, Allowed(ours)));
        Assert.Contains("Origin", ours.Headers.Vary);
        Assert.Contains("ETag", string.Join(",", ours.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        Assert.Null(Allowed(other));
        // The frontend can read why it was refused.
        Assert.Equal((HttpStatusCode.Unauthorized, Ours), (refused.StatusCode, Allowed(refused)));
    }

    [Fact]
    public async Task The_browser_may_ask_first_without_a_key()
    {
        await using Desk desk = await Desk.StartAsync(null, $"--LiveDesk:Cors={Ours}");
        desk.Api.Http.DefaultRequestHeaders.Authorization = null;

        HttpResponseMessage asked = await CallAsync(desk, HttpMethod.Options, Ours);

        Assert.Equal((HttpStatusCode.NoContent, Ours), (asked.StatusCode, Allowed(asked)));
        Assert.Contains("PATCH", string.Join(",", asked.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", string.Join(",", asked.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_origin_may_call_if_the_setting_says_so()
    {
        await using Desk desk = await Desk.StartAsync(null, "--LiveDesk:Cors=*");

        Assert.Equal("*", Allowed(await CallAsync(desk, HttpMethod.Get, "https://anybody.example")));
    }

    private static async Task<HttpResponseMessage> CallAsync(Desk desk, HttpMethod method, string origin)
    {
        using var request = new HttpRequestMessage(method, "channels");
        request.Headers.Add("Origin", origin);
        return await desk.Api.Http.SendAsync(request);
    }

    private static string? Allowed(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null;
}
