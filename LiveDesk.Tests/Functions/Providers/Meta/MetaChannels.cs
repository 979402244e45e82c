using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions;
using LiveDesk.Functions.Providers;
using LiveDesk.Functions.Providers.Messenger;
using LiveDesk.Functions.Providers.WhatsAppCloud;

namespace LiveDesk.Tests.Functions.Providers.Meta;

/// <summary>Channels of Meta with invented credentials, their webhooks and their messages.</summary>
internal static class MetaChannels
{
    public const string AppSecret = "livedesk_test_app_secret";
    public const string VerifyToken = "livedesk_verify";
    public const string PhoneNumberId = "106540352242922";
    public const string BusinessAccountId = "102290129340398";
    public const string PageId = "117172741761305";

    public static readonly DateTimeOffset Now = new(2026, 5, 29, 12, 0, 0, TimeSpan.Zero);
    public static readonly WorkspaceId Workspace = WorkspaceId.Parse("main");

    public static Channel WhatsApp { get; } = New(ChannelType.WhatsApp, "whatsapp-cloud", new()
    {
        ["phoneNumberId"] = PhoneNumberId,
        ["businessAccountId"] = BusinessAccountId,
        ["accessToken"] = "EAAtesttoken",
    }) with
    { PhoneNumber = E164.Parse("+15550783881") };

    public static Channel Page { get; } = New(ChannelType.Messenger, "messenger", new() { ["pageId"] = PageId, ["pageAccessToken"] = "EAAtesttoken" });

    public static MessageId OurMessage { get; } = MessageId.Create(new ConversationId(ContactId.Of(Workspace, Number("+16505551234")), 1), Now, 7);

    public static ContactIdentity Number(string number) => new(ChannelType.WhatsApp, number);

    public static WhatsAppCloudProvider NewWhatsApp(ProviderHttp http, Uri? baseUrl = null) => new(http, Options("WhatsAppCloud", baseUrl), TimeProvider.System);

    public static MessengerProvider NewMessenger(ProviderHttp http, Uri? baseUrl = null) => new(http, Options("Messenger", baseUrl), TimeProvider.System);

    public static string Fixture(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", path));

    public static WebhookRequest Post(string body, string? signature = null) => new(
        "POST", new Uri("https://desk.example/api/webhooks/x/ch/t"),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-hub-signature-256"] = signature ?? "sha256=" + Sign(body) },
        Encoding.UTF8.GetBytes(body));

    public static WebhookRequest Get(string query) => new(
        "GET", new Uri("https://desk.example/api/webhooks/x/ch/t?" + query), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), ReadOnlyMemory<byte>.Empty);

    public static string Sign(string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(body)));

    public static ParsedWebhook ParseWhatsApp(string body)
    {
        using ProviderHttp http = new();
        return NewWhatsApp(http).Parse(WhatsApp, Post(body), Now);
    }

    /// <summary>One message of <c>+16505551234</c>, with the members of its kind.</summary>
    public static ParsedWebhook ParseWhatsAppMessage(string members, string contacts = """[{"profile":{"name":"Ann"},"wa_id":"16505551234"}]""") =>
        ParseWhatsApp(Value($$"""
            "contacts":{{contacts}},"messages":[{"from":"16505551234","id":"wamid.X","timestamp":"1780000001",{{members}}}]
            """));

    public static string Value(string members, string field = "messages") => $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{BusinessAccountId}}}","time":1780000000,"changes":[{"field":"{{{field}}}","value":{
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"{{{PhoneNumberId}}}"},{{{members}}}}}]}]}
        """;

    public static ParsedWebhook ParsePage(string body)
    {
        using ProviderHttp http = new();
        return NewMessenger(http).Parse(Page, Post(body), Now);
    }

    /// <summary>One item of a customer.</summary>
    public static ParsedWebhook ParseItem(string members) => ParsePage($$$"""
        {"object":"page","entry":[{"id":"{{{PageId}}}","time":1750000000123,"messaging":[
        {"sender":{"id":"3383290475046708"},"recipient":{"id":"{{{PageId}}}"},"timestamp":1750000000000,{{{members}}}}]}]}
        """);

    public static OutboundMessage Outbound(
        Channel channel, MessageContent content, ContactIdentity? to = null, string? replyTo = null, params (string Type, string Url, string? Name)[] files)
    {
        var message = new Message
        {
            Id = OurMessage,
            Direction = MessageDirection.Out,
            Author = Actor.System,
            Content = content,
            Channel = channel.Id,
            Status = DeliveryStatus.Sending,
            OccurredAt = Now,
            ReceivedAt = Now,
        };
        OutboundMedia[] media =
            [.. files.Select((f, i) => new OutboundMedia(new Attachment($"{i}", f.Type, AttachmentState.Ready, FileName: f.Name), new Uri(f.Url)))];
        ContactIdentity address = to ?? (channel.Type == ChannelType.WhatsApp ? Number("+16505551234") : new ContactIdentity(ChannelType.Messenger, "5275811702471834", PageId));
        return new OutboundMessage(channel, address, message, new Uri("https://desk.example/api/webhooks/x"), replyTo, media);
    }

    private static LiveDeskOptions Options(string provider, Uri? baseUrl) => new()
    {
        PublicBaseUrl = new Uri("https://desk.example"),
        SecretsKey = new byte[32],
        ProviderBaseUrls = baseUrl is null ? new Dictionary<string, Uri>() : new Dictionary<string, Uri> { [provider] = baseUrl },
    };

    private static Channel New(ChannelType type, string provider, Dictionary<string, string> credentials) => new()
    {
        Workspace = Workspace,
        Id = ChannelId.From(new byte[10]),
        Name = "Ventas",
        Type = type,
        Provider = provider,
        Credentials = new Dictionary<string, string>(credentials) { ["appSecret"] = AppSecret, ["verifyToken"] = VerifyToken },
        WebhookToken = new WebhookToken("t"),
        CreatedAt = Now,
    };
}
