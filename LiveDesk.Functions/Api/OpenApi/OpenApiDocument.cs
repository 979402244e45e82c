using System.Reflection;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Api.OpenApi;

/// <summary>OpenAPI 3.1 of every function that HTTP reaches: paths and roles from its attributes, schemas from its contract types.</summary>
internal static class OpenApiDocument
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    public static JsonObject Make(Uri publicBaseUrl)
    {
        var schemas = new OpenApiSchemas();
        JsonObject paths = Paths(schemas);
        schemas.Add("Problem", Problem());
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "LiveDesk",
                ["version"] = "1.0.0",
                ["description"] = "The backend of a customer-messaging desk. Instants are UTC, answered to the second or with three decimals, durations are ISO 8601; errors are problem documents with a stable code.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/api" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key (ldk_...) or a token of the configured issuer." },
                },
                ["schemas"] = schemas.ToJson(),
                ["responses"] = OpenApiErrors.Responses(),
            },
        };
    }

    private static JsonObject Paths(OpenApiSchemas schemas)
    {
        var paths = new JsonObject();
        foreach ((MethodInfo method, HttpTriggerAttribute trigger) in Triggers())
        {
            string path = "/" + string.Join('/', trigger.Route!.Split('/').Select(part => part.StartsWith('{') ? $"{{{Name(part)}}}" : part));
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            foreach (string verb in trigger.Methods ?? Verbs) item[verb.ToLowerInvariant()] = Operation(method, trigger, verb.ToLowerInvariant(), schemas);
        }
        return paths;
    }

    private static IEnumerable<(MethodInfo Method, HttpTriggerAttribute Trigger)> Triggers() =>
        from type in typeof(OpenApiDocument).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetCustomAttribute<FunctionAttribute>() is not null
        let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
        where trigger?.Route is not null
        orderby trigger.Route, method.Name
        select (method, trigger);

    private static JsonObject Operation(MethodInfo method, HttpTriggerAttribute trigger, string verb, OpenApiSchemas schemas)
    {
        string function = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        Role? role = method.GetCustomAttribute<OperationAttribute>()?.MinimumRole;
        AnswersAttribute[] answers = [.. method.GetCustomAttributes<AnswersAttribute>()];
        var operation = new JsonObject
        {
            ["operationId"] = trigger.Methods is { Length: > 1 } ? $"{function}_{verb}" : function,
            ["summary"] = Spoken(function),
            ["tags"] = new JsonArray(Tag(trigger.Route!)),
            ["parameters"] = Parameters(method, trigger, verb, role is not null, answers),
        };
        if (role is { } minimum) operation["description"] = $"Needs the role {minimum.ToString().ToLowerInvariant()} or a higher one.";
        else operation["security"] = new JsonArray();
        ReadsAttribute? reads = method.GetCustomAttribute<ReadsAttribute>();
        if (reads is not null) operation["requestBody"] = Body(reads, schemas);
        operation["responses"] = Responses(verb, role, reads is not null, answers, schemas);
        return operation;
    }

    private static JsonArray Parameters(MethodInfo method, HttpTriggerAttribute trigger, string verb, bool isOperation, AnswersAttribute[] answers)
    {
        var parameters = new JsonArray();
        foreach (string part in trigger.Route!.Split('/').Where(p => p.StartsWith('{')))
            parameters.Add(Parameter(Name(part), "path", Name(part) == "ws" ? "The workspace." : null, "string", required: true));
        foreach (QueryAttribute query in method.GetCustomAttributes<QueryAttribute>()) parameters.Add(Parameter(query.Name, "query", query.Description, "string"));
        if (answers.Any(a => a.Body is { IsGenericType: true } body && body.GetGenericTypeDefinition() == typeof(ListView<>)) && verb == "get")
        {
            parameters.Add(Parameter("limit", "query", "1 to 200; 50 if absent.", "integer"));
            parameters.Add(Parameter("cursor", "query", "Where the page before ended: its nextCursor.", "string"));
        }
        if (isOperation && verb == "post") parameters.Add(Parameter("Idempotency-Key", "header", "Makes the request safe to repeat for 24 hours.", "string"));
        if (isOperation && verb != "get") parameters.Add(Parameter("If-Match", "header", "The ETag that was read; another version is refused with 412.", "string"));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string? description, string type, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = type } };
        if (description is not null) parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Body(ReadsAttribute reads, OpenApiSchemas schemas)
    {
        if (reads.Body == typeof(byte[]))
            return new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/octet-stream"] = new JsonObject() } };
        var media = new JsonObject { ["schema"] = reads.Partial ? schemas.PartialOf(reads.Body) : schemas.Of(reads.Body) };
        if (!reads.Partial && OpenApiExamples.Of(reads.Body) is { } example) media["example"] = example;
        var content = new JsonObject { [reads.Partial ? "application/merge-patch+json" : "application/json"] = media };
        if (reads.Form) content["application/x-www-form-urlencoded"] = media.DeepClone();
        return new JsonObject { ["required"] = true, ["content"] = content };
    }

    private static JsonObject Responses(string verb, Role? role, bool reads, AnswersAttribute[] answers, OpenApiSchemas schemas)
    {
        var responses = new JsonObject();
        foreach (AnswersAttribute answer in answers) responses[$"{answer.Status}"] = Success(answer, schemas);
        if (answers.Length == 0) responses["2XX"] = new JsonObject { ["description"] = "Done." };
        if (role is null) return responses;
        foreach (int status in OpenApiErrors.Of(verb, role.Value, reads))
            responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{OpenApiErrors.NameOf(status)}" };
        return responses;
    }

    private static JsonObject Success(AnswersAttribute answer, OpenApiSchemas schemas)
    {
        var response = new JsonObject { ["description"] = answer.Status switch { 201 => "Created.", 202 => "Accepted.", 204 => "Done; no body.", _ => "The answer." } };
        var text = new JsonObject { ["type"] = "string" };
        var headers = new JsonObject();
        bool list = answer.Body is { IsGenericType: true };
        if (answer.Body is not null && !list) headers["ETag"] = new JsonObject { ["description"] = "The version, for If-Match.", ["schema"] = text.DeepClone() };
        if (answer.Status == 201) headers["Location"] = new JsonObject { ["description"] = "Where it is.", ["schema"] = text.DeepClone() };
        if (headers.Count > 0) response["headers"] = headers;
        if (answer.Body is { } body)
            response["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Of(body) } };
        return response;
    }

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("type", "title", "status", "code", "detail", "errors"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["code"] = new JsonObject { ["type"] = "string", ["description"] = "Stable; decide by it.", ["pattern"] = "^[a-z_]+$" },
            ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "For a person." },
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("field", "message"),
                    ["properties"] = new JsonObject
                    {
                        ["field"] = new JsonObject { ["type"] = "string" },
                        ["message"] = new JsonObject { ["type"] = "string" },
                    },
                },
            },
        },
    };

    private static string Name(string part) => part.Trim('{', '}', '?').Split(':')[0].TrimStart('*');

    private static string Tag(string route) => route.Split('/').FirstOrDefault(part => !part.StartsWith('{') && part is not ("v1" or "workspaces")) ?? "desk";

    private static string Spoken(string function) =>
        string.Concat(function.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(function[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{c}")) + ".";
}
