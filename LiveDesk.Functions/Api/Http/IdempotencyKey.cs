using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Http;

/// <summary>The header with which a client makes a POST safe to repeat.</summary>
internal static class IdempotencyKey
{
    private const int MaximumLength = 255;

    public static readonly Refusal Reused = Refusal.Conflict(
        "idempotency_key_reused", "This Idempotency-Key came with another request before. Use a new key for a new request.");

    /// <returns>Null if the client sent none.</returns>
    public static Result<string?> Of(HttpRequestData request)
    {
        if (!request.Headers.TryGetValues("Idempotency-Key", out IEnumerable<string>? values)) return (string?)null;
        string key = values.First();
        return key.Length is > 0 and <= MaximumLength && key.All(c => c is >= ' ' and <= '~')
            ? key
            : Refusal.Malformed("Idempotency-Key", $"1 to {MaximumLength} printable ASCII characters.");
    }
}
