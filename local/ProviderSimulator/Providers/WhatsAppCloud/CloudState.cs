using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>A number of the Cloud API. What is left out is the demo's.</summary>
internal sealed record CloudNumber
{
    public required string PhoneNumberId { get; init; }

    public string PhoneNumber { get; init; } = "+15550003333";

    public string BusinessAccountId { get; init; } = "102290129340398";

    public string? AccessToken { get; init; }

    public string AppSecret { get; init; } = MetaSecrets.DemoAppSecret;

    public string VerifyToken { get; init; } = MetaSecrets.DemoVerifyToken;

    public string? WebhookUrl { get; init; }

    public MetaSecrets Secrets => new(AccessToken ?? "", AppSecret, VerifyToken);
}

/// <summary>A template of a business account.</summary>
internal sealed record CloudTemplate
{
    public required string Name { get; init; }

    public string Language { get; init; } = "en_US";

    public string Status { get; init; } = "APPROVED";

    public string Category { get; init; } = "UTILITY";

    /// <summary>Text with <c>{{1}}</c>, <c>{{2}}</c>...</summary>
    public string Body { get; init; } = "Hello {{1}}, your order {{2}} is ready.";

    /// <summary><c>TEXT</c>, <c>IMAGE</c>, <c>VIDEO</c>, <c>DOCUMENT</c>; none if null.</summary>
    public string? Header { get; init; }

    public string? BusinessAccountId { get; init; }
}

internal sealed record CloudMedia(string Id, string ContentType, byte[] Bytes);

/// <summary>Everything that the simulated Cloud API knows. Safe to use from several threads.</summary>
internal sealed class CloudState
{
    private readonly Dictionary<string, CloudNumber> _numbers = [];
    private readonly Dictionary<(string Name, string Language), CloudTemplate> _templates = [];
    private readonly Dictionary<string, CloudMedia> _media = [];
    private readonly List<SentRecord> _sent = [];
    private readonly Dictionary<(string Customer, string Number), DateTimeOffset> _lastInbound = [];
    private readonly HashSet<string> _heard = [];
    private long _lastMediaId = 1_003_383_421_387_000;

    public CloudState() => Reset();

    public Lock Gate { get; } = new();

    public void Reset()
    {
        lock (Gate)
        {
            _numbers.Clear();
            _templates.Clear();
            _media.Clear();
            _sent.Clear();
            _lastInbound.Clear();
            _heard.Clear();
        }
        Put(new CloudTemplate { Name = "order_ready" });
    }

    public CloudNumber? Number(string idOrPhone)
    {
        lock (Gate)
            return _numbers.GetValueOrDefault(idOrPhone)
                ?? _numbers.Values.FirstOrDefault(n => n.PhoneNumber == idOrPhone || n.PhoneNumber.TrimStart('+') == idOrPhone);
    }

    public IReadOnlyList<CloudNumber> Numbers()
    {
        lock (Gate) return [.. _numbers.Values];
    }

    public void Put(CloudNumber number)
    {
        lock (Gate) _numbers[number.PhoneNumberId] = number;
    }

    public void Put(CloudTemplate template)
    {
        lock (Gate) _templates[(template.Name, template.Language)] = template;
    }

    public CloudTemplate? Template(string name, string language)
    {
        lock (Gate) return _templates.GetValueOrDefault((name, language));
    }

    public IReadOnlyList<CloudTemplate> Templates()
    {
        lock (Gate) return [.. _templates.Values];
    }

    public CloudMedia AddMedia(string contentType, byte[]? bytes)
    {
        lock (Gate)
        {
            CloudMedia media = new($"{++_lastMediaId}", contentType, bytes ?? SampleMedia.Of(contentType));
            return _media[media.Id] = media;
        }
    }

    public CloudMedia? Media(string id)
    {
        lock (Gate) return _media.GetValueOrDefault(id);
    }

    public bool RemoveMedia(string id)
    {
        lock (Gate) return _media.Remove(id);
    }

    public void Add(SentRecord sent)
    {
        lock (Gate) _sent.Add(sent);
    }

    public SentRecord? Sent(string id)
    {
        lock (Gate) return _sent.Find(message => message.Id == id);
    }

    public IReadOnlyList<SentRecord> Sent()
    {
        lock (Gate) return [.. _sent];
    }

    public void NoteInbound(string messageId, IEnumerable<string> customer, string number, DateTimeOffset at)
    {
        lock (Gate)
        {
            _heard.Add(messageId);
            foreach (string address in customer) _lastInbound[(address, number)] = at;
        }
    }

    public DateTimeOffset? LastInbound(string customer, string number)
    {
        lock (Gate) return _lastInbound.TryGetValue((customer, number), out DateTimeOffset at) ? at : null;
    }

    /// <summary>Whether a message of that id has passed in either direction.</summary>
    public bool HasPassed(string id)
    {
        lock (Gate) return _heard.Contains(id) || _sent.Exists(message => message.Id == id);
    }
}
