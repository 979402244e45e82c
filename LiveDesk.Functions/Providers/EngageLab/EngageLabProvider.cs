using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>WhatsApp over EngageLab (engagelab.com/docs/whatsapp/rest-api).</summary>
internal sealed partial class EngageLabProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider
{
    private const string Name = "EngageLab";

    private readonly string _base = (options.ProviderBaseUrls.GetValueOrDefault(Name)?.AbsoluteUri ?? "https://wa.api.engagelab.cc").TrimEnd('/');

    public ProviderTraits Traits { get; } = new()
    {
        Name = "engagelab",
        Types = [ChannelType.WhatsApp],
        Credentials =
        [
            new("businessAccountId", Required: true, Secret: false),
            new("devKey", Required: true, Secret: false),
            new("devSecret", Required: true, Secret: true),
            new("callbackUser", Required: false, Secret: false),
            new("callbackSecret", Required: false, Secret: true),
            new("callbackAuthorization", Required: false, Secret: true),
        ],
        MaximumTextLength = 4_096,
        DefaultRate = 80,
        HasTemplates = true,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.WhatsApp] = MediaLimits.WhatsApp },
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
        Check(ProviderIds.IsWellFormed(Value("businessAccountId")), "credentials.businessAccountId",
            $"The Business Account ID is required: {ProviderIds.Words}.");
        Check(Value("devKey") is { } key && !key.Contains(':', StringComparison.Ordinal), "credentials.devKey", "The DevKey is required, without a colon.");
        Check(Value("devSecret") is not null, "credentials.devSecret", "The DevSecret is required.");
        Check(Value("callbackUser") is null || Value("callbackSecret") is not null, "credentials.callbackSecret", "The callback user needs a secret.");
        return errors;
    }

    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) => $"whatsapp:{phoneNumber}";

    /// <summary>Reads the templates: the only documented call that changes nothing.</summary>
    public async Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, "/v1/templates?status=APPROVED");
        return CredentialsRefused(await http.AskAsync(request, time, cancellationToken));
    }

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now) => EngageLabCallbacks.Verify(channel, request);

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => EngageLabWebhookParser.Parse(channel, request);

    public async Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (EngageLabMessage.Refused(message) is { } refused) return refused;
        using HttpRequestMessage request = Request(message.Channel, HttpMethod.Post, "/v1/messages");
        request.Content = ProviderCalls.Json(EngageLabMessage.Of(message));
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        if (answer.Trouble(Name) is { } trouble) return trouble;
        if (!answer.IsSuccess) return EngageLabErrors.Refused(answer);
        return answer.Body.Text("message_id") is { } id
            ? new SendOutcome.Accepted(id)
            : new SendOutcome.Ambiguous("EngageLab answered without a message id.");
    }

    /// <summary>Never called: EngageLab documents no way to ask for a message.</summary>
    public Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        Task.FromResult<LookupOutcome>(new LookupOutcome.Unavailable("EngageLab cannot be asked for a message."));

    private HttpRequestMessage Request(Channel channel, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_base + path));
        request.Headers.Authorization = ProviderCalls.Basic(channel.Credential("devKey")!, channel.Credential("devSecret")!);
        return request;
    }

    private static Refusal? CredentialsRefused(ProviderAnswer answer) => (answer.Status, answer.Body.Text("code")) switch
    {
        (>= 200 and < 300, _) => null,
        (_, "2003") => Refusal.Rule(
            "credentials_refused", "Meta refused EngageLab for this business account. Connect it again in the EngageLab console.", "credentials.businessAccountId"),
        (_, "2004") or (403, _) => Refusal.Rule("credentials_refused", "The DevKey may not do this. Give it the right in the EngageLab console.", "credentials.devKey"),
        (_, "2002") => Refusal.Rule("credentials_refused", "The DevKey has expired or is disabled.", "credentials.devKey"),
        (401, _) => Refusal.Rule("credentials_refused", "EngageLab refused the DevKey or the DevSecret.", "credentials.devSecret"),
        _ => answer.CannotBeAsked(Name),
    };
}
