using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_an_HTTP_request_comes : IClassFixture<HostOf<When_an_HTTP_request_comes.Functions>>
{
    private readonly HttpClient _http;
    private readonly RunningHost _host;

    public When_an_HTTP_request_comes(HostOf<Functions> host) => (_host, _http) = (host.Running, host.Running.Http);

    [Theory]
    [InlineData("api/orders/17", "number 17")]
    [InlineData("api/orders/seventeen", "text seventeen")]
    [InlineData("api/orders/latest", "latest")]
    public async Task Picks_the_most_specific_route_whose_constraints_fit(string path, string expected) =>
        Assert.Equal(expected, await _http.GetStringAsync(path));

    [Theory]
    [InlineData("api/files", "[]")]
    [InlineData("api/files/a", "[a]")]
    [InlineData("api/files/a/b%20c.txt", "[a/b c.txt]")]
    public async Task Gives_a_catch_all_segment_the_rest_of_the_path(string path, string expected) =>
        Assert.Equal(expected, await _http.GetStringAsync(path));

    [Theory]
    [InlineData("api/pages", "1")]
    [InlineData("api/pages/4", "4")]
    public async Task Uses_the_default_of_an_optional_parameter(string path, string expected) =>
        Assert.Equal(expected, await _http.GetStringAsync(path));

    [Theory]
    [InlineData("GET", "api/nowhere")]
    [InlineData("GET", "orders/17")]
    [InlineData("DELETE", "api/orders/17")]
    [InlineData("GET", "api/things/not-a-guid")]
    public async Task Answers_404_to_a_path_or_method_that_no_function_has(string method, string path)
    {
        using HttpResponseMessage response = await SendAsync(method, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Converts_route_and_query_values_to_the_parameters_types()
    {
        var id = Guid.NewGuid();
        Assert.Equal($"{id} 3 Friday {id}", await _http.GetStringAsync($"api/things/{id}?count=3&day=friday"));
    }

    [Fact]
    public async Task Hands_the_raw_body_headers_query_and_cookies_on()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/echo?q=a%20b&q=c") { Content = new ByteArrayContent([0, 255, 13, 10, 1]) };
        request.Headers.Add("X-Thing", ["one", "two"]);
        request.Headers.Add("Cookie", "theme=dark; session=a=b");
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([0, 255, 13, 10, 1], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("POST a b,c one, two theme:dark|session:a=b", response.Headers.GetValues("X-Seen").Single());
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("sid=42; max-age=60; path=/; samesite=lax; httponly", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task Writes_JSON_with_the_codes_names_and_reads_it_without_regard_to_case()
    {
        using HttpResponseMessage response = await _http.PostAsync("api/json", new StringContent("{\"customerNAME\":\"Ida\"}"));
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("{\"CustomerName\":\"Ida!\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Binds_the_body_to_a_parameter_marked_FromBody()
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("api/from-body/7", new Customer("Bo"));
        Assert.Equal("7 Bo", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Answers_HEAD_without_a_body()
    {
        using HttpResponseMessage response = await SendAsync("HEAD", "api/headed");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Answers_500_without_a_word_and_logs_the_failure_once()
    {
        using HttpResponseMessage response = await _http.GetAsync("api/failing");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Single(_host.Log.Errors, line => line.Contains("the secret reason", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api/returns-nothing", HttpStatusCode.NoContent, "")]
    [InlineData("api/returns-text", HttpStatusCode.OK, "plain")]
    [InlineData("api/returns-object", HttpStatusCode.OK, "{\"CustomerName\":\"Eve\"}")]
    public async Task Turns_other_results_into_a_response(string path, HttpStatusCode status, string body)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        Assert.Equal((status, body), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Continues_the_callers_trace()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/trace");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using HttpResponseMessage response = await _http.SendAsync(request);
        string[] parent = (await response.Content.ReadAsStringAsync()).Split('-');
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", parent[1]);
        Assert.NotEqual("b7ad6b7169203331", parent[2]);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await _http.SendAsync(request);
    }

    public sealed record Customer(string CustomerName);

    public class Functions
    {
        [Function("OrderByNumber")]
        public static Task<HttpResponseData> ByNumber(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{number:int}")] HttpRequestData request, int number) =>
            Text(request, $"number {number}");

        [Function("OrderByText")]
        public static Task<HttpResponseData> ByText(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{name:alpha}")] HttpRequestData request, string name) =>
            Text(request, $"text {name}");

        [Function("LatestOrder")]
        public static Task<HttpResponseData> Latest(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/latest")] HttpRequestData request) => Text(request, "latest");

        [Function("Files")]
        public static Task<HttpResponseData> Files(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequestData request, string? path) => Text(request, $"[{path}]");

        [Function("Pages")]
        public static Task<HttpResponseData> Pages(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{number:int?}")] HttpRequestData request, int number = 1) =>
            Text(request, $"{number}");

        [Function("Things")]
        public static Task<HttpResponseData> Things(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:guid}")] HttpRequestData request,
            Guid id, int? count, DayOfWeek day, FunctionContext context) =>
            Text(request, $"{id} {count} {day} {context.BindingContext.BindingData["ID"]}");

        [Function("echo")]
        public static HttpResponseData Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request)
        {
            HttpResponseData response = request.CreateResponse(HttpStatusCode.Accepted);
            response.Headers.Add("Content-Type", "application/octet-stream");
            response.Headers.Add("X-Seen",
                $"{request.Method} {request.Query["q"]} {string.Join('|', request.Headers.GetValues("x-thing"))} "
                + string.Join('|', request.Cookies.Select(cookie => $"{cookie.Name}:{cookie.Value}")));
            response.Cookies.Append(new HttpCookie("sid", "42") { MaxAge = 60, Path = "/", HttpOnly = true, SameSite = SameSite.Lax });
            using var body = new MemoryStream();
            request.Body.CopyTo(body);
            response.WriteBytes(body.ToArray());
            return response;
        }

        [Function("json")]
        public static async Task<HttpResponseData> Json([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request)
        {
            Customer? customer = await request.ReadFromJsonAsync<Customer>();
            HttpResponseData response = request.CreateResponse();
            await response.WriteAsJsonAsync(customer! with { CustomerName = customer.CustomerName + "!" });
            return response;
        }

        [Function("FromBody")]
        public static Task<HttpResponseData> FromBody(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "from-body/{id}")] HttpRequestData request, long id, [FromBody] Customer customer) =>
            Text(request, $"{id} {customer.CustomerName}");

        [Function("headed")]
        public static Task<HttpResponseData> Headed([HttpTrigger(AuthorizationLevel.Anonymous, "head")] HttpRequestData request) => Text(request, "12345");

        [Function("failing")]
        public static HttpResponseData Failing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) =>
            throw new InvalidOperationException($"the secret reason at {request.Url}");

        [Function("returns-nothing")]
        public static Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => Task.CompletedTask;

        [Function("returns-text")]
        public static ValueTask<string> ReturnsText([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => ValueTask.FromResult("plain");

        [Function("returns-object")]
        public static Customer ReturnsObject([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => new("Eve");

        [Function("trace")]
        public static Task<HttpResponseData> Trace([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request, FunctionContext context) =>
            Text(request, context.TraceContext.TraceParent);

        private static async Task<HttpResponseData> Text(HttpRequestData request, string text)
        {
            HttpResponseData response = request.CreateResponse();
            await response.WriteStringAsync(text, Encoding.UTF8);
            return response;
        }
    }
}
