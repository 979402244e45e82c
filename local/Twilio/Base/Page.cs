using System.Text.Json;
using Twilio.Json;

namespace Twilio.Base;

/// <summary>One page of a list. The 2010 API links pages by relative uri, the v1 APIs by an absolute url in <c>meta</c>.</summary>
/// <typeparam name="T">The resource listed.</typeparam>
public class Page<T>
    where T : Resource
{
    private readonly string? _nextPageUri;
    private readonly string? _nextPageUrl;
    private readonly string? _previousPageUri;
    private readonly string? _previousPageUrl;

    private Page(List<T> records, int pageSize, JsonElement links)
    {
        Records = records;
        PageSize = pageSize;
        _nextPageUri = Link(links, "next_page_uri");
        _nextPageUrl = Link(links, "next_page_url");
        _previousPageUri = Link(links, "previous_page_uri");
        _previousPageUrl = Link(links, "previous_page_url");
    }

    public List<T> Records { get; }

    /// <summary>Page size that the server used; 0 if it names none.</summary>
    public int PageSize { get; }

    public bool HasNextPage() => !string.IsNullOrEmpty(_nextPageUrl) || !string.IsNullOrEmpty(_nextPageUri);

    /// <summary>Reads a page.</summary>
    /// <param name="recordKey">Member that holds the records, such as <c>messages</c>.</param>
    /// <param name="json">The response body.</param>
    public static Page<T> FromJson(string recordKey, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        List<T> records = root.GetProperty(recordKey).EnumerateArray().Select(TwilioJson.Read<T>).ToList();
        if (root.TryGetProperty("uri", out _))
            return new Page<T>(records, Size(root, records.Count), root);
        return root.TryGetProperty("meta", out JsonElement meta)
            ? new Page<T>(records, Size(meta, records.Count), meta)
            : new Page<T>(records, 0, root);
    }

    internal string NextPageUrl(string product) => _nextPageUrl ?? Absolute(product, _nextPageUri);

    internal string PreviousPageUrl(string product) => _previousPageUrl ?? Absolute(product, _previousPageUri);

    private static string Absolute(string product, string? uri) => $"https://{product}.twilio.com{uri}";

    private static int Size(JsonElement paging, int fallback) =>
        paging.TryGetProperty("page_size", out JsonElement size) ? size.GetInt32() : fallback;

    private static string? Link(JsonElement paging, string name) =>
        paging.ValueKind == JsonValueKind.Object && paging.TryGetProperty(name, out JsonElement link) ? link.GetString() : null;
}
