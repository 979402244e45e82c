using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>A refusal, as Bandwidth words it.</summary>
internal sealed record BandwidthError(int Status, string Type, string Description, params (string Field, string Description)[] Fields) : IResult
{
    public static BandwidthError Field(string field, string description) =>
        new(400, "request-validation", "Your request could not be accepted", (field, description));

    public static BandwidthError Unauthorized() => new(401, "unauthorized", "Authentication failed");

    public static BandwidthError Of(int status) => status switch
    {
        401 => Unauthorized(),
        403 => new(403, "forbidden", "You do not have permission to access this resource"),
        429 => new(429, "max-message-queue-size-exceeded",
            "Your account's message queue is at capacity. Your allowed rate is 60 messages per minute. The capacity of this queue is 900 messages (15 minutes)."),
        _ => new(status, status >= 500 ? "internal-error" : "request-validation", "The request failed"),
    };

    /// <summary>What failed receipts say.</summary>
    public static string Words(string? code) => code switch
    {
        "4406" => "unallocated-to-number",
        "4410" => "media-unavailable",
        "4720" => "invalid-destination-address",
        "4770" => "rejected-spam",
        "4775" => "rejected-user-opted-out",
        "5600" => "carrier-queue-full",
        "9902" => "delivery-receipt-expired",
        _ => "unknown-error",
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        JsonObject body = new() { ["type"] = Type, ["description"] = Description };
        if (Fields.Length > 0)
            body["fieldErrors"] = new JsonArray([.. Fields.Select(f => new JsonObject { ["fieldName"] = f.Field, ["description"] = f.Description })]);
        return httpContext.Response.WriteAsJsonAsync(body);
    }
}
