using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.Messenger;

/// <summary>A Facebook page. What is left out is the demo's.</summary>
internal sealed record Page
{
    public required string PageId { get; init; }

    public string? PageAccessToken { get; init; }

    public string AppSecret { get; init; } = MetaSecrets.DemoAppSecret;

    public string VerifyToken { get; init; } = MetaSecrets.DemoVerifyToken;

    public string? WebhookUrl { get; init; }

    public MetaSecrets Secrets => new(PageAccessToken ?? "", AppSecret, VerifyToken);
}

/// <summary>Everything that the simulated Messenger knows. Safe to use from several threads.</summary>
internal sealed class PageState
{
    private readonly Dictionary<string, Page> _pages = [];
    private readonly List<SentRecord> _sent = [];
    private readonly Dictionary<(string Customer, string Page), DateTimeOffset> _lastInbound = [];

    public Lock Gate { get; } = new();

    public void Reset()
    {
        lock (Gate)
        {
            _pages.Clear();
            _sent.Clear();
            _lastInbound.Clear();
        }
    }

    public Page? Page(string id)
    {
        lock (Gate) return _pages.GetValueOrDefault(id);
    }

    public Page? PageOfToken(string token)
    {
        lock (Gate) return _pages.Values.FirstOrDefault(page => page.PageAccessToken == token);
    }

    public IReadOnlyList<Page> Pages()
    {
        lock (Gate) return [.. _pages.Values];
    }

    public void Put(Page page)
    {
        lock (Gate) _pages[page.PageId] = page;
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

    public void NoteInbound(string customer, string page, DateTimeOffset at)
    {
        lock (Gate) _lastInbound[(customer, page)] = at;
    }

    public DateTimeOffset? LastInbound(string customer, string page)
    {
        lock (Gate) return _lastInbound.TryGetValue((customer, page), out DateTimeOffset at) ? at : null;
    }
}
