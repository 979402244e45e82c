using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;
using Twilio.Types;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>WhatsApp and SMS/MMS over Twilio: by number or Messaging Service, by Auth Token or API key.</summary>
internal sealed partial class TwilioProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider, IDisposable
{
    private readonly TwilioClients _clients = new(http, options);

    public ProviderTraits Traits { get; } = new()
    {
        Name = "twilio",
        Types = [ChannelType.WhatsApp, ChannelType.Sms],
        Credentials =
        [
            new("accountSid", Required: true, Secret: false),
            new("authToken", Required: false, Secret: true),
            new("useMessagingService", Required: false, Secret: false, IsFlag: true),
            new("messagingServiceSid", Required: false, Secret: false),
            new("useApiKey", Required: false, Secret: false, IsFlag: true),
            new("apiKeySid", Required: false, Secret: false),
            new("apiKeySecret", Required: false, Secret: true),
        ],
        MaximumTextLength = 1_600,
        DefaultRate = 80,
        CanLookUp = true,
        HasTemplates = true,
        SendsVoice = true,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.WhatsApp] = WhatsAppLimits, [ChannelType.Sms] = MmsLimits },
    };

    public IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials)
    {
        var errors = new List<FieldError>();
        string? Value(string name) => credentials.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
        void Check(bool good, string field, string message)
        {
            if (!good) errors.Add(new FieldError(field, message));
        }

        bool service = Value("useMessagingService") == "true";
        bool apiKey = Value("useApiKey") == "true";
        Check(Value("accountSid") is { } sid && AccountSid().IsMatch(sid), "credentials.accountSid", "The Account SID is AC and 32 letters or digits.");
        Check(service || phoneNumber is not null, "phoneNumber", "The number is required unless a Messaging Service is used.");
        Check(!service || phoneNumber is null, "phoneNumber", "The number must be absent when a Messaging Service is used: the service has the numbers.");
        Check(!service || (Value("messagingServiceSid") is { } mg && ServiceSid().IsMatch(mg)), "credentials.messagingServiceSid",
            "The Messaging Service SID is MG and 32 letters or digits.");
        Check(apiKey || Value("authToken") is not null, "credentials.authToken", "The Auth Token is required unless an API key is used.");
        Check(!apiKey || (Value("apiKeySid") is { } sk && KeySid().IsMatch(sk)), "credentials.apiKeySid", "The API key SID is SK and 32 letters or digits.");
        Check(!apiKey || Value("apiKeySecret") is not null, "credentials.apiKeySecret", "The API key's secret is required.");
        return errors;
    }

    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) =>
        phoneNumber is not null ? $"{type.ToString().ToLowerInvariant()}:{phoneNumber}" : $"{type.ToString().ToLowerInvariant()}:{credentials["messagingServiceSid"]}";

    public string? Caveat(Channel channel) => channel.Credential("authToken") is null
        ? "Webhooks cannot be verified without the Auth Token: only the secret URL keeps strangers out. Add authToken to have signatures checked."
        : null;

    public async Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken)
    {
        string secretField = channel.Flag("useApiKey") ? "credentials.apiKeySecret" : "credentials.authToken";
        string field = secretField;
        try
        {
            TwilioRestClient client = _clients.For(channel);
            await AccountResource.FetchAsync(channel.Credential("accountSid"), client);
            if (channel.Credential("messagingServiceSid") is { } service && channel.Flag("useMessagingService"))
            {
                field = "credentials.messagingServiceSid";
                await ServiceResource.FetchAsync(service, client);
            }
            return null;
        }
        catch (ApiException e) when (e.Status is 401 or 403 or 404)
        {
            return Refusal.Rule("credentials_refused", $"Twilio refused the credentials: {e.Message}", e.Status == 404 && field == secretField ? "credentials.accountSid" : field);
        }
        catch (TwilioException e)
        {
            return new Refusal(RefusalKind.Unavailable, "provider_unavailable", $"Twilio could not be asked whether the credentials are good: {e.Message}");
        }
    }

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now)
    {
        // Without the Auth Token nothing can be verified (an API key's secret signs nothing); the secret URL is the gate then.
        if (channel.Credential("authToken") is { } token)
        {
            if (request.Header("X-Twilio-Signature") is not { Length: > 0 } signature) return WebhookVerdict.SignatureMissing;
            if (!TwilioSignature.IsValid(token, request.PublicUrl, request.Header("Content-Type"), request.Body.Span, signature)) return WebhookVerdict.SignatureWrong;
        }
        string? account = TwilioWebhookParser.Parameters(request).FirstOrDefault(p => p.Key == "AccountSid").Value;
        return account is null || account == channel.Credential("accountSid") ? WebhookVerdict.Authentic : WebhookVerdict.WrongAccount;
    }

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => TwilioWebhookParser.Parse(channel.Type, request);

    public async Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        TwilioRestClient client = _clients.For(message.Channel);
        try
        {
            MessageResource sent = await MessageResource.CreateAsync(Options(message), client);
            return sent.Sid is { } sid
                ? new SendOutcome.Accepted(sid)
                : new SendOutcome.Ambiguous("Twilio answered without a message SID.");
        }
        catch (ApiException e)
        {
            return Outcome(e, client.HttpClient.LastResponse);
        }
        catch (ApiConnectionException e)
        {
            return ProviderHttp.WithoutAnswer(e.InnerException ?? e);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return ProviderHttp.WithoutAnswer(e);
        }
    }

    public async Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        try
        {
            // Newest first. Not filtered by date: a message that is still queued has no date of sending.
            var sent = await MessageResource.ReadAsync(
                new ReadMessageOptions { To = Address(message.Channel.Type, message.To), From = From(message.Channel) }, _clients.For(message.Channel));
            foreach (MessageResource candidate in sent.Take(50))
                if (candidate.Sid is { } sid && Matches(message, candidate, attemptedAt) && !await isKnown(sid))
                    return new LookupOutcome.Found(sid, DeliveryStatus.Sent);
            return new LookupOutcome.NotFound();
        }
        catch (Exception e) when (e is TwilioException or HttpRequestException or OperationCanceledException)
        {
            return new LookupOutcome.Unavailable($"Twilio could not be asked what became of the message: {e.Message}");
        }
    }

    public async Task<ContactIdentity?> FindRecipientAsync(Channel channel, string providerId, CancellationToken cancellationToken)
    {
        try
        {
            MessageResource sent = await MessageResource.FetchAsync(providerId, client: _clients.For(channel));
            return sent.To is { } to ? TwilioWebhookParser.Address(channel.Type, to) : null;
        }
        catch (Exception e) when (e is TwilioException or HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _clients.Dispose();

    private static bool Matches(OutboundMessage message, MessageResource candidate, DateTimeOffset attemptedAt)
    {
        // Twilio tells whole seconds, by its own clock.
        bool inTime = candidate.DateCreated is not { } created || created.ToUniversalTime() >= attemptedAt.UtcDateTime.AddSeconds(-5);
        bool outbound = Equals(candidate.Direction, MessageResource.DirectionEnum.OutboundApi);
        bool service = message.Channel.Credential("messagingServiceSid") is not { } sid || candidate.MessagingServiceSid == sid;
        bool text = message.Message.Content.Template is not null || (candidate.Body ?? "") == (message.Message.Content.Text ?? "");
        return inTime && outbound && service && text;
    }

    private static CreateMessageOptions Options(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        var options = new CreateMessageOptions(Address(message.Channel.Type, message.To))
        {
            StatusCallback = new Uri($"{message.WebhookUrl}?{TwilioWebhookParser.MessageParameter}={message.Message.Id}"),
        };
        if (message.Channel.Flag("useMessagingService")) options.MessagingServiceSid = message.Channel.Credential("messagingServiceSid");
        else options.From = From(message.Channel);
        if (content.Template is { } template)
        {
            options.ContentSid = template.ProviderId ?? template.Name;
            if (template.Variables.Count > 0) options.ContentVariables = JsonSerializer.Serialize(template.Variables);
            return options;
        }
        options.Body = content.Text;
        if (message.Media.Count > 0) options.MediaUrl = [.. message.Media.Select(m => m.Url)];
        return options;
    }

    private static PhoneNumber? From(Channel channel) =>
        channel.PhoneNumber is { } number ? Address(channel.Type, new ContactIdentity(channel.Type, number.ToString())) : null;

    private static PhoneNumber Address(ChannelType type, ContactIdentity identity) =>
        new(type == ChannelType.WhatsApp ? $"whatsapp:{identity.Address}" : identity.Address);

    private SendOutcome Outcome(ApiException error, Response? answer)
    {
        string? code = error.Code > 0 ? error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        int status = error.Status > 0 ? error.Status : (int?)answer?.StatusCode ?? 0;
        TimeSpan? retryAfter = answer?.Headers?.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
            _ => null,
        };
        string reason = $"Twilio {status}{(code is null ? "" : $" ({code})")}: {error.Message}";
        if (status == 429) return new SendOutcome.NotTaken(retryAfter, reason);
        if (status >= 500) return new SendOutcome.ServerError(retryAfter, reason);
        // A success whose document cannot be read: Twilio has most likely taken the message.
        if (status is > 0 and < 400) return new SendOutcome.Ambiguous(reason);
        return new SendOutcome.Refused(TwilioErrors.Failure(code, error.Message), code == TwilioErrors.OptedOut, TwilioErrors.IsChannelBroken(code));
    }

    [GeneratedRegex("^AC[0-9a-zA-Z]{32}\\z")]
    private static partial Regex AccountSid();

    [GeneratedRegex("^MG[0-9a-zA-Z]{32}\\z")]
    private static partial Regex ServiceSid();

    [GeneratedRegex("^SK[0-9a-zA-Z]{32}\\z")]
    private static partial Regex KeySid();
}
