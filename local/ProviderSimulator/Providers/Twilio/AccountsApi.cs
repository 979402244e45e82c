using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Accounts and their numbers, messaging services and content templates.</summary>
internal sealed class AccountsApi(SimulatorCore core, TwilioState state, TwilioAuthentication authentication)
{
    private const string Numbers = "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/2010-04-01/Accounts/{account}.json", (string account, HttpRequest request) => As(
            request, account, sid => Results.Json(TwilioDocuments.OfAccount(sid, state.Account(sid), core.Time.GetUtcNow()))));
        api.MapGet(Numbers + ".json", (string account, HttpRequest request) => As(request, account, sid => ListNumbers(request, sid)));
        api.MapGet(Numbers + "/{number}.json", (string account, string number, HttpRequest request) => As(
            request, account, sid => Number(sid, number) is { } found ? Results.Json(TwilioDocuments.Of(found)) : TwilioError.NotFound(request)));
        api.MapPost(Numbers + "/{number}.json", UpdateNumberAsync);
        api.MapGet("/messaging/v1/Services", (HttpRequest request) => As(request, null, sid => TwilioPages.V1(
            request, "https://messaging.twilio.com/v1/Services", "services", [.. state.Services().Where(s => s.AccountSid == sid)], Document)));
        api.MapGet("/messaging/v1/Services/{service}", (string service, HttpRequest request) => As(
            request, null, sid => Service(sid, service) is { } found ? Results.Json(Document(found)) : TwilioError.NotFound(request)));
        api.MapPost("/messaging/v1/Services/{service}", UpdateServiceAsync);
        api.MapGet("/content/v1/Content", (HttpRequest request) => As(request, null, sid => ListContents(request, sid, withApproval: false)));
        api.MapGet("/content/v1/ContentAndApprovals", (HttpRequest request) => As(request, null, sid => ListContents(request, sid, withApproval: true)));
        api.MapGet("/content/v1/Content/{content}", (string content, HttpRequest request) => As(request, null, sid =>
            state.Content(content, sid) is { } found ? Results.Json(TwilioDocuments.Of(found, core.Time.GetUtcNow(), false)) : TwilioError.NotFound(request)));
    }

    private IResult As(HttpRequest request, string? account, Func<string, IResult> answer) =>
        authentication.Account(request, account) is { } sid ? answer(sid) : TwilioError.Credentials();

    private IResult ListNumbers(HttpRequest request, string account)
    {
        string? wanted = request.Query["PhoneNumber"];
        List<TwilioNumber> found = [.. state.Numbers().Where(number => number.AccountSid == account && !number.Address.IsWhatsApp
            && (wanted is null || number.Address.Value.Contains(wanted, StringComparison.Ordinal)))];
        return TwilioPages.V2010(
            request, $"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", "incoming_phone_numbers", found, TwilioDocuments.Of);
    }

    private IResult ListContents(HttpRequest request, string account, bool withApproval)
    {
        List<TwilioContent> found = [.. state.Contents().Where(content => state.Content(content.Sid, account) is not null)];
        string url = "https://content.twilio.com/v1/" + (withApproval ? "ContentAndApprovals" : "Content");
        return TwilioPages.V1(request, url, "contents", found, content => TwilioDocuments.Of(content, core.Time.GetUtcNow(), withApproval));
    }

    private async Task<IResult> UpdateNumberAsync(string account, string number, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (Number(account, number) is not { } found) return TwilioError.NotFound(request);
        TwilioForm form = TwilioForm.Parse(await new StreamReader(request.Body).ReadToEndAsync());
        TwilioNumber updated = found with
        {
            WebhookUrl = form["SmsUrl"] ?? found.WebhookUrl,
            FallbackUrl = form["SmsFallbackUrl"] ?? found.FallbackUrl,
            StatusCallbackUrl = form["StatusCallback"] ?? found.StatusCallbackUrl,
        };
        state.Put(updated);
        return Results.Json(TwilioDocuments.Of(updated));
    }

    private async Task<IResult> UpdateServiceAsync(string service, HttpRequest request)
    {
        if (authentication.Account(request, null) is not { } account) return TwilioError.Credentials();
        if (Service(account, service) is not { } found) return TwilioError.NotFound(request);
        TwilioForm form = TwilioForm.Parse(await new StreamReader(request.Body).ReadToEndAsync());
        TwilioService updated = found with
        {
            InboundRequestUrl = form["InboundRequestUrl"] ?? found.InboundRequestUrl,
            FallbackUrl = form["FallbackUrl"] ?? found.FallbackUrl,
            StatusCallback = form["StatusCallback"] ?? found.StatusCallback,
            UseInboundWebhookOnNumber = form["UseInboundWebhookOnNumber"] is { } use ? use == "true" : found.UseInboundWebhookOnNumber,
        };
        state.Put(updated);
        return Results.Json(Document(updated));
    }

    private TwilioNumber? Number(string account, string sid) =>
        state.Numbers().FirstOrDefault(number => number.Sid == sid && number.AccountSid == account);

    private TwilioService? Service(string account, string sid) => state.Service(sid) is { } service && service.AccountSid == account ? service : null;

    private System.Text.Json.Nodes.JsonObject Document(TwilioService service) => TwilioDocuments.Of(service, core.Time.GetUtcNow());
}
