using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Http;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
internal static class MergePatch
{
    public static JsonElement Apply(JsonElement target, JsonElement patch)
    {
        JsonNode? merged = Apply(JsonSerializer.SerializeToNode(target), JsonSerializer.SerializeToNode(patch));
        return JsonSerializer.SerializeToElement(merged);
    }

    private static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        JsonObject result = target is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach ((string name, JsonNode? value) in changes)
        {
            // A null stays: in this API it is a value ("no limit"), and what cannot be null is refused by name.
            result[name] = value is null ? null : Apply(result[name], value);
        }
        return result;
    }
}

internal static class RefusalPaths
{
    /// <summary>The refusal of a part, named as a part of the whole.</summary>
    public static Refusal Under(this Refusal refusal, string path)
    {
        string Name(string field) => field == "$" ? path : $"{path}.{field}";
        return refusal with
        {
            Field = refusal.Field is { } field ? Name(field) : path,
            Errors = [.. refusal.Errors.Select(e => e with { Field = Name(e.Field) })],
        };
    }
}
