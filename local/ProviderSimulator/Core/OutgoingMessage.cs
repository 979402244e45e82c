using System.Text.Json.Nodes;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A message that the desk sent, as a provider keeps it. Safe to use from several threads.</summary>
public sealed class OutgoingMessage
{
    private readonly Lock _gate = new();
    private readonly List<object> _steps = [];
    private string _status = "accepted";
    private string? _errorCode;

    public required string Id { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public string Text { get; init; } = string.Empty;

    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The request as it came.</summary>
    public required JsonObject Request { get; init; }

    /// <param name="status">The provider's word.</param>
    /// <param name="errorCode">Why it failed.</param>
    /// <param name="at">When.</param>
    /// <param name="webhookId">The callback that tells so; null if nobody is told.</param>
    public void Move(string status, string? errorCode, DateTimeOffset at, string? webhookId)
    {
        lock (_gate)
        {
            (_status, _errorCode) = (status, errorCode);
            _steps.Add(new { status, at, errorCode, webhookId });
        }
    }

    /// <summary>The provider's word for how far it is, and why it failed.</summary>
    public (string Status, string? ErrorCode) Progress
    {
        get
        {
            lock (_gate) return (_status, _errorCode);
        }
    }

    /// <summary>As the control API shows it.</summary>
    public JsonObject Shown()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["id"] = Id,
                ["from"] = From,
                ["to"] = To,
                ["text"] = Text,
                ["mediaUrls"] = new JsonArray([.. MediaUrls.Select(url => (JsonNode?)url)]),
                ["status"] = _status,
                ["errorCode"] = _errorCode,
                ["acceptedAt"] = SimulatorJson.ToNode(AcceptedAt),
                ["fields"] = Request.DeepClone(),
                ["statuses"] = SimulatorJson.ToArray(_steps),
            };
        }
    }
}

/// <summary>What the desk sent over one provider, oldest first.</summary>
public sealed class OutgoingMessages
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingMessage> _messages = [];

    public void Add(OutgoingMessage message)
    {
        lock (_gate) _messages.Add(message);
    }

    /// <exception cref="ControlException">The desk sent no such message.</exception>
    public OutgoingMessage Get(string id)
    {
        lock (_gate) return _messages.Find(message => message.Id == id) ?? throw new ControlException(404, $"The desk sent no message {id}.");
    }

    public JsonArray Shown()
    {
        lock (_gate) return new([.. _messages.Select(message => message.Shown())]);
    }

    public IReadOnlyList<OutgoingMessage> All()
    {
        lock (_gate) return [.. _messages];
    }

    public void Clear()
    {
        lock (_gate) _messages.Clear();
    }
}
