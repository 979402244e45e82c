using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Lets customers write: builds the form that Twilio would post and sends it.</summary>
internal sealed class InboundMessages(SimulatorCore core, TwilioState state, TwilioWebhooks webhooks)
{
    /// <exception cref="ControlException">The request makes no sense, or nobody said where the webhook goes.</exception>
    public async Task<JsonNode> SendAsync(InboundRequest request, CancellationToken cancellationToken)
    {
        TwilioAddress from = TwilioAddress.Parse(request.From);
        TwilioNumber number = Number(request, from);
        string url = request.WebhookUrl ?? InboundUrl(number)
            ?? throw new ControlException(400, $"No webhook is registered for {number.Address}: POST /simulator/twilio/numbers, or give webhookUrl.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out _)) throw new ControlException(400, $"'{url}' is no absolute URL.");
        string token = request.AuthToken ?? state.Account(number.AccountSid)?.AuthToken
            ?? throw new ControlException(400, $"The auth token of {number.AccountSid} is not known: register the account, or give authToken.");

        TwilioMessage message = Stored(request, from, number);
        List<KeyValuePair<string, string>> form = [.. InboundForm.Of(request, message, number, Keyword(message, number), MediaUrls(request, message))];
        WebhookDelivery delivery = await webhooks.SendAsync("inbound", message.Sid, url, Fallback(number), token, form, cancellationToken);
        (string? reply, string? warning) = WebhookAnswer.Read(delivery);
        if (reply is not null) state.Add(Reply(message, reply));
        return new JsonObject { ["messageSid"] = message.Sid, ["reply"] = reply, ["warning"] = warning, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    private TwilioNumber Number(InboundRequest request, TwilioAddress from)
    {
        TwilioAddress to = request.To is null ? OnlyNumber(from) : TwilioAddress.Parse(request.To);
        if (to.Channel != from.Channel && to.Channel == TwilioAddress.Sms) to = to with { Channel = from.Channel };
        if (to.Channel != from.Channel) throw new ControlException(400, "'from' and 'to' must be of the same channel: prefix both with whatsapp:, or none.");
        if (!from.IsRecipient && from.Channel == TwilioAddress.WhatsApp) throw new ControlException(400, $"'{from}' is neither E.164 nor a WhatsApp user id.");
        TwilioNumber number = state.Number(to) ?? new TwilioNumber { AccountSid = request.AccountSid ?? TwilioState.DemoAccountSid, Address = to };
        return number with
        {
            AccountSid = request.AccountSid ?? number.AccountSid,
            MessagingServiceSid = request.MessagingServiceSid ?? number.MessagingServiceSid,
        };
    }

    private TwilioAddress OnlyNumber(TwilioAddress from)
    {
        List<TwilioNumber> numbers = [.. state.Numbers().Where(number => number.Address.Channel == from.Channel)];
        return numbers.Count == 1
            ? numbers[0].Address
            : throw new ControlException(400, $"Give 'to': there are {numbers.Count} registered numbers of the channel {from.Channel}.");
    }

    private string? InboundUrl(TwilioNumber number) =>
        number.MessagingServiceSid is { } sid && state.Service(sid) is { UseInboundWebhookOnNumber: false, InboundRequestUrl: { } url } ? url : number.WebhookUrl;

    private string? Fallback(TwilioNumber number) =>
        number.MessagingServiceSid is { } sid && state.Service(sid) is { UseInboundWebhookOnNumber: false } service ? service.FallbackUrl : number.FallbackUrl;

    private TwilioMessage Stored(InboundRequest request, TwilioAddress from, TwilioNumber number)
    {
        DateTimeOffset now = core.Time.GetUtcNow();
        bool hasMedia = request.Media.Count > 0 || request.MediaUrl is not null || request.ContentType is not null;
        TwilioMessage message = new()
        {
            Sid = request.MessageSid ?? TwilioSids.New(hasMedia ? "MM" : "SM"),
            AccountSid = number.AccountSid,
            From = from,
            To = number.Address,
            MessagingServiceSid = number.MessagingServiceSid,
            Body = request.Text ?? request.Button?.Text ?? string.Empty,
            Direction = "inbound",
            CreatedAt = now,
            SentAt = now,
            UpdatedAt = now,
            Status = "received",
        };
        foreach (InboundMedia media in request.Media.Where(media => media.Url is null))
            message.Media.Add(new TwilioMedia(TwilioSids.New("ME"), media.ContentType, Bytes(media), now));
        if (request is { MediaUrl: null, ContentType: { } type }) message.Media.Add(new TwilioMedia(TwilioSids.New("ME"), type, SampleMedia.Of(type), now));
        if (state.Message(message.Sid) is null) state.Add(message);
        state.NoteInbound(from, number.Address, now);
        return message;
    }

    private TwilioMessage Reply(TwilioMessage message, string text)
    {
        DateTimeOffset now = core.Time.GetUtcNow();
        return new TwilioMessage
        {
            Sid = TwilioSids.New("SM"),
            AccountSid = message.AccountSid,
            From = message.To,
            To = message.From!.Value,
            MessagingServiceSid = message.MessagingServiceSid,
            Body = text,
            Direction = "outbound-reply",
            CreatedAt = now,
            SentAt = now,
            UpdatedAt = now,
            Status = "sent",
        };
    }

    private static byte[] Bytes(InboundMedia media)
    {
        try
        {
            if (media.Base64 is not null) return Convert.FromBase64String(media.Base64);
        }
        catch (FormatException)
        {
            throw new ControlException(400, "'base64' is not base64.");
        }

        return media.Text is null ? SampleMedia.Of(media.ContentType) : Encoding.UTF8.GetBytes(media.Text);
    }

    // Twilio handles keywords of text messages only, and only if they are the whole body.
    private OptOutKeyword? Keyword(TwilioMessage message, TwilioNumber number)
    {
        if (message.To.IsWhatsApp || OptOutKeywords.Find(message.Body) is not { } keyword) return null;
        string pool = number.MessagingServiceSid ?? number.Address.ToString();
        if (keyword != OptOutKeyword.Help) state.OptOut(message.From!.Value, pool, keyword == OptOutKeyword.Stop);
        return number.AdvancedOptOut ? keyword : null;
    }

    private List<(string Url, string ContentType)> MediaUrls(InboundRequest request, TwilioMessage message)
    {
        List<(string, string)> urls = [.. request.Media.Where(media => media.Url is not null).Select(media => (media.Url!, media.ContentType))];
        if (request.MediaUrl is { } url) urls.Add((url, request.ContentType ?? "application/octet-stream"));
        string folder = $"{core.BaseAddress}/twilio/2010-04-01/Accounts/{message.AccountSid}/Messages/{message.Sid}/Media/";
        urls.AddRange(message.Media.Select(media => (folder + media.Sid, media.ContentType)));
        return urls;
    }
}
