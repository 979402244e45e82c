using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>A client of the API, as a frontend would be one.</summary>
internal sealed class DeskApi : IDisposable
{
    public const string Workspace = "/api/v1/workspaces/main/";

    public DeskApi(Uri baseUrl, string key = DeskSettings.AdminKey)
    {
        Http = new HttpClient { BaseAddress = new Uri(baseUrl, Workspace) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path), HttpStatusCode.OK);

    public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Http.PostAsJsonAsync(path, body), expected);

    public async Task<JsonNode> PutAsync(string path, object body) => await ReadAsync(await Http.PutAsJsonAsync(path, body), HttpStatusCode.OK);

    public async Task<JsonNode> PatchAsync(string path, object body) => await ReadAsync(await Http.PatchAsJsonAsync(path, body), HttpStatusCode.OK);

    /// <summary>Sends what the desk shall refuse and returns the problem.</summary>
    public async Task<JsonNode> RefusedAsync(HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await ReadAsync(await Http.SendAsync(request), expected);
    }

    public async Task<IReadOnlyList<JsonNode>> ItemsAsync(string path) => [.. (await GetAsync(path))["items"]!.AsArray().Select(i => i!)];

    public async Task<string> CreateAgentAsync(string name, int? limit = null, bool online = true)
    {
        string id = (string)(await PostAsync("agents", new { name, limit }, HttpStatusCode.Created))["id"]!;
        if (online) await PutAsync($"agents/{id}/presence", new { status = "online" });
        return id;
    }

    /// <summary>The client of a person.</summary>
    public async Task<DeskApi> SpeakingForAsync(string agent)
    {
        JsonNode key = await PostAsync($"agents/{agent}/keys", new { }, HttpStatusCode.Created);
        return new DeskApi(new Uri(Http.BaseAddress!, "/"), (string)key["key"]!);
    }

    public Task<JsonNode> SendAsync(string conversation, string text) =>
        PostAsync($"conversations/{conversation}/messages", new { text }, HttpStatusCode.Accepted);

    public async Task<JsonNode> ConversationAsync(string id) => await GetAsync($"conversations/{id}");

    public Task<IReadOnlyList<JsonNode>> MessagesAsync(string conversation) => ItemsAsync($"conversations/{conversation}/messages?limit=200");

    public Task<JsonNode> MessageIsAsync(string conversation, string message, params string[] statuses) => Eventually.SeesAsync(
        async () => (await MessagesAsync(conversation)).Single(m => (string)m["id"]! == message),
        m => statuses.Contains((string?)m["status"]), $"the message to be {string.Join(" or ", statuses)}");

    public void Dispose() => Http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {(int)response.StatusCode} {body}");
            return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
        }
    }
}
