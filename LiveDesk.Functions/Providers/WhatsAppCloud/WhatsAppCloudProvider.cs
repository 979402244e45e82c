using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>WhatsApp without anybody in between: Meta's Cloud API.</summary>
internal sealed partial class WhatsAppCloudProvider(ProviderHttp http, LiveDeskOptions options, TimeProvider time) : IProvider
{
    private const string Version = "v23.0";

    private readonly GraphApi _graph = new(http.Client, time, options.ProviderBaseUrls.GetValueOrDefault("WhatsAppCloud"), Version);

    public ProviderTraits Traits { get; } = new()
    {
        Name = "whatsapp-cloud",
        Types = [ChannelType.WhatsApp],
        Credentials =
        [
            new("phoneNumberId", Required: true, Secret: false),
            new("businessAccountId", Required: true, Secret: false),
            new("accessToken", Required: true, Secret: true),
            new("appSecret", Required: true, Secret: true),
            new("verifyToken", Required: true, Secret: true),
        ],
        MaximumTextLength = 4_096,
        DefaultRate = 80,
        HasTemplates = true,
        SendsVoice = true,
        Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.WhatsApp] = MediaLimits.WhatsApp },
    };

    public IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) =>
        new FieldChecks(credentials)
            .Id("phoneNumberId", $"The phone number id is required, from the WhatsApp page of the app: {ProviderIds.Words}. It is not the phone number.")
            .Id("businessAccountId", $"The business account id is required, from the WhatsApp page of the app: {ProviderIds.Words}.")
            .Required("accessToken", "The access token is required.")
            .Required("appSecret", "The app secret is required: webhooks are verified with it.")
            .Required("verifyToken", "The verify token is required: the text that is typed in where the webhook is set up.")
            .Errors;

    public string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials) =>
        $"whatsapp-cloud:{credentials["phoneNumberId"]}";

    public async Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken) =>
        await CheckAsync(channel, "phoneNumberId", cancellationToken) ?? await CheckAsync(channel, "businessAccountId", cancellationToken);

    public WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now) => MetaWebhook.Verify(channel, request);

    public ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now) => MetaWebhook.IsHandshake(request)
        ? MetaWebhook.AnswerHandshake(request)
        : new WhatsAppWebhookParser(channel).Parse(request.Body);

    public Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken) => WhatsAppBody.Of(message) switch
    {
        { Refused: { } failure } => Task.FromResult<SendOutcome>(new SendOutcome.Refused(failure)),
        { Json: var body } => _graph.SendAsync(
            $"{Uri.EscapeDataString(message.Channel.Credential("phoneNumberId")!)}/messages", body!, Credentials(message.Channel),
            answer => answer.Each("messages").Select(m => m.Text("id")).FirstOrDefault(), WhatsAppErrors.Outcome, cancellationToken),
    };

    /// <summary>The Cloud API has no list of sent messages; a lost send is settled by its status, which carries our id.</summary>
    public Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        Task.FromResult<LookupOutcome>(new LookupOutcome.Unavailable("WhatsApp cannot be asked what became of a message."));

    private Task<Refusal?> CheckAsync(Channel channel, string field, CancellationToken cancellationToken)
    {
        string id = channel.Credential(field)!;
        return GraphCheck.RunAsync(
            _graph, $"{Uri.EscapeDataString(id)}?fields=id", id, $"credentials.{field}", "credentials.accessToken", Credentials(channel), cancellationToken);
    }

    private static GraphCredentials Credentials(Channel channel) => new(channel.Credential("accessToken")!, channel.Credential("appSecret"));
}
