using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;

namespace LiveDesk.Tests.Functions.Providers;

/// <summary>What a provider is tried with: a channel, a webhook as it arrives, a message to carry.</summary>
internal static class Bench
{
    public static readonly DateTimeOffset Now = new(2026, 2, 2, 23, 15, 0, TimeSpan.Zero);

    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");

    /// <summary>An id as it travels with a send.</summary>
    public static MessageId OurMessage { get; } =
        new(new ConversationId(ContactId.Of(Workspace, new ContactIdentity(ChannelType.Sms, "+12345678902")), 1), 1_770_074_045_000, 7);

    /// <param name="name">As in the setting: <c>Viber</c>.</param>
    public static LiveDeskOptions Options(string name, Uri? baseUrl = null) => new()
    {
        PublicBaseUrl = new Uri("https://desk.example.test"),
        SecretsKey = new byte[32],
        ProviderBaseUrls = baseUrl is null ? new Dictionary<string, Uri>() : new Dictionary<string, Uri> { [name] = baseUrl },
    };

    public static Channel Channel(
        ChannelType type, string provider, string? number, IReadOnlyDictionary<string, string> credentials, ChannelSettings? settings = null, string name = "ACME") => new()
        {
            Workspace = Workspace,
            Id = ChannelId.From(new byte[10]),
            Name = name,
            Type = type,
            Provider = provider,
            PhoneNumber = number is null ? null : E164.Parse(number),
            Credentials = credentials,
            WebhookToken = new WebhookToken("secret"),
            Settings = settings ?? new ChannelSettings(),
            CreatedAt = Now,
        };

    public static WebhookRequest Post(string body, params (string Name, string Value)[] headers) => new(
        "POST", new Uri("https://desk.example.test/api/webhooks/provider/channel/token"),
        headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body));

    public static string Fixture(string path) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", path));

    public static OutboundMessage Outbound(Channel channel, string to, MessageContent content, params OutboundMedia[] media) => new(
        channel, new ContactIdentity(channel.Type, to, ChannelScope.Of(channel)),
        new Message
        {
            Id = OurMessage,
            Direction = MessageDirection.Out,
            Author = Actor.System,
            Content = content,
            Channel = channel.Id,
            Status = DeliveryStatus.Sending,
            OccurredAt = Now,
            ReceivedAt = Now,
        },
        new Uri("https://desk.example.test/hook"), null, media);

    public static OutboundMedia File(string contentType, string name, long? size = 1000) =>
        new(new Attachment("at-1", contentType, AttachmentState.Ready, size, name), new Uri($"https://files.example.test/{name}?sig=1"));
}
