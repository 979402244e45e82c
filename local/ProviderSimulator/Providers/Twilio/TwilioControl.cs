using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Registers accounts, numbers, services and templates.</summary>
internal sealed class TwilioControl(TwilioState state)
{
    public void Map(IEndpointRouteBuilder control)
    {
        control.MapPost("/accounts", async (HttpRequest request) => Created(Account((await ControlApi.BodyAsync(request)).Read<TwilioAccount>())));
        control.MapGet("/accounts", () => ControlApi.Json(state.Accounts()));
        control.MapPost("/services", async (HttpRequest request) => Created(Service((await ControlApi.BodyAsync(request)).Read<TwilioService>())));
        control.MapGet("/services", () => ControlApi.Json(state.Services()));
        control.MapPost("/contents", async (HttpRequest request) => Created(Content(await ControlApi.BodyAsync(request))));
        control.MapGet("/contents", () => ControlApi.Json(state.Contents()));
    }

    /// <summary>Makes a number known, and its account and service if they are not.</summary>
    public JsonNode Register(NumberRequest request)
    {
        TwilioAddress address = TwilioAddress.Parse(request.PhoneNumber);
        if (!address.IsSender) throw new ControlException(400, $"'{request.PhoneNumber}' can send nothing: give E.164, for WhatsApp with the prefix whatsapp:.");
        string account = Checked(request.AccountSid ?? TwilioState.DemoAccountSid, "AC", "accountSid");
        if (request.AuthToken is { } token && state.Account(account)?.AuthToken != token)
            state.Put(new TwilioAccount { AccountSid = account, AuthToken = token }, strict: false);
        if (request.MessagingServiceSid is { } service && state.Service(Checked(service, "MG", "messagingServiceSid")) is null)
            state.Put(new TwilioService { Sid = service, AccountSid = account });
        TwilioNumber number = new()
        {
            Sid = state.Number(address)?.Sid ?? TwilioSids.New("PN"),
            AccountSid = account,
            Address = address,
            WebhookUrl = Url(request.WebhookUrl, "webhookUrl"),
            FallbackUrl = Url(request.FallbackUrl, "fallbackUrl"),
            MessagingServiceSid = request.MessagingServiceSid,
            AdvancedOptOut = request.AdvancedOptOut,
        };
        state.Put(number);
        return Shown(number);
    }

    public static JsonNode Shown(TwilioNumber number) => new JsonObject
    {
        ["phoneNumber"] = number.Address.ToString(),
        ["phoneNumberSid"] = number.Sid,
        ["accountSid"] = number.AccountSid,
        ["webhookUrl"] = number.WebhookUrl,
        ["fallbackUrl"] = number.FallbackUrl,
        ["messagingServiceSid"] = number.MessagingServiceSid,
        ["advancedOptOut"] = number.AdvancedOptOut,
    };

    private static IResult Created(object value) => ControlApi.Json(value, 201);

    private TwilioAccount Account(TwilioAccount account)
    {
        Checked(account.AccountSid, "AC", "accountSid");
        state.Put(account, strict: true);
        return account;
    }

    private TwilioService Service(TwilioService service)
    {
        Checked(service.Sid, "MG", "sid");
        state.Put(service);
        return service;
    }

    private TwilioContent Content(JsonObject request)
    {
        request["sid"] ??= TwilioSids.New("HX");
        request["accountSid"] ??= TwilioState.DemoAccountSid;
        TwilioContent content = request.Read<TwilioContent>();
        Checked(content.Sid, "HX", "sid");
        state.Put(content);
        return content;
    }

    private static string Checked(string sid, string kind, string member) => TwilioSids.Is(sid, kind)
        ? sid
        : throw new ControlException(400, $"'{member}' is {kind} and 32 hex digits.");

    private static string? Url(string? url, string member) => url is null || Uri.TryCreate(url, UriKind.Absolute, out _)
        ? url
        : throw new ControlException(400, $"'{member}' must be an absolute URL.");
}

/// <summary>A number to make known. Without an account it belongs to the demo account.</summary>
internal sealed record NumberRequest
{
    public required string PhoneNumber { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Tried once after the webhook failed; may be the same URL.</summary>
    public string? FallbackUrl { get; init; }

    public string? AccountSid { get; init; }

    public string? AuthToken { get; init; }

    public string? MessagingServiceSid { get; init; }

    public bool AdvancedOptOut { get; init; }
}
