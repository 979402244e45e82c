using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <param name="Token">Null if there is none.</param>
/// <param name="Failure">Why there is none.</param>
internal sealed record GoogleToken(string? Token, AiAnswer.Failed? Failure);

/// <summary>
/// Access tokens of service accounts, kept until shortly before they end. They are asked for at Google's own address (or the one of the settings),
/// never at one that the account's file names: whoever writes the file could name any.
/// </summary>
internal sealed class GoogleTokens(AiEndpoints endpoints, AiCalls calls, TimeProvider time)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StandardLife = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(string Email, string? KeyId), (string Token, DateTimeOffset Until)> _tokens = new();

    /// <param name="client">Reaches the address of the settings, or Google.</param>
    /// <param name="anew">The kept one was refused.</param>
    public async Task<GoogleToken> GetAsync(
        ServiceAccount account, HttpClient client, bool anew, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var key = (account.Email, account.KeyId);
        DateTimeOffset now = time.GetUtcNow();
        if (!anew && _tokens.TryGetValue(key, out (string Token, DateTimeOffset Until) kept) && kept.Until > now) return new GoogleToken(kept.Token, null);
        string assertion;
        try
        {
            assertion = account.Assertion(now);
        }
        catch (CryptographicException)
        {
            return Failed(HandOffReason.Misconfigured, "The private key of its service account is damaged.");
        }
        AiHttpAnswer answer = await calls.AskAsync(client, () => Request(assertion), a => a.Status is 0 or 429 or >= 500, deadline, cancellationToken);
        if (answer.IsSuccess && answer.Body.Text("access_token") is { } token)
        {
            TimeSpan life = answer.Body.Number("expires_in") is > 0 and < 100_000 and { } seconds ? TimeSpan.FromSeconds(seconds) : StandardLife;
            _tokens[key] = (token, now + life - Margin);
            return new GoogleToken(token, null);
        }
        return answer.Status is >= 400 and < 500 and not 429
            ? Failed(HandOffReason.Misconfigured, $"Google does not know its service account ({answer.Status}).")
            : Failed(HandOffReason.Error, answer.Trouble ?? $"Google gave no access token ({answer.Status}).");
    }

    private HttpRequestMessage Request(string assertion)
    {
        string url = endpoints.Configured("Dialogflow") is { } configured ? configured.AbsoluteUri.TrimEnd('/') + "/token" : ServiceAccount.TokenUri;
        return new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = Grant, ["assertion"] = assertion }),
        };
    }

    private static GoogleToken Failed(HandOffReason reason, string detail) => new(null, new AiAnswer.Failed(reason, detail));
}
