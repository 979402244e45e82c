using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>A message of the desk as the control API shows it.</summary>
internal static class SentMessage
{
    public static JsonObject Of(TwilioMessage message)
    {
        JsonObject fields = [];
        foreach (IGrouping<string, string> field in message.Fields.GroupBy(field => field.Key, field => field.Value))
            fields[field.Key] = field.Count() == 1 ? field.Single() : new JsonArray([.. field.Select(value => (JsonNode?)value)]);
        return new JsonObject
        {
            ["id"] = message.Sid,
            ["from"] = message.From?.ToString(),
            ["to"] = message.To.ToString(),
            ["text"] = message.Body,
            ["mediaUrls"] = new JsonArray([.. message.MediaUrls.Select(url => (JsonNode?)url)]),
            ["status"] = message.Status,
            ["errorCode"] = message.ErrorCode,
            ["direction"] = message.Direction,
            ["acceptedAt"] = SimulatorJson.ToNode(message.CreatedAt),
            ["accountSid"] = message.AccountSid,
            ["fields"] = fields,
            ["statuses"] = SimulatorJson.ToArray(message.Steps),
        };
    }
}
