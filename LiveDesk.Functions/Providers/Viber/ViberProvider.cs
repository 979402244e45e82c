using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>Viber bots (developers.viber.com/docs/api/rest-bot-api).</summary>
internal sealed class ViberProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider, IMediaSource
{
    private const string Name = "Viber";
    private const long Megabyte = 1024 * 1024;

    private readonly string _base = (options.ProviderBaseUrls.GetValueOrDefault(Name)?.AbsoluteUri ?? "https://chatapi.viber.com").TrimEnd('/');

    public ProviderTraits Traits { get; } = new()
    {
        Name = "viber",
        Types = [ChannelType.Viber],
        Credentials = [new("authToken", Required: true, Secret: true)],
        MaximumTextLength = ViberMessage.LongestText,
        DefaultRate = 50,
        Media = new Dictionary<ChannelType, MediaLimits>
        {
            [ChannelType.Viber] = new(1,
            [
                new("image/jpeg image/png image/gif", 50 * Megabyte, MaximumCaption: ViberMessage.LongestCaption),
                new("*", 50 * Megabyte),
            ]),
        },
    };

    public IReadOnlyList<string> MediaHosts { get; } = ["*.viber.com"];

    public IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials)
    {
        var errors = new List<FieldError>();
        if (phoneNumber is not null) errors.Add(new FieldError("phoneNumber", "A Viber bot has no number."));
        if (!credentials.TryGetValue("authToken", out string? token) || token.Length < 16 || !token.All(c => c is > ' ' and < (char)127))
            errors.Add(new FieldError("credentials.authToken", "The token looks like 44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3."));
        return errors;
    }

    /// <summary>The token is the bot's only name, and a secret: its hash stands for it.</summary>
    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) =>
        "viber:" + Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(credentials["authToken"])).AsSpan(0, 15));

    public async Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, "get_account_info", []);
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        return (answer.IsSuccess, answer.Body.Text("status")) switch
        {
            (true, "0") => null,
            (true, { } status) when ViberErrors.IsChannelBroken(status) =>
                Refusal.Rule("credentials_refused", ViberErrors.Failure(status, answer.Body.Text("status_message")).Message, "credentials.authToken"),
            _ => answer.CannotBeAsked(Name),
        };
    }

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now) => ViberSignature.Verify(channel.Credential("authToken")!, request);

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => ViberWebhookParser.Parse(channel, request);

    public async Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (ViberMessage.Refused(message) is { } refused) return refused;
        using HttpRequestMessage request = Request(message.Channel, "send_message", ViberMessage.Of(message));
        ProviderAnswer answer = await http.AskAsync(request, time, cancellationToken);
        if (answer.Trouble(Name) is { } trouble) return trouble;
        // Errors come with 200 too; the status in the body decides.
        return (answer.Body.Text("status"), answer.Body.Text("message_token")) switch
        {
            ("0", { } token) => new SendOutcome.Accepted(token),
            ("0", null) => new SendOutcome.Ambiguous("Viber answered without a message token."),
            ({ } status, _) => ViberErrors.Outcome(status, answer.Body.Text("status_message")),
            _ when answer.IsSuccess => new SendOutcome.Ambiguous("Viber answered with something that is no answer."),
            _ => new SendOutcome.Refused(new DeliveryFailure("provider_refused", null, $"Viber answered {answer.Status}.")),
        };
    }

    /// <summary>Never called: Viber keeps no list of messages.</summary>
    public Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        Task.FromResult<LookupOutcome>(new LookupOutcome.Unavailable("Viber cannot be asked for a message."));

    public Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken) =>
        Task.FromResult(MediaLocation.Plain(source));

    private HttpRequestMessage Request(Channel channel, string method, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_base}/pa/{method}")) { Content = ProviderCalls.Json(body) };
        request.Headers.TryAddWithoutValidation("X-Viber-Auth-Token", channel.Credential("authToken"));
        return request;
    }
}
