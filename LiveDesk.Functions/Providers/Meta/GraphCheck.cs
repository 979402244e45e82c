using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>Asks Meta for a thing that a channel's credentials must open, and says which field is wrong if they do not.</summary>
internal static class GraphCheck
{
    /// <param name="idField">The credential that names the thing.</param>
    /// <param name="tokenField">The credential that opens it.</param>
    /// <param name="expectedId">What the thing's id must be.</param>
    public static async Task<Refusal?> RunAsync(
        GraphApi graph, string path, string expectedId, string idField, string tokenField, GraphCredentials credentials, CancellationToken cancellationToken)
    {
        GraphAnswer answer;
        try
        {
            answer = await graph.GetAsync(path, credentials, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return Unavailable($"Meta could not be asked whether the credentials are good: {e.Message}");
        }
        if (answer.IsSuccess)
            return answer.Body?.Text("id") == expectedId ? null : Refused("The access token belongs to another account.", idField);
        if (answer.Error is not { } error)
            return (int)answer.Status is 401 or 403
                ? Refused($"Meta answered {(int)answer.Status}.", tokenField)
                : Unavailable($"Meta could not be asked whether the credentials are good: it answered {(int)answer.Status}.");
        return error switch
        {
            { Message: var words } when words.Contains("appsecret_proof", StringComparison.OrdinalIgnoreCase) => Refused(words, "credentials.appSecret"),
            { Code: 0 or 3 or 10 or 102 or 190 or (>= 200 and <= 299) } => Refused(error.Message, tokenField),
            { Code: 33 or 100 or 803 } => Refused(error.Message, idField),
            _ => Unavailable($"Meta could not be asked whether the credentials are good: {error.Message} ({error.Code})"),
        };
    }

    private static Refusal Refused(string why, string field) => Refusal.Rule("credentials_refused", $"Meta refused the credentials: {why}", field);

    private static Refusal Unavailable(string why) => new(RefusalKind.Unavailable, "provider_unavailable", why);
}
