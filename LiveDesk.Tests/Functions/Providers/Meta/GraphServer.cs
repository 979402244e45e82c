using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers;
using LiveDesk.Tests.Local;
using Microsoft.AspNetCore.Http;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.Meta;

/// <summary>Stands in for graph.facebook.com with one answer.</summary>
internal sealed class GraphServer : IAsyncDisposable
{
    private readonly Receiver _receiver;
    private readonly ProviderHttp _http = new();

    private GraphServer(Receiver receiver) => _receiver = receiver;

    public ProviderHttp Http => _http;

    public Uri BaseUrl => _receiver.BaseUri;

    public Received Request => Assert.Single(_receiver.Requests);

    public IReadOnlyList<Received> Requests => _receiver.Requests;

    public JsonNode Body => JsonNode.Parse(Request.Body)!;

    public static Task<GraphServer> AnsweringAsync(string answer, int status = 200, string? usage = null, string? retryAfter = null) =>
        AnsweringAsync(_ => (status, answer), usage, retryAfter);

    public static async Task<GraphServer> AnsweringAsync(Func<Received, (int Status, string Answer)> answer, string? usage = null, string? retryAfter = null) =>
        new(await Receiver.StartAsync((received, context) =>
        {
            (int status, string text) = answer(received);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            if (usage is not null) context.Response.Headers["x-business-use-case-usage"] = usage;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync(text);
        }));

    public static string Error(int code, int? subcode = null, bool transient = false) =>
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = $"(#{code}) words",
                ["type"] = "OAuthException",
                ["code"] = code,
                ["error_subcode"] = subcode,
                ["is_transient"] = transient,
                ["error_data"] = new JsonObject { ["details"] = "details" },
                ["fbtrace_id"] = "A1",
            },
        }.ToJsonString();

    public Task<SendOutcome> SendWhatsAppAsync(OutboundMessage message) => NewWhatsApp(_http, BaseUrl).SendAsync(message, CancellationToken.None);

    public Task<SendOutcome> SendToPageAsync(OutboundMessage message) => NewMessenger(_http, BaseUrl).SendAsync(message, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _receiver.DisposeAsync();
    }
}
