using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>An answer with what clients look at besides the body.</summary>
internal sealed record Answered(int Status, JsonNode? Body, string? ETag, string? Location)
{
    public string? Code => (string?)Body?["code"];

    public string? Field => (string?)Body?["errors"]?.AsArray().FirstOrDefault()?["field"];

    public string Id => (string)Body!["id"]!;
}

internal static class Requests
{
    public static async Task<Answered> CallAsync(
        this DeskApi api, HttpMethod method, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        string? etag = response.Headers.ETag?.ToString();
        return new Answered((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), etag, response.Headers.Location?.ToString());
    }

    /// <summary>Creates something and returns its id.</summary>
    public static async Task<string> CreateAsync(this DeskApi api, string path, object body)
    {
        Answered created = await api.CallAsync(HttpMethod.Post, path, body);
        Assert.True(created.Status == 201, $"{path}: {created.Status} {created.Body}");
        return created.Id;
    }
}
