using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Meta;

/// <summary>The GET by which Meta makes sure that a webhook is wanted, as when somebody presses "Verify and save".</summary>
internal static class Handshake
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public static async Task<JsonObject> RunAsync(string url, string verifyToken, CancellationToken cancellationToken)
    {
        const string challenge = "1158201444";
        if (!Uri.TryCreate(url, UriKind.Absolute, out _)) throw new ControlException(400, $"'{url}' is no absolute URL.");
        string query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        try
        {
            using HttpResponseMessage answer = await Client.GetAsync(new Uri($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"), cancellationToken);
            string body = await answer.Content.ReadAsStringAsync(cancellationToken);
            bool verified = (int)answer.StatusCode == 200 && body == challenge;
            return new JsonObject { ["verified"] = verified, ["status"] = (int)answer.StatusCode, ["body"] = body };
        }
        catch (HttpRequestException failure)
        {
            return new JsonObject { ["verified"] = false, ["status"] = null, ["body"] = failure.Message };
        }
    }
}
