using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

/// <summary>What an upload says besides its bytes: the raw body is the file.</summary>
internal static class UploadReader
{
    public static async Task<Result<UploadRequest>> ReadAsync(HttpRequestData request, Caller caller, CancellationToken cancellationToken)
    {
        Result<string?> key = IdempotencyKey.Of(request);
        if (key.Refusal is { } badKey) return badKey;
        string? contentType = request.Headers.TryGetValues("Content-Type", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        if (contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            return new Refusal(RefusalKind.UnsupportedMedia, "unsupported_media_type", "Send the file itself as the body, not a form.");
        string? fileName = request.Query["fileName"];
        if (key.Value is not { } given) return new UploadRequest(contentType, fileName);
        string fingerprint = await FingerprintAsync(request.Body, contentType, fileName, cancellationToken);
        return new UploadRequest(contentType, fileName, $"{caller.KeyId}\n{given}", fingerprint);
    }

    private static async Task<string> FingerprintAsync(Stream body, string? contentType, string? fileName, CancellationToken cancellationToken)
    {
        // The host has read the body before it calls a function.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(await SHA256.HashDataAsync(body, cancellationToken));
        body.Position = 0;
        hash.AppendData(Encoding.UTF8.GetBytes($"{contentType}\n{fileName}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
