using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.OpenApi;

/// <summary>JSON schemas of contract types, as the serializer itself sees them; each is written once and then referred to.</summary>
internal sealed class OpenApiSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _types = [];

    public void Add(string name, JsonNode schema) => _schemas[name] = schema;

    public JsonObject ToJson() => new(_schemas.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value)));

    /// <summary>A reference to the type's schema; a list is written out.</summary>
    public JsonObject Of(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListView<>)
        ? new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items", "nextCursor"),
            ["properties"] = new JsonObject
            {
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = Of(type.GetGenericArguments()[0]) },
                ["nextCursor"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
            },
        }
        : Reference(type, NameOf(type), schema => schema);

    /// <summary>The same with nothing required: what a merge patch may say.</summary>
    public JsonObject PartialOf(Type type) => Reference(type, $"{NameOf(type)}Patch", schema =>
    {
        if (schema is JsonObject fields) fields.Remove("required");
        return schema;
    });

    private JsonObject Reference(Type type, string name, Func<JsonNode, JsonNode> change)
    {
        if (_types.TryGetValue(name, out Type? known) && known != type) throw new InvalidOperationException($"{known} and {type} would both be called {name}.");
        _types[name] = type;
        if (!_schemas.ContainsKey(name)) _schemas[name] = Rooted(change(ApiJson.Options.GetJsonSchemaAsNode(type, Options)), $"#/components/schemas/{name}");
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private static string NameOf(Type type)
    {
        string name = type.Name.Split('`')[0];
        if (name.EndsWith("View", StringComparison.Ordinal)) name = name[..^4];
        return type.IsGenericType ? $"{name}Of{string.Join("And", type.GetGenericArguments().Distinct().Select(NameOf))}" : name;
    }

    /// <summary>References within a schema count from its root, which now stands inside the document.</summary>
    private static JsonNode Rooted(JsonNode node, string root)
    {
        if (node is JsonObject fields)
        {
            if ((string?)(fields["$ref"] as JsonValue) is { } reference && reference.StartsWith('#')) fields["$ref"] = root + reference[1..];
            foreach (JsonNode child in fields.Select(f => f.Value).OfType<JsonNode>().ToArray()) Rooted(child, root);
        }
        else if (node is JsonArray items)
            foreach (JsonNode child in items.OfType<JsonNode>().ToArray()) Rooted(child, root);
        return node;
    }

    /// <summary>What the exporter cannot see into: types with a converter of their own.</summary>
    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool nullable = type != context.TypeInfo.Type || context.PropertyInfo is { IsGetNullable: true, PropertyType.IsValueType: false };
        JsonObject? known = type switch
        {
            _ when context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(EitherAttribute), false) is [EitherAttribute either] =>
                AnyOf(either.Types, nullable),
            { IsEnum: true } => new JsonObject { ["enum"] = Names(type, nullable) },
            _ when type == typeof(TimeSpan) => Text("duration", nullable),
            _ when type == typeof(DateTimeOffset) => Text("date-time", nullable),
            _ when type == typeof(Uri) => Text("uri", nullable),
            _ when type == typeof(E164) => new JsonObject { ["type"] = TypeOf(nullable), ["pattern"] = "^\\+[1-9][0-9]{6,14}$" },
            _ when type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStringId<>)) => Text(null, nullable),
            _ => null,
        };
        return known ?? WithElements(context.TypeInfo, schema as JsonObject ?? new JsonObject());
    }

    /// <summary>The exporter leaves the elements out where it cannot see into their type.</summary>
    private static JsonObject WithElements(JsonTypeInfo type, JsonObject schema)
    {
        string? field = type.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "items",
            JsonTypeInfoKind.Dictionary => "additionalProperties",
            _ => null,
        };
        if (field is not null && schema[field] is null && type.ElementType is { } element) schema[field] = ApiJson.Options.GetJsonSchemaAsNode(element, Options);
        return schema;
    }

    private static JsonObject AnyOf(IEnumerable<Type> types, bool nullable)
    {
        var schemas = new JsonArray([.. types.Select(type => ApiJson.Options.GetJsonSchemaAsNode(type, Options))]);
        if (nullable) schemas.Add((JsonNode)new JsonObject { ["type"] = "null" });
        return new JsonObject { ["anyOf"] = schemas };
    }

    private static JsonArray Names(Type type, bool nullable)
    {
        var names = new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, type, ApiJson.Options))]);
        if (nullable) names.Add((JsonNode?)null);
        return names;
    }

    private static JsonObject Text(string? format, bool nullable)
    {
        var schema = new JsonObject { ["type"] = TypeOf(nullable) };
        if (format is not null) schema["format"] = format;
        return schema;
    }

    private static JsonNode TypeOf(bool nullable) => nullable ? new JsonArray("string", "null") : JsonValue.Create("string");
}
