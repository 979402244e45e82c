using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>SMS and MMS over Bandwidth's Messaging API, version 2 (dev.bandwidth.com/docs/messaging).</summary>
internal sealed partial class BandwidthProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider
{
    private const string Name = "Bandwidth";
    private const int LongestMediaUrl = 4096;

    private readonly string _base =
        (options.ProviderBaseUrls.GetValueOrDefault(Name)?.AbsoluteUri ?? "https://messaging.bandwidth.com").TrimEnd('/');

    public ProviderTraits Traits { get; } = new()
    {
        Name = "bandwidth",
        Types = [ChannelType.Sms],
        Credentials =
        [
            new("accountId", Required: true, Secret: false),
            new("applicationId", Required: true, Secret: false),
            new("apiKey", Required: true, Secret: false),
            new("apiSecret", Required: true, Secret: true),
            new("callbackUser", Required: false, Secret: false),
            new("callbackPassword", Required: false, Secret: true),
        ],
        MaximumTextLength = 2_048,
        // Of a local number, by default; the queue behind it holds 15 minutes.
        DefaultRate = 1,
        CanLookUp = true,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.Sms] = Limits },
    };

    public IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials)
    {
        var errors = new List<FieldError>();
        string? Value(string name) => credentials.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
        void Check(bool good, string field, string message)
        {
            if (!good) errors.Add(new FieldError(field, message));
        }

        Check(phoneNumber is not null, "phoneNumber", "The number is required.");
        Check(ProviderIds.IsWellFormed(Value("accountId")), "credentials.accountId", $"The Account ID is required: {ProviderIds.Words}.");
        Check(ProviderIds.IsWellFormed(Value("applicationId")), "credentials.applicationId", $"The App ID is required: {ProviderIds.Words}.");
        Check(Value("apiKey") is { } key && !key.Contains(':', StringComparison.Ordinal), "credentials.apiKey", "The API key is required, without a colon.");
        Check(Value("apiSecret") is not null, "credentials.apiSecret", "The API secret is required.");
        Check(Value("callbackUser") is not { } user || !user.Contains(':', StringComparison.Ordinal), "credentials.callbackUser",
            "The callback user cannot contain a colon.");
        Check(Value("callbackUser") is null || Value("callbackPassword") is not null, "credentials.callbackPassword",
            "The callback user needs a password.");
        Check(Value("callbackPassword") is null || Value("callbackUser") is not null, "credentials.callbackUser",
            "The callback password needs a user.");
        return errors;
    }

    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) => $"sms:{phoneNumber}";

    /// <summary>Lists the account's media: the one read that takes nothing but the account and the credentials.</summary>
    public async Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, "media");
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => null,
            { Status: 401 } => Refusal.Rule("credentials_refused", "Bandwidth refused the API key or its secret.", "credentials.apiSecret"),
            { Status: 403 or 404 } =>
                Refusal.Rule("credentials_refused", "The API key is good, but not for messages of this account.", "credentials.accountId"),
            _ => answer.CannotBeAsked(Name),
        };
    }

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now) => BandwidthCallbacks.Verify(channel, request);

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => BandwidthWebhookParser.Parse(channel, request);

    public async Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (Refused(message) is { } refused) return refused;
        using HttpRequestMessage request = Request(message.Channel, HttpMethod.Post, "messages");
        request.Content = ProviderCalls.Json(Body(message));
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        if (answer.Trouble(Name) is { } trouble) return trouble;
        if (!answer.IsSuccess) return BandwidthErrors.Refused(answer);
        return answer.Body.Text("id") is { } id
            ? new SendOutcome.Accepted(id)
            : new SendOutcome.Ambiguous("Bandwidth answered without a message id.");
    }

    private HttpRequestMessage Request(Channel channel, HttpMethod method, string resource)
    {
        var request = new HttpRequestMessage(method, new Uri($"{_base}/api/v2/users/{Uri.EscapeDataString(channel.Credential("accountId")!)}/{resource}"));
        request.Headers.Authorization = ProviderCalls.Basic(channel.Credential("apiKey")!, channel.Credential("apiSecret")!);
        return request;
    }

    /// <summary>One recipient only: with several, all receipts would carry the same id.</summary>
    private static JsonObject Body(OutboundMessage message)
    {
        var body = new JsonObject
        {
            ["to"] = new JsonArray(message.To.Address),
            ["from"] = message.Channel.PhoneNumber!.Value.ToString(),
            ["applicationId"] = message.Channel.Credential("applicationId"),
            ["tag"] = message.Message.Id.Value,
        };
        if (message.Message.Content.Text is { Length: > 0 } text) body["text"] = text;
        if (message.Media.Count > 0) body["media"] = new JsonArray([.. message.Media.Select(m => (JsonNode)m.Url.AbsoluteUri)]);
        return body;
    }

    private static SendOutcome.Refused? Refused(OutboundMessage message)
    {
        MessageContent content = message.Message.Content;
        (string Code, string Words)? failure = message switch
        {
            _ when content.Template is not null => ("template_refused", "SMS has no templates."),
            { Media.Count: 0 } when string.IsNullOrEmpty(content.Text) => ("content_refused", "There is neither text nor file in the message."),
            _ when message.Media.Any(m => m.Url.AbsoluteUri.Length > LongestMediaUrl) => ("media_refused", "The file's address is too long."),
            _ => null,
        };
        return failure is { } found ? new SendOutcome.Refused(new DeliveryFailure(found.Code, null, found.Words)) : null;
    }
}
