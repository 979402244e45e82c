using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary><c>/pa/...</c>: every answer is 200, and its status tells.</summary>
internal sealed class ViberApi(SimulatorCore core, ViberState state, ViberCallbacks callbacks)
{
    private const string Host = "SN-CHAT-05_";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/pa/send_message", (HttpRequest request) => AsBotAsync(request, SendAsync));
        api.MapPost("/pa/get_account_info", (HttpRequest request) => AsBotAsync(request, (bot, _, _) => Task.FromResult(Ok(Account(bot)))));
        api.MapPost("/pa/set_webhook", (HttpRequest request) => AsBotAsync(request, SetWebhookAsync));
        api.MapGet("/files/{**path}", (string path) => state.Files.Find(path) is var (bytes, type) ? Results.Bytes(bytes, type) : Results.NotFound());
    }

    public static JsonObject Refused(ViberRefusal refusal) => new() { ["status"] = refusal.Status, ["status_message"] = refusal.Name, ["chat_hostname"] = Host };

    private static JsonObject Ok(JsonObject more)
    {
        JsonObject answer = new() { ["status"] = 0, ["status_message"] = "ok" };
        foreach ((string name, JsonNode? value) in more) answer[name] = value?.DeepClone();
        return answer;
    }

    // The bot that a token belongs to. As long as no bot is registered, a token makes one.
    private async Task<IResult> AsBotAsync(HttpRequest request, Func<ViberBot, JsonObject, string, Task<JsonObject>> answer)
    {
        string raw = await new StreamReader(request.Body).ReadToEndAsync();
        JsonObject? body = Parsed(raw);
        string? token = request.Headers["X-Viber-Auth-Token"].FirstOrDefault() ?? body.Text("auth_token");
        if (state.Bots().Count == 0 && !string.IsNullOrEmpty(token)) state.Put(new ViberBot { AuthToken = token });
        if (state.Find(token) is not { } bot) return Results.Json(Refused(ViberRefusal.Of(2)));
        return Results.Json(body is null ? Refused(ViberRefusal.BadData("no JSON object")) : await answer(bot, body, raw));
    }

    private async Task<JsonObject> SendAsync(ViberBot bot, JsonObject body, string raw)
    {
        if (ViberRules.Check(body, raw, needsReceiver: true) is { } refusal) return Refused(refusal);
        if (bot.WebhookUrl is null) return Refused(ViberRefusal.Of(10));
        string receiver = body.Text("receiver")!;
        if (!state.IsSubscribed(bot.AuthToken, receiver)) return Refused(ViberRefusal.Of(6));
        if (!state.Count(bot.AuthToken, receiver, core.Time.GetUtcNow())) return Refused(ViberRefusal.Of(12));
        OutgoingMessage message = new()
        {
            Id = state.NewToken(),
            From = bot.AuthToken,
            To = receiver,
            Text = body.Text("text") ?? string.Empty,
            MediaUrls = body.Text("media") is { } url ? [url] : [],
            AcceptedAt = core.Time.GetUtcNow(),
            Request = body,
        };
        state.Messages.Add(message);
        await callbacks.StartAsync(message, bot, core.Background.Stopping);
        return Ok(new JsonObject { ["message_token"] = ulong.Parse(message.Id, System.Globalization.CultureInfo.InvariantCulture), ["chat_hostname"] = Host, ["billing_status"] = 1 });
    }

    // Viber tries the URL before it takes it.
    private async Task<JsonObject> SetWebhookAsync(ViberBot bot, JsonObject body, string raw)
    {
        if (body.Text("url") is not { } url) return Refused(ViberRefusal.MissingData("url"));
        if (url.Length == 0)
        {
            state.Put(bot with { WebhookUrl = null });
            return Ok([]);
        }

        if (!ApiRequests.IsUrl(url)) return Refused(ViberRefusal.Of(1));
        JsonObject hello = callbacks.Event("webhook", withToken: true);
        WebhookDelivery delivery = await callbacks.SendAsync("webhook", null, url, bot.AuthToken, hello, core.Background.Stopping);
        if (delivery.Attempts is not [.., { Status: 200 }]) return Refused(ViberRefusal.Of(1));
        state.Put(bot with { WebhookUrl = url });
        return Ok(new JsonObject { ["event_types"] = body["event_types"]?.DeepClone() ?? new JsonArray("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started") });
    }

    private static JsonObject Account(ViberBot bot) => new()
    {
        ["id"] = "pa:75346594275468546724",
        ["name"] = bot.Name,
        ["uri"] = "livedesk",
        ["webhook"] = bot.WebhookUrl ?? string.Empty,
        ["event_types"] = new JsonArray("delivered", "seen"),
        ["subscribers_count"] = 1,
    };

    private static JsonObject? Parsed(string raw)
    {
        try
        {
            return JsonNode.Parse(raw) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
