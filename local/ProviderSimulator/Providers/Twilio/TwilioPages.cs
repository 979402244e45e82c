using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Lists in pages: the 2010 API links them by a relative uri, the v1 APIs by an absolute url on the official host.</summary>
internal static class TwilioPages
{
    private const int DefaultSize = 50;
    private const int LargestSize = 1000;

    /// <param name="request">Its <c>PageSize</c> and <c>Page</c> choose the page.</param>
    /// <param name="path">Path of the list, from <c>/2010-04-01</c> on.</param>
    /// <param name="key">Name of the records.</param>
    /// <param name="records">All of them, in order.</param>
    public static IResult V2010<T>(HttpRequest request, string path, string key, IReadOnlyList<T> records, Func<T, JsonObject> document)
    {
        (int size, int page) = Chosen(request);
        int start = page * size;
        return Results.Json(new JsonObject
        {
            ["first_page_uri"] = path + Query(request, 0, size),
            ["end"] = Math.Max(start, Math.Min(start + size, records.Count)) - 1,
            ["next_page_uri"] = start + size < records.Count ? path + Query(request, page + 1, size) : null,
            ["page"] = page,
            ["page_size"] = size,
            ["previous_page_uri"] = page > 0 ? path + Query(request, page - 1, size) : null,
            [key] = new JsonArray([.. records.Skip(start).Take(size).Select(document)]),
            ["start"] = start,
            ["uri"] = path + request.QueryString,
        });
    }

    /// <param name="request">Its <c>PageSize</c> and <c>Page</c> choose the page.</param>
    /// <param name="url">Official address of the list.</param>
    /// <param name="key">Name of the records.</param>
    /// <param name="records">All of them, in order.</param>
    public static IResult V1<T>(HttpRequest request, string url, string key, IReadOnlyList<T> records, Func<T, JsonObject> document)
    {
        (int size, int page) = Chosen(request);
        return Results.Json(new JsonObject
        {
            ["meta"] = new JsonObject
            {
                ["page"] = page,
                ["page_size"] = size,
                ["first_page_url"] = url + Query(request, 0, size),
                ["previous_page_url"] = page > 0 ? url + Query(request, page - 1, size) : null,
                ["url"] = url + Query(request, page, size),
                ["next_page_url"] = (page + 1) * size < records.Count ? url + Query(request, page + 1, size) : null,
                ["key"] = key,
            },
            [key] = new JsonArray([.. records.Skip(page * size).Take(size).Select(document)]),
        });
    }

    private static (int Size, int Page) Chosen(HttpRequest request) =>
        (Math.Clamp(Number(request, "PageSize", DefaultSize), 1, LargestSize), Math.Max(0, Number(request, "Page", 0)));

    private static int Number(HttpRequest request, string name, int fallback) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : fallback;

    private static string Query(HttpRequest request, int page, int size)
    {
        IEnumerable<string> filters = request.Query
            .Where(pair => pair.Key is not ("Page" or "PageSize" or "PageToken"))
            .Select(pair => WebUtility.UrlEncode(pair.Key) + "=" + WebUtility.UrlEncode(pair.Value.ToString()));
        string token = page == 0 ? string.Empty : "&PageToken=P" + page.ToString(CultureInfo.InvariantCulture);
        return "?" + string.Join('&', filters.Append($"PageSize={size}").Append($"Page={page}")) + token;
    }
}
