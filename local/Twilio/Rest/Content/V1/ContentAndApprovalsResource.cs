using System.Text.Json.Serialization;
using Twilio.Base;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Json;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest.Content.V1;

/// <summary>A content template and WhatsApp's verdict on it.</summary>
public class ContentAndApprovalsResource : Resource
{
    private const string RecordKey = "contents";

    [JsonConstructor]
    private ContentAndApprovalsResource()
    {
    }

    [JsonInclude]
    public DateTime? DateCreated { get; private set; }

    [JsonInclude]
    public DateTime? DateUpdated { get; private set; }

    [JsonInclude]
    public string? Sid { get; private set; }

    [JsonInclude]
    public string? AccountSid { get; private set; }

    [JsonInclude]
    public string? FriendlyName { get; private set; }

    [JsonInclude]
    public string? Language { get; private set; }

    /// <summary>Default values by variable name: JSON, whose text <c>ToString()</c> gives.</summary>
    [JsonInclude]
    public object? Variables { get; private set; }

    /// <summary>The content by type, such as <c>twilio/text</c>: JSON, whose text <c>ToString()</c> gives.</summary>
    [JsonInclude]
    public object? Types { get; private set; }

    /// <summary>Name, category, status and reason of a rejection: JSON, whose text <c>ToString()</c> gives.</summary>
    [JsonInclude]
    public object? ApprovalRequests { get; private set; }

    /// <summary>Lists the account's content templates with their approvals.</summary>
    public static Task<ResourceSet<ContentAndApprovalsResource>> ReadAsync(ReadContentAndApprovalsOptions options, ITwilioRestClient? client = null) =>
        Calls.ReadAsync(
            _ => new Request(HttpMethod.Get, "content", "/v1/ContentAndApprovals", options.GetParams()), RecordKey, options, NextPage, client);

    /// <inheritdoc cref="ReadAsync(ReadContentAndApprovalsOptions, ITwilioRestClient)"/>
    public static Task<ResourceSet<ContentAndApprovalsResource>> ReadAsync(int? pageSize = null, long? limit = null, ITwilioRestClient? client = null) =>
        ReadAsync(new ReadContentAndApprovalsOptions { PageSize = pageSize, Limit = limit }, client);

    public static Page<ContentAndApprovalsResource> GetPage(string targetUrl, ITwilioRestClient client) =>
        Calls.ReadPage<ContentAndApprovalsResource>(targetUrl, RecordKey, client);

    public static Page<ContentAndApprovalsResource> NextPage(Page<ContentAndApprovalsResource> page, ITwilioRestClient client) =>
        GetPage(page.NextPageUrl("content"), client);

    /// <summary>Reads the resource.</summary>
    /// <exception cref="ApiException">The text is not its JSON.</exception>
    public static ContentAndApprovalsResource FromJson(string json) => TwilioJson.Parse<ContentAndApprovalsResource>(json);
}
