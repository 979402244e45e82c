using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.OpenApi;
using LiveDesk.Tests.EndToEnd.Hostile;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_the_api_describes_itself
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task Every_path_of_it_is_there_guarded_and_strict()
    {
        await using Desk desk = await Desk.StartAsync();
        Scene scene = await Scene.SetAsync(desk);
        JsonNode document = await desk.Api.GetAsync("/api/openapi.json");
        var faults = new List<string>();
        using var http = new HttpClient { BaseAddress = desk.Settings.BaseUrl };
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            string[] offered = [.. item!.AsObject().Select(o => o.Key)];
            string url = "/api" + string.Join('/', path.Split('/').Select(p => p.StartsWith('{') ? scene.Ids.GetValueOrDefault(p.Trim('{', '}'), "x") : p));
            foreach (string verb in offered)
            {
                JsonNode operation = item[verb]!;
                if (operation["security"] is JsonArray { Count: 0 }) continue;
                Expect(HttpStatusCode.Unauthorized, await StatusAsync(http, verb, url, null, null), $"{verb} {path} without a key", faults);
                if (operation["requestBody"]?["content"]?["application/octet-stream"] is null && verb is "post" or "put" or "patch" && operation["requestBody"] is not null)
                    Expect(HttpStatusCode.BadRequest, await StatusAsync(http, verb, url, scene.Admin, "{"), $"{verb} {path} malformed", faults);
            }
            if (offered.Any(verb => item[verb]!["security"] is JsonArray { Count: 0 })) continue;
            string other = Verbs.First(v => !offered.Contains(v));
            HttpStatusCode wrong = await StatusAsync(http, other, url, scene.Admin, "{}");
            if (wrong is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)) faults.Add($"{other} {path}: {wrong}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Is_valid_for_those_who_read_OpenAPI()
    {
        JsonObject document = OpenApiDocument.Make(new Uri("https://desk.example/"));

        Microsoft.OpenApi.Reader.OpenApiDiagnostic good = Read(document);
        document["info"]!.AsObject().Remove("title");
        Microsoft.OpenApi.Reader.OpenApiDiagnostic bad = Read(document);

        Assert.Empty(good.Errors);
        Assert.Empty(good.Warnings);
        Assert.Equal(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1, good.SpecificationVersion);
        Assert.NotEmpty(bad.Errors);

        static Microsoft.OpenApi.Reader.OpenApiDiagnostic Read(JsonObject json) =>
            Microsoft.OpenApi.OpenApiDocument.Parse(json.ToJsonString(), "json").Diagnostic!;
    }

    [Fact]
    public void Leaves_no_operation_out()
    {
        JsonObject paths = OpenApiDocument.Make(new Uri("https://desk.example/"))["paths"]!.AsObject();
        Assert.True(ApiOperation.All.Count > 40);
        Assert.All(ApiOperation.All, operation =>
        {
            JsonNode? item = paths[$"/{operation.Route}"];
            JsonNode? described = item?[operation.Method.Method.ToLowerInvariant()];
            Assert.True(described is not null, $"{operation.Method} {operation.Route}");
            Assert.Equal(operation.Function, (string?)described["operationId"]);
            Assert.Equal(
                operation.Parameters, described["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!));
        });
    }

    [Fact]
    public void Points_only_at_what_is_there_and_names_no_operation_twice()
    {
        JsonObject document = OpenApiDocument.Make(new Uri("https://desk.example/"));
        string[] references = [.. References(document)];
        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            JsonNode? at = document;
            foreach (string part in reference.TrimStart('#', '/').Split('/'))
                at = at is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : at?[part.Replace("~1", "/", StringComparison.Ordinal)];
            Assert.True(at is not null, reference);
        });
        string[] ids = [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => (string)o.Value!["operationId"]!)];
        Assert.Equal(ids.Distinct().Order(), ids.Order());
        Assert.All(document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()), o => Assert.NotEmpty(o.Value!["responses"]!.AsObject()));
    }

    [Fact]
    public void Says_of_a_rule_what_the_api_takes()
    {
        JsonNode schemas = OpenApiDocument.Make(new Uri("https://desk.example/"))["components"]!["schemas"]!;
        JsonNode rule = schemas["RoutingRuleRequest"]!;
        Assert.Equal(["target"], rule["required"]!.AsArray().Select(r => (string?)r));
        Assert.False((bool)rule["additionalProperties"]!);
        Assert.Equal("duration", (string?)rule["properties"]!["waitTimeout"]!["format"]);
        Assert.Equal(["agent", "team", "aiAgent", "queue"], rule["properties"]!["target"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(e => (string?)e));
        Assert.Null(schemas["RoutingRuleRequestPatch"]!["required"]);
        Assert.Equal("string", (string?)schemas["Team"]!["properties"]!["agentIds"]!["items"]!["type"]);
    }

    [Fact]
    public void Gives_examples_that_the_api_reads()
    {
        Assert.All(OpenApiExamples.All, example =>
        {
            using JsonDocument parsed = JsonDocument.Parse(example.Value);
            Assert.NotNull(JsonSerializer.Deserialize(parsed.RootElement, example.Key, ApiJson.Options));
        });
    }

    private static IEnumerable<string> References(JsonNode node)
    {
        if (node is JsonObject fields && fields["$ref"] is JsonValue reference) yield return (string)reference!;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject parts => parts.Select(p => p.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (string found in children.OfType<JsonNode>().SelectMany(References)) yield return found;
    }

    private static void Expect(HttpStatusCode wanted, HttpStatusCode given, string what, List<string> faults)
    {
        if (wanted != given) faults.Add($"{what}: {given}");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string verb, string url, string? authorization, string? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(verb), url);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
