using Twilio.Base;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Types;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Api.V2010.Account;

/// <content>The calls.</content>
public partial class MessageResource
{
    private const string RecordKey = "messages";

    /// <summary>Sends a message. Not idempotent: after a connection error or a 5xx it may or may not have been accepted.</summary>
    /// <exception cref="ApiException">Twilio refused it.</exception>
    /// <exception cref="ApiConnectionException">No answer was read.</exception>
    public static Task<MessageResource> CreateAsync(CreateMessageOptions options, ITwilioRestClient? client = null) =>
        Calls.SendAsync<MessageResource>(c => Creation(options, c), client);

    /// <inheritdoc cref="CreateAsync(CreateMessageOptions, ITwilioRestClient)"/>
    public static MessageResource Create(CreateMessageOptions options, ITwilioRestClient? client = null) =>
        Calls.Send<MessageResource>(c => Creation(options, c), client);

    /// <inheritdoc cref="CreateAsync(CreateMessageOptions, ITwilioRestClient)"/>
    public static Task<MessageResource> CreateAsync(
        PhoneNumber to,
        string? pathAccountSid = null,
        PhoneNumber? from = null,
        string? messagingServiceSid = null,
        string? body = null,
        List<Uri>? mediaUrl = null,
        string? contentSid = null,
        Uri? statusCallback = null,
        string? applicationSid = null,
        decimal? maxPrice = null,
        bool? provideFeedback = null,
        int? attempt = null,
        int? validityPeriod = null,
        bool? forceDelivery = null,
        ContentRetentionEnum? contentRetention = null,
        AddressRetentionEnum? addressRetention = null,
        bool? smartEncoded = null,
        List<string>? persistentAction = null,
        TrafficTypeEnum? trafficType = null,
        bool? shortenUrls = null,
        ScheduleTypeEnum? scheduleType = null,
        DateTime? sendAt = null,
        bool? sendAsMms = null,
        string? contentVariables = null,
        RiskCheckEnum? riskCheck = null,
        PhoneNumber? fallbackFrom = null,
        ITwilioRestClient? client = null)
    {
        CreateMessageOptions options = new(to)
        {
            PathAccountSid = pathAccountSid,
            From = from,
            MessagingServiceSid = messagingServiceSid,
            Body = body,
            MediaUrl = mediaUrl ?? [],
            ContentSid = contentSid,
            StatusCallback = statusCallback,
            ApplicationSid = applicationSid,
            MaxPrice = maxPrice,
            ProvideFeedback = provideFeedback,
            Attempt = attempt,
            ValidityPeriod = validityPeriod,
            ForceDelivery = forceDelivery,
            ContentRetention = contentRetention,
            AddressRetention = addressRetention,
            SmartEncoded = smartEncoded,
            PersistentAction = persistentAction ?? [],
            TrafficType = trafficType,
            ShortenUrls = shortenUrls,
            ScheduleType = scheduleType,
            SendAt = sendAt,
            SendAsMms = sendAsMms,
            ContentVariables = contentVariables,
            RiskCheck = riskCheck,
            FallbackFrom = fallbackFrom,
        };
        return CreateAsync(options, client);
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="ApiException">Code 20404: there is none with this SID.</exception>
    public static Task<MessageResource> FetchAsync(FetchMessageOptions options, ITwilioRestClient? client = null) =>
        Calls.SendAsync<MessageResource>(c => Fetching(options, c), client);

    /// <inheritdoc cref="FetchAsync(FetchMessageOptions, ITwilioRestClient)"/>
    public static Task<MessageResource> FetchAsync(string pathSid, string? pathAccountSid = null, ITwilioRestClient? client = null) =>
        FetchAsync(new FetchMessageOptions(pathSid) { PathAccountSid = pathAccountSid }, client);

    /// <inheritdoc cref="FetchAsync(FetchMessageOptions, ITwilioRestClient)"/>
    public static MessageResource Fetch(FetchMessageOptions options, ITwilioRestClient? client = null) =>
        Calls.Send<MessageResource>(c => Fetching(options, c), client);

    /// <summary>Lists messages, newest first. Enumerating the result fetches further pages.</summary>
    public static Task<ResourceSet<MessageResource>> ReadAsync(ReadMessageOptions options, ITwilioRestClient? client = null) => Calls.ReadAsync(
        c => new Request(HttpMethod.Get, "api", $"/2010-04-01/Accounts/{options.PathAccountSid ?? c.AccountSid}/Messages.json", options.GetParams()),
        RecordKey,
        options,
        NextPage,
        client);

    /// <inheritdoc cref="ReadAsync(ReadMessageOptions, ITwilioRestClient)"/>
    public static Task<ResourceSet<MessageResource>> ReadAsync(
        string? pathAccountSid = null,
        PhoneNumber? to = null,
        PhoneNumber? from = null,
        DateTime? dateSentBefore = null,
        DateTime? dateSent = null,
        DateTime? dateSentAfter = null,
        long? pageSize = null,
        long? limit = null,
        ITwilioRestClient? client = null)
    {
        ReadMessageOptions options = new()
        {
            PathAccountSid = pathAccountSid,
            To = to,
            From = from,
            DateSentBefore = dateSentBefore,
            DateSent = dateSent,
            DateSentAfter = dateSentAfter,
            PageSize = pageSize,
            Limit = limit,
        };
        return ReadAsync(options, client);
    }

    public static Page<MessageResource> GetPage(string targetUrl, ITwilioRestClient client) =>
        Calls.ReadPage<MessageResource>(targetUrl, RecordKey, client);

    public static Page<MessageResource> NextPage(Page<MessageResource> page, ITwilioRestClient client) =>
        GetPage(page.NextPageUrl("api"), client);

    public static Page<MessageResource> PreviousPage(Page<MessageResource> page, ITwilioRestClient client) =>
        GetPage(page.PreviousPageUrl("api"), client);

    private static Request Creation(CreateMessageOptions options, ITwilioRestClient client) => new(
        HttpMethod.Post, "api", $"/2010-04-01/Accounts/{options.PathAccountSid ?? client.AccountSid}/Messages.json", post: options.GetParams());

    private static Request Fetching(FetchMessageOptions options, ITwilioRestClient client) => new(
        HttpMethod.Get,
        "api",
        $"/2010-04-01/Accounts/{options.PathAccountSid ?? client.AccountSid}/Messages/{options.PathSid}.json",
        options.GetParams());
}
