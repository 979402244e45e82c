using LiveDesk.Tests.Support;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Tests.Local;

/// <summary>A request as it came in.</summary>
internal sealed record Received(string Method, string Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The decoded form fields; repeated names keep their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form { get; } = [.. Body
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.Length == 2 ? pair[1] : "")))];

    public string? Field(string name) => Form.FirstOrDefault(pair => pair.Key == name).Value;
}

/// <summary>An HTTP server of one test, on a free port: keeps what it got and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(Func<Received, HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            Received received = new(
                context.Request.Method,
                context.Request.GetEncodedUrl(),
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            _received.Enqueue(received);
            await answer(received, context);
        });
    }

    public Uri BaseUri => new(_app.Urls.Single());

    public IReadOnlyList<Received> Requests => [.. _received];

    /// <summary>Starts a receiver.</summary>
    /// <param name="answer">Answers a request; 200 without a body by default.</param>
    public static async Task<Receiver> StartAsync(Func<Received, HttpContext, Task>? answer = null)
    {
        Receiver receiver = new(answer ?? ((_, _) => Task.CompletedTask));
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for that many requests.</summary>
    public Task<IReadOnlyList<Received>> GotAsync(int count) =>
        Eventually.SeesAsync(() => Requests, requests => requests.Count >= count, $"{count} requests");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
