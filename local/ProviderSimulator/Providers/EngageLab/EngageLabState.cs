using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary>A WhatsApp number with its account and its callback. What is not given has an example's value.</summary>
internal sealed record EngageLabNumber
{
    public required string PhoneNumber { get; init; }

    public string? WebhookUrl { get; init; }

    public string BusinessAccountId { get; init; } = "123321";

    public string DevKey { get; init; } = "devKey01";

    public string DevSecret { get; init; } = "devSecret01";

    public string? CallbackUser { get; init; }

    /// <summary>Key of <c>X-CALLBACK-ID</c>; the header is not sent if null.</summary>
    public string? CallbackSecret { get; init; }

    /// <summary>Value of <c>Authorization</c>; the header is not sent if null.</summary>
    public string? CallbackAuthorization { get; init; }
}

/// <summary>An approved template, or one that is not.</summary>
internal sealed record EngageLabTemplate
{
    public string Id { get; init; } = Guid.NewGuid().ToString("N");

    public required string Name { get; init; }

    public string Language { get; init; } = "en";

    public string Status { get; init; } = "APPROVED";

    public string Category { get; init; } = "UTILITY";

    /// <summary>Text with placeholders <c>{{1}}</c>.</summary>
    public string Body { get; init; } = "Hello {{1}}, your order {{2}} is ready.";
}

/// <summary>Everything that the simulated EngageLab knows. Safe to use from several threads.</summary>
internal sealed class EngageLabState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EngageLabNumber> _numbers = [];
    private readonly Dictionary<(string Name, string Language), EngageLabTemplate> _templates = [];
    private readonly Dictionary<(string Customer, string Number), DateTimeOffset> _lastInbound = [];

    public EngageLabState() => Reset();

    public OutgoingMessages Messages { get; } = new();

    public FileShelf Files { get; } = new();

    public void Put(EngageLabNumber number)
    {
        lock (_gate) _numbers[number.PhoneNumber] = number;
    }

    public IReadOnlyList<EngageLabNumber> Numbers()
    {
        lock (_gate) return [.. _numbers.Values];
    }

    public EngageLabNumber? Find(string number)
    {
        lock (_gate) return _numbers.GetValueOrDefault(number);
    }

    public void Put(EngageLabTemplate template)
    {
        lock (_gate) _templates[(template.Name, template.Language)] = template;
    }

    public IReadOnlyList<EngageLabTemplate> Templates()
    {
        lock (_gate) return [.. _templates.Values];
    }

    public EngageLabTemplate? Template(string name, string language)
    {
        lock (_gate) return _templates.GetValueOrDefault((name, language));
    }

    public void NoteInbound(string customer, string number, DateTimeOffset at)
    {
        lock (_gate) _lastInbound[(customer, number)] = at;
    }

    public DateTimeOffset? LastInbound(string customer, string number)
    {
        lock (_gate) return _lastInbound.TryGetValue((customer, number), out DateTimeOffset at) ? at : null;
    }

    public void Reset()
    {
        lock (_gate)
        {
            _numbers.Clear();
            _templates.Clear();
            _lastInbound.Clear();
            _templates[("order_ready", "en")] = new EngageLabTemplate { Name = "order_ready" };
        }

        Messages.Clear();
        Files.Clear();
    }
}
