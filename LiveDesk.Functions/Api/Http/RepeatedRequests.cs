using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace LiveDesk.Functions.Api.Http;

/// <summary>
/// Makes every POST with an <c>Idempotency-Key</c> safe to repeat: the first success is kept for 24 hours and answered again. A refusal is not kept,
/// since it had no effect. While the first request runs, a second waits for it. If the first died on the way, the second runs with the same random
/// numbers, so that whatever was created has the same id and is found instead of created again.
/// Without the header nothing is stored.
/// </summary>
internal sealed class RepeatedRequests(RequestLog log, RepeatableRandom random, ISecretProtector protector, TimeProvider time)
{
    /// <summary>After this the first request is taken for dead. It may still be alive: what it makes has the same ids.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that is kept; a larger one is made anew by its operation, which creates nothing.</summary>
    private const int MaximumKept = 300 * 1024;

    private static readonly string[] KeptHeaders = ["Content-Type", "ETag", "Location"];

    private static readonly Refusal InUse = new(
        RefusalKind.Unavailable, "idempotency_key_in_use", "The first request with this Idempotency-Key is still being answered. Try again.");

    private const string ItemKey = "LiveDesk.IdempotencyKey";

    /// <summary>Names the request under which something is done once; null without the header.</summary>
    public static string? KeyOf(FunctionContext context) => context.Items.TryGetValue(ItemKey, out object? key) ? (string)key : null;

    /// <returns>A refusal, or null if the function has answered or the first answer was given again.</returns>
    public async Task<Refusal?> RunAsync(FunctionContext context, HttpRequestData request, FunctionExecutionDelegate next)
    {
        if (request.Method != "POST")
        {
            await next(context);
            return null;
        }
        Result<string?> key = IdempotencyKey.Of(request);
        if (key.Refusal is { } malformed) return malformed;
        if (key.Value is not { } given)
        {
            await next(context);
            return null;
        }
        Caller caller = Caller.Of(context);
        string id = Hash($"{caller.Workspace}\n{caller.KeyId ?? $"{caller.Agent} {caller.Name}"}\n{request.Url.AbsolutePath}\n{given}");
        string fingerprint = await FingerprintAsync(request, context.CancellationToken);
        context.Items[ItemKey] = id;
        return await RunAsync(context, request, new LoggedRequest(caller.Workspace, id, fingerprint, Base32.Encode(random.Bytes(20)), time.GetUtcNow()), next);
    }

    private async Task<Refusal?> RunAsync(FunctionContext context, HttpRequestData request, LoggedRequest mine, FunctionExecutionDelegate next)
    {
        CancellationToken cancellationToken = context.CancellationToken;
        DateTimeOffset until = time.GetUtcNow() + Patience;
        while (true)
        {
            if (await log.AddAsync(mine, cancellationToken) is { } added) return await FirstAsync(context, added, next);
            if (await log.FindAsync(mine.Workspace, mine.Id, cancellationToken) is not { } first) continue;
            if (first.Value.ExpiresAt <= time.GetUtcNow())
            {
                await log.DeleteAsync(first, cancellationToken);
                continue;
            }
            if (first.Value.Fingerprint != mine.Fingerprint) return IdempotencyKey.Reused;
            LoggedAnswer? answer = first.Value.Answer;
            if (answer is not null && Readable(mine.Id, answer) is { } body)
            {
                context.GetInvocationResult().Value = await AgainAsync(request, answer, body, cancellationToken);
                return null;
            }
            // An answer under a key that is gone is made again by finding what was created.
            if (answer is not null || first.Value.StartedAt + Lease <= time.GetUtcNow())
            {
                if (await log.ReplaceAsync(first, first.Value with { StartedAt = time.GetUtcNow(), Answer = null }, cancellationToken) is { } taken)
                    return await FirstAsync(context, taken, next);
                continue;
            }
            if (time.GetUtcNow() >= until) return InUse;
            await time.WaitAsync(Poll, cancellationToken);
        }
    }

    private async Task<Refusal?> FirstAsync(FunctionContext context, Stored<LoggedRequest> entry, FunctionExecutionDelegate next)
    {
        try
        {
            using (random.Repeat(entry.Value.Seed)) await next(context);
        }
        catch
        {
            await GiveUpAsync(entry);
            throw;
        }
        var response = context.GetInvocationResult().Value as HttpResponseData;
        LoggedAnswer? answer = response is not null && (int)response.StatusCode is >= 200 and < 300
            ? await KeptAsync(entry.Value.Id, response, context.CancellationToken)
            : null;
        if (answer is not null) await log.ReplaceAsync(entry, entry.Value with { Answer = answer }, context.CancellationToken);
        else if (response is null || (int)response.StatusCode >= 500) await GiveUpAsync(entry);
        else await log.DeleteAsync(entry, context.CancellationToken);
        return null;
    }

    /// <summary>It may have had its effect: the next try is to run with the same random numbers, and need not wait.</summary>
    private async Task GiveUpAsync(Stored<LoggedRequest> entry) =>
        await log.ReplaceAsync(entry, entry.Value with { StartedAt = DateTimeOffset.UnixEpoch }, CancellationToken.None);

    private async Task<LoggedAnswer?> KeptAsync(string id, HttpResponseData response, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        response.Body.Position = 0;
        await response.Body.CopyToAsync(body, cancellationToken);
        if (body.Length > MaximumKept) return null;
        var headers = new Dictionary<string, string>();
        foreach (string name in KeptHeaders)
            if (response.Headers.TryGetValues(name, out IEnumerable<string>? values)) headers[name] = string.Join(", ", values);
        // It may hold a customer's data, or a secret that is told once.
        return new LoggedAnswer((int)response.StatusCode, headers, protector.Protect(Encoding.UTF8.GetString(body.ToArray()), Purpose(id)));
    }

    private string? Readable(string id, LoggedAnswer answer)
    {
        try
        {
            return protector.Unprotect(answer.ProtectedBody, Purpose(id));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<HttpResponseData> AgainAsync(
        HttpRequestData request, LoggedAnswer answer, string body, CancellationToken cancellationToken)
    {
        HttpResponseData response = request.CreateResponse((System.Net.HttpStatusCode)answer.Status);
        foreach ((string name, string value) in answer.Headers) response.Headers.Add(name, value);
        response.Headers.Add("Idempotency-Replayed", "true");
        await response.WriteBytesAsync(Encoding.UTF8.GetBytes(body), cancellationToken);
        return response;
    }

    /// <summary>Of everything the effect depends on; the host has read the body already, so that it can be read again.</summary>
    private static async Task<string> FingerprintAsync(HttpRequestData request, CancellationToken cancellationToken)
    {
        byte[] body = await SHA256.HashDataAsync(request.Body, cancellationToken);
        request.Body.Position = 0;
        return Hash($"{request.Url.Query}\n{Convert.ToHexStringLower(body)}");
    }

    private static string Purpose(string id) => $"request:{id}";

    private static string Hash(string text) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));
}
