using System.Globalization;
using System.Text.Json;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary><c>/2010-04-01/Accounts/{AC}/Messages</c>: send, read, list.</summary>
internal sealed class MessagesApi(SimulatorCore core, TwilioState state, TwilioAuthentication authentication, MessageDelivery delivery)
{
    private const string Form = "application/x-www-form-urlencoded";
    private readonly MessageRules _rules = new(state);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/2010-04-01/Accounts/{account}/Messages.json", CreateAsync);
        api.MapGet("/2010-04-01/Accounts/{account}/Messages.json", List);
        api.MapGet("/2010-04-01/Accounts/{account}/Messages/{sid}.json", Fetch);
    }

    private async Task<IResult> CreateAsync(string account, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true)
            return new TwilioError(415, 20415, $"Content-Type must be {Form}"); // the number of this code is not documented
        TwilioForm form = TwilioForm.Parse(await new StreamReader(request.Body).ReadToEndAsync());
        if (_rules.Check(account, form) is { } refusal) return refusal;

        TwilioMessage message = Accepted(account, form);
        state.Add(message);
        IResult created = Results.Json(TwilioDocuments.Of(message), statusCode: 201);
        if (message.Status != "scheduled") await delivery.StartAsync(message, core.Background.Stopping);
        return created;
    }

    private TwilioMessage Accepted(string account, TwilioForm form)
    {
        DateTimeOffset now = core.Time.GetUtcNow();
        TwilioAddress? from = form["From"] is { } text ? TwilioAddress.Parse(text) : null;
        string status = form["ScheduleType"] is not null ? "scheduled" : from is null ? "accepted" : "queued";
        IReadOnlyList<string> media = form.All("MediaUrl");
        TwilioMessage message = new()
        {
            Sid = TwilioSids.New(media.Count > 0 ? "MM" : "SM"),
            AccountSid = account,
            To = TwilioAddress.Parse(form["To"]!),
            From = from,
            MessagingServiceSid = form["MessagingServiceSid"],
            Body = form["ContentSid"] is { } content ? Rendered(content, account, form["ContentVariables"]) : form["Body"] ?? string.Empty,
            Direction = "outbound-api",
            CreatedAt = now,
            UpdatedAt = now,
            Status = status,
            StatusCallback = form["StatusCallback"],
            ContentSid = form["ContentSid"],
            MediaUrls = media,
            Fields = form.Fields,
        };
        message.Steps.Add(new TwilioStatusStep(status, now, null, null));
        return message;
    }

    private string Rendered(string sid, string account, string? variables)
    {
        TwilioContent content = state.Content(sid, account)!;
        Dictionary<string, string> values = new(content.Variables);
        if (variables is not null)
            foreach ((string name, string value) in JsonSerializer.Deserialize<Dictionary<string, string>>(variables)!) values[name] = value;
        return values.Aggregate(content.Body, (text, pair) => text.Replace("{{" + pair.Key + "}}", pair.Value, StringComparison.Ordinal));
    }

    private IResult Fetch(string account, string sid, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (state.Message(sid) is not { } message || message.AccountSid != account) return TwilioError.NotFound(request);
        lock (state.Gate) return Results.Json(TwilioDocuments.Of(message));
    }

    // DateSent is a day; "DateSent<" and "DateSent>" include their bound. A message that is not sent yet counts by its creation.
    private IResult List(string account, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        (string? to, string? from) = (request.Query["To"], request.Query["From"]);
        if (!Date(request, "DateSent", out DateTimeOffset? day) || !Date(request, "DateSent<", out DateTimeOffset? until) || !Date(request, "DateSent>", out DateTimeOffset? since))
            return TwilioError.Invalid(20001, "DateSent is not a date.");
        lock (state.Gate)
        {
            List<TwilioMessage> found = [.. state.Messages().Reverse().Where(message => message.AccountSid == account
                && (to is null || message.To == TwilioAddress.Parse(to))
                && (from is null || message.From == TwilioAddress.Parse(from))
                && (day is null || Sent(message).UtcDateTime.Date == day.Value.UtcDateTime.Date)
                && (until is null || Sent(message) <= until)
                && (since is null || Sent(message) >= since))];
            return TwilioPages.V2010(request, $"/2010-04-01/Accounts/{account}/Messages.json", "messages", found, TwilioDocuments.Of);
        }
    }

    // Dates have whole seconds on the wire, and so has the comparison.
    private static DateTimeOffset Sent(TwilioMessage message)
    {
        DateTimeOffset at = message.SentAt ?? message.CreatedAt;
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
    }

    private static bool Date(HttpRequest request, string name, out DateTimeOffset? date)
    {
        date = null;
        if (!request.Query.TryGetValue(name, out var text)) return true;
        bool valid = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed);
        date = parsed;
        return valid;
    }
}
