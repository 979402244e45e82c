using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>Files of both sides.</summary>
internal static class Files
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray();

    public static async Task<JsonNode> UploadAsync(
        this DeskApi api, string path, byte[] file, string? contentType = null, HttpStatusCode expected = HttpStatusCode.Created, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        if (contentType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>What the desk shows of a customer's file once it has left the state <c>pending</c>.</summary>
    public static async Task<(string Conversation, JsonNode Attachment)> SettledAttachmentAsync(this DeskApi api)
    {
        JsonNode conversation = (await Eventually.SeesAsync(() => api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single();
        string id = (string)conversation["id"]!;
        JsonNode message = await Eventually.SeesAsync(
            async () => (await api.MessagesAsync(id)).Single(m => (string?)m["direction"] == "in"),
            m => (string?)m["attachments"]![0]!["state"] != "pending", "the file to be fetched or given up");
        return (id, message["attachments"]![0]!);
    }

    /// <summary>A conversation that a customer has opened, for the desk to write in.</summary>
    public static async Task<string> OpenConversationAsync(this TwilioChannel channel, DeskApi api, string customer)
    {
        await channel.CustomerWritesAsync(customer, "Hola");
        return (string)(await Eventually.SeesAsync(() => api.ItemsAsync("conversations"), c => c.Count == 1, "one conversation")).Single()["id"]!;
    }
}
