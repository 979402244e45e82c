using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.Messenger;

/// <summary>The messages of a Facebook page.</summary>
internal sealed class MessengerProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider, IMediaSource
{
    private const string Version = "v25.0";
    private const long Megabyte = 1024 * 1024;

    /// <summary>One file a message and no text beside it (developers.facebook.com/docs/messenger-platform/send-messages#sending_attachments).</summary>
    private static readonly MediaLimits Limits = new(1, [new("image/*", 8 * Megabyte), new("*", 25 * Megabyte)]);

    private readonly GraphApi _graph = new(http.Client, time, options.ProviderBaseUrls.GetValueOrDefault("Messenger"), Version);

    public ProviderTraits Traits { get; } = new()
    {
        Name = "messenger",
        Types = [ChannelType.Messenger],
        Credentials =
        [
            new("pageId", Required: true, Secret: false),
            new("pageAccessToken", Required: true, Secret: true),
            new("appSecret", Required: true, Secret: true),
            new("verifyToken", Required: true, Secret: true),
        ],
        MaximumTextLength = 2_000,
        DefaultRate = 300,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.Messenger] = Limits },
    };

    public IReadOnlyList<string> MediaHosts { get; } = ["*.fbcdn.net", "*.fbsbx.com"];

    public IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials)
    {
        IReadOnlyList<FieldError> errors = new FieldChecks(credentials)
            .Id("pageId", $"The page id is required: {ProviderIds.Words}.")
            .Required("pageAccessToken", "The page access token is required.")
            .Required("appSecret", "The app secret is required: webhooks are verified with it.")
            .Required("verifyToken", "The verify token is required: the text that is typed in where the webhook is set up.")
            .Errors;
        return phoneNumber is null ? errors : [.. errors, new FieldError("phoneNumber", "A page has no phone number.")];
    }

    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) =>
        $"messenger:{credentials["pageId"]}";

    /// <summary>With a page's token, <c>/me</c> is the page.</summary>
    public Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken) => GraphCheck.RunAsync(
        _graph, "me?fields=id", channel.Credential("pageId")!, "credentials.pageId", "credentials.pageAccessToken", Credentials(channel), cancellationToken);

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now) => MetaWebhook.Verify(channel, request);

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => MetaWebhook.IsHandshake(request)
        ? MetaWebhook.AnswerHandshake(request)
        : new MessengerWebhookParser(channel.Credential("pageId")!).Parse(request.Body);

    public Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken) => MessengerBody.Of(message) switch
    {
        { Refused: { } failure } => Task.FromResult<SendOutcome>(new SendOutcome.Refused(failure)),
        { Json: var body } => _graph.SendAsync(
            $"{Uri.EscapeDataString(message.Channel.Credential("pageId")!)}/messages", body!, Credentials(message.Channel),
            answer => answer.Text("message_id"), MessengerErrors.Outcome, cancellationToken),
    };

    /// <summary>A lost send is settled by its echo, which carries our id.</summary>
    public Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        Task.FromResult<LookupOutcome>(new LookupOutcome.Unavailable("Messenger is not asked what became of a message."));

    /// <summary>Webhooks carry signed addresses of a CDN, which want no credentials.</summary>
    public Task<MediaLocation> LocateAsync(Channel channel, string source, CancellationToken cancellationToken) =>
        Task.FromResult(MediaLocation.Plain(source));

    private static GraphCredentials Credentials(Channel channel) => new(channel.Credential("pageAccessToken")!, channel.Credential("appSecret"));
}
