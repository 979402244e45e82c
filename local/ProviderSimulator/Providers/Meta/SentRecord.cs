using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Meta;

/// <summary>A message that the desk sent.</summary>
internal sealed class SentRecord
{
    public required string Id { get; init; }

    /// <summary>Phone number id or page id.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The request as it came.</summary>
    public required JsonObject Body { get; init; }

    public required string? Text { get; init; }

    public string Status { get; set; } = "accepted";

    public int? ErrorCode { get; set; }

    public JsonObject Shown() => new()
    {
        ["id"] = Id,
        ["from"] = From,
        ["to"] = To,
        ["text"] = Text,
        ["status"] = Status,
        ["errorCode"] = ErrorCode,
        ["direction"] = "outbound",
        ["acceptedAt"] = SimulatorJson.ToNode(At),
        ["body"] = Body.DeepClone(),
    };
}
