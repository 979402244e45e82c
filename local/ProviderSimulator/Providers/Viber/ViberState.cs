using System.Globalization;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary>A bot. Its webhook is set here, or by the desk's owner with <c>set_webhook</c>.</summary>
internal sealed record ViberBot
{
    public string AuthToken { get; init; } = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3";

    public string Name { get; init; } = "LiveDesk";

    public string? WebhookUrl { get; init; }
}

/// <summary>Everything that the simulated Viber knows. Safe to use from several threads.</summary>
internal sealed class ViberState
{
    /// <summary>Messages an hour to somebody who does not answer.</summary>
    private const int MostUnanswered = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ViberBot> _bots = [];
    private readonly HashSet<(string Token, string User)> _subscribed = [];
    private readonly Dictionary<(string Token, string User), List<DateTimeOffset>> _unanswered = [];
    private ulong _lastToken = 4_912_661_846_655_238_144;

    public OutgoingMessages Messages { get; } = new();

    public FileShelf Files { get; } = new();

    public void Put(ViberBot bot)
    {
        lock (_gate) _bots[bot.AuthToken] = bot;
    }

    public IReadOnlyList<ViberBot> Bots()
    {
        lock (_gate) return [.. _bots.Values];
    }

    public ViberBot? Find(string? token)
    {
        lock (_gate) return token is null ? null : _bots.GetValueOrDefault(token);
    }

    /// <summary>Above 2^53: whoever reads it as a floating-point number mixes it up with its neighbours.</summary>
    public string NewToken()
    {
        lock (_gate) return (++_lastToken).ToString(CultureInfo.InvariantCulture);
    }

    public void Subscribe(string token, string user, bool isSubscribed)
    {
        lock (_gate)
        {
            if (isSubscribed) _subscribed.Add((token, user));
            else _subscribed.Remove((token, user));
        }
    }

    public bool IsSubscribed(string token, string user)
    {
        lock (_gate) return _subscribed.Contains((token, user));
    }

    public void Answered(string token, string user)
    {
        lock (_gate) _unanswered.Remove((token, user));
    }

    /// <returns>False if it is one too many.</returns>
    public bool Count(string token, string user, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_unanswered.TryGetValue((token, user), out List<DateTimeOffset>? sent)) _unanswered[(token, user)] = sent = [];
            sent.RemoveAll(at => at <= now.AddHours(-1));
            if (sent.Count >= MostUnanswered) return false;
            sent.Add(now);
            return true;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _bots.Clear();
            _subscribed.Clear();
            _unanswered.Clear();
        }

        Messages.Clear();
        Files.Clear();
    }
}
