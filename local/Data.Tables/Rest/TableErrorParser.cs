using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Core;

namespace Azure.Data.Tables.Rest;

/// <summary>Reads {"odata.error":{"code":...,"message":{"value":...}}}.</summary>
internal sealed partial class TableErrorParser : RequestFailedDetailsParser
{
    internal const string FailedIndexKey = "FailedEntity";

    internal static TableErrorParser Instance { get; } = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        if (response.ContentStream is null || !TryReadError(response.Content, out string? code, out string? message)) return false;
        error = new ResponseError(code, message);
        data = new Dictionary<string, string>();
        // In a transaction the message begins with the position of the action that failed.
        if (Index().Match(message) is { Success: true } match) data[FailedIndexKey] = match.Groups[1].Value;
        return true;
    }

    private static bool TryReadError(BinaryData content, [NotNullWhen(true)] out string? code, [NotNullWhen(true)] out string? message)
    {
        (code, message) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(content);
            var error = json.RootElement.GetProperty("odata.error");
            code = error.GetProperty("code").GetString();
            message = error.GetProperty("message").GetProperty("value").GetString();
            return code is not null && message is not null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy's page or an empty body: the status has to do.
            return false;
        }
    }

    [GeneratedRegex(@"^(\d+):")]
    private static partial Regex Index();
}
