using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.AiAgents;

/// <summary>How a call to a model ended.</summary>
/// <param name="Status">HTTP status; 0 if no answer came.</param>
/// <param name="Body">Of kind Undefined if it is no JSON.</param>
/// <param name="Trouble">Why no answer came, in words.</param>
/// <param name="Untaken">No answer came because no connection did.</param>
/// <param name="Forbidden">The address leads into a private network.</param>
internal sealed record AiHttpAnswer(
    int Status, System.Text.Json.JsonElement Body, TimeSpan? RetryAfter = null, string? Trouble = null, bool Untaken = false, bool Forbidden = false)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>Calls models. What passes by itself is tried again, as long as the answer would still be of use.</summary>
internal sealed class AiCalls(IRandomSource random, TimeProvider time)
{
    /// <summary>The first call and two more, as the providers' own clients do.</summary>
    private const int Attempts = 3;

    /// <summary>No answer of a model is near this.</summary>
    private const int LargestBody = 1024 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <param name="request">Makes the request, anew for every attempt.</param>
    /// <param name="passes">Whether trying again may help and does no harm.</param>
    /// <param name="deadline">No attempt begins after it.</param>
    public async Task<AiHttpAnswer> AskAsync(
        HttpClient client, Func<HttpRequestMessage> request, Func<AiHttpAnswer, bool> passes, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            AiHttpAnswer answer = await OnceAsync(client, request, cancellationToken);
            if (answer.IsSuccess || attempt == Attempts || !passes(answer)) return answer;
            TimeSpan pause = answer.RetryAfter ?? FirstPause * (1 << (attempt - 1)) * (0.5 + random.NextDouble());
            if (time.GetUtcNow() + pause >= deadline) return answer;
            await time.WaitAsync(pause, cancellationToken);
        }
    }

    private async Task<AiHttpAnswer> OnceAsync(HttpClient client, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = make();
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            byte[]? body = await BodyAsync(response, cancellationToken);
            return body is null
                ? new AiHttpAnswer(0, default, Trouble: "The answer was too large.")
                : new AiHttpAnswer((int)response.StatusCode, JsonFields.Read(body), ProviderHttp.RetryAfter(response, time.GetUtcNow()));
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return new AiHttpAnswer(0, default, Trouble: "Its address leads into a private network.", Forbidden: true);
        }
        catch (HttpRequestException e)
        {
            bool untaken = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return new AiHttpAnswer(0, default, Trouble: $"It could not be reached ({e.HttpRequestError}).", Untaken: untaken);
        }
        catch (IOException)
        {
            return new AiHttpAnswer(0, default, Trouble: "The connection broke.");
        }
    }

    /// <returns>Null if it is too large.</returns>
    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (body.Length + read > LargestBody) return null;
            body.Write(chunk, 0, read);
        }
        return body.ToArray();
    }
}
