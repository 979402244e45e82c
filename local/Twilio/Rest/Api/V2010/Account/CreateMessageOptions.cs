using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>A message to send. Unset fields are not sent.</summary>
public class CreateMessageOptions
{
    public CreateMessageOptions(PhoneNumber to) => To = to;

    public PhoneNumber To { get; }

    /// <summary>Account that sends; the client's when null.</summary>
    public string? PathAccountSid { get; set; }

    /// <summary>Where status changes are reported; absolute, its host without underscores.</summary>
    public Uri? StatusCallback { get; set; }

    public string? ApplicationSid { get; set; }

    public decimal? MaxPrice { get; set; }

    public bool? ProvideFeedback { get; set; }

    public int? Attempt { get; set; }

    /// <summary>Seconds that the message may wait, 1-36000.</summary>
    public int? ValidityPeriod { get; set; }

    public bool? ForceDelivery { get; set; }

    public MessageResource.ContentRetentionEnum? ContentRetention { get; set; }

    public MessageResource.AddressRetentionEnum? AddressRetention { get; set; }

    public bool? SmartEncoded { get; set; }

    /// <summary>WhatsApp location: <c>geo:latitude,longitude|name</c>.</summary>
    public List<string> PersistentAction { get; set; } = [];

    public MessageResource.TrafficTypeEnum? TrafficType { get; set; }

    public bool? ShortenUrls { get; set; }

    public MessageResource.ScheduleTypeEnum? ScheduleType { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? SendAt { get; set; }

    public bool? SendAsMms { get; set; }

    /// <summary>A JSON object of strings, by variable name.</summary>
    public string? ContentVariables { get; set; }

    public MessageResource.RiskCheckEnum? RiskCheck { get; set; }

    public PhoneNumber? From { get; set; }

    public PhoneNumber? FallbackFrom { get; set; }

    public string? MessagingServiceSid { get; set; }

    public string? Body { get; set; }

    public List<Uri> MediaUrl { get; set; } = [];

    public string? ContentSid { get; set; }

    /// <summary>The form fields.</summary>
    public List<KeyValuePair<string, string>> GetParams()
    {
        List<KeyValuePair<string, string>> form = [];
        form.Add("To", To);
        form.Add("StatusCallback", StatusCallback);
        form.Add("ApplicationSid", ApplicationSid);
        form.Add("MaxPrice", MaxPrice);
        form.Add("ProvideFeedback", ProvideFeedback);
        form.Add("Attempt", Attempt);
        form.Add("ValidityPeriod", ValidityPeriod);
        form.Add("ForceDelivery", ForceDelivery);
        form.Add("ContentRetention", ContentRetention);
        form.Add("AddressRetention", AddressRetention);
        form.Add("SmartEncoded", SmartEncoded);
        PersistentAction?.ForEach(action => form.Add("PersistentAction", action));
        form.Add("TrafficType", TrafficType);
        form.Add("ShortenUrls", ShortenUrls);
        form.Add("ScheduleType", ScheduleType);
        form.Add("SendAt", SendAt);
        form.Add("SendAsMms", SendAsMms);
        form.Add("ContentVariables", ContentVariables);
        form.Add("RiskCheck", RiskCheck);
        form.Add("From", From);
        form.Add("FallbackFrom", FallbackFrom);
        form.Add("MessagingServiceSid", MessagingServiceSid);
        form.Add("Body", Body);
        MediaUrl?.ForEach(url => form.Add("MediaUrl", url));
        form.Add("ContentSid", ContentSid);
        return form;
    }
}
