using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LiveDesk.Local.Demo;

/// <summary>The desk, or the simulated provider, did not do what it should.</summary>
internal sealed class UnexpectedException(string message) : Exception(message);

/// <summary>A caller of the desk's API, or of the simulator's.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    /// <param name="address">Ends with a slash.</param>
    /// <param name="key">API key of the caller; null: none.</param>
    public ApiClient(Uri address, string? key = null)
    {
        _http = new HttpClient { BaseAddress = address };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Asks for a page again and again until what is picked from it holds.</summary>
    /// <exception cref="UnexpectedException">It has not come about within 30 s.</exception>
    public async Task<JsonNode> UntilAsync(
        string path, Func<JsonNode, JsonNode?> pick, Func<JsonNode, bool> holds, TimeSpan pause, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        using var pauses = new PeriodicTimer(pause);
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            JsonNode page = await GetAsync(path);
            if ((page["items"] is not JsonArray { Count: 0 } ? pick(page) : null) is { } found && holds(found)) return found;
            await pauses.WaitForNextTickAsync(cancellationToken);
        }
        throw new UnexpectedException($"after {Patience.TotalSeconds:0} s it has still not happened.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new UnexpectedException($"{method} {request.RequestUri} was answered with {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
