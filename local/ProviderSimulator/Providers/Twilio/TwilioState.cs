namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Everything that the simulated Twilio knows. Safe to use from several threads.</summary>
internal sealed class TwilioState
{
    /// <summary>The account that is always there: for a first try without registering anything.</summary>
    public const string DemoAccountSid = "AC00000000000000000000000000000000";

    /// <summary>Its auth token.</summary>
    public const string DemoAuthToken = "00000000000000000000000000000000";

    /// <summary>A template that is always there, approved: <c>Hello {{1}}, your order {{2}} is ready.</c></summary>
    public const string DemoContentSid = "HX00000000000000000000000000000000";

    private readonly Dictionary<string, TwilioAccount> _accounts = [];
    private readonly Dictionary<string, TwilioNumber> _numbers = [];
    private readonly Dictionary<string, TwilioService> _services = [];
    private readonly Dictionary<string, TwilioContent> _contents = [];
    private readonly Dictionary<string, TwilioMessage> _messages = [];
    private readonly List<TwilioMessage> _order = [];
    private readonly Dictionary<(string Customer, string Sender), DateTimeOffset> _lastInbound = [];
    private readonly HashSet<(string Customer, string Sender)> _optedOut = [];

    public TwilioState() => Reset();

    public Lock Gate { get; } = new();

    /// <summary>Whether accounts that nobody registered are refused: from the first registered one on.</summary>
    public bool OnlyKnownAccounts { get; private set; }

    public void Reset()
    {
        lock (Gate)
        {
            _accounts.Clear();
            _numbers.Clear();
            _services.Clear();
            _contents.Clear();
            _messages.Clear();
            _order.Clear();
            _lastInbound.Clear();
            _optedOut.Clear();
            OnlyKnownAccounts = false;
            _accounts[DemoAccountSid] = new TwilioAccount { AccountSid = DemoAccountSid, AuthToken = DemoAuthToken, FriendlyName = "Demo" };
            _contents[DemoContentSid] = new TwilioContent
            {
                Sid = DemoContentSid,
                AccountSid = DemoAccountSid,
                FriendlyName = "order_ready",
                Body = "Hello {{1}}, your order {{2}} is ready.",
                Variables = new Dictionary<string, string> { ["1"] = "Ann", ["2"] = "A-17" },
            };
        }
    }

    public TwilioAccount? Account(string sid)
    {
        lock (Gate) return _accounts.GetValueOrDefault(sid);
    }

    public IReadOnlyList<TwilioAccount> Accounts()
    {
        lock (Gate) return [.. _accounts.Values];
    }

    /// <summary>Makes an account known, from where on its credentials are checked.</summary>
    /// <param name="account">The account.</param>
    /// <param name="strict">Whether accounts that are not known are refused from now on.</param>
    public void Put(TwilioAccount account, bool strict)
    {
        lock (Gate)
        {
            _accounts[account.AccountSid] = account;
            OnlyKnownAccounts |= strict;
        }
    }

    public TwilioNumber? Number(TwilioAddress address)
    {
        lock (Gate) return _numbers.GetValueOrDefault(address.ToString());
    }

    public IReadOnlyList<TwilioNumber> Numbers()
    {
        lock (Gate) return [.. _numbers.Values];
    }

    public void Put(TwilioNumber number)
    {
        lock (Gate) _numbers[number.Address.ToString()] = number;
    }

    public TwilioService? Service(string sid)
    {
        lock (Gate) return _services.GetValueOrDefault(sid);
    }

    public IReadOnlyList<TwilioService> Services()
    {
        lock (Gate) return [.. _services.Values];
    }

    public void Put(TwilioService service)
    {
        lock (Gate) _services[service.Sid] = service;
    }

    public IReadOnlyList<TwilioContent> Contents()
    {
        lock (Gate) return [.. _contents.Values];
    }

    public void Put(TwilioContent content)
    {
        lock (Gate) _contents[content.Sid] = content;
    }

    /// <summary>A template of the account; the demo template belongs to all.</summary>
    public TwilioContent? Content(string sid, string accountSid)
    {
        lock (Gate)
        {
            TwilioContent? content = _contents.GetValueOrDefault(sid);
            return content is not null && (content.AccountSid == accountSid || sid == DemoContentSid) ? content : null;
        }
    }

    public void Add(TwilioMessage message)
    {
        lock (Gate)
        {
            _messages[message.Sid] = message;
            _order.Add(message);
        }
    }

    public TwilioMessage? Message(string sid)
    {
        lock (Gate) return _messages.GetValueOrDefault(sid);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TwilioMessage> Messages()
    {
        lock (Gate) return [.. _order];
    }

    public void NoteInbound(TwilioAddress customer, TwilioAddress sender, DateTimeOffset at)
    {
        lock (Gate) _lastInbound[(customer.ToString(), sender.ToString())] = at;
    }

    public DateTimeOffset? LastInbound(TwilioAddress customer, TwilioAddress sender)
    {
        lock (Gate) return _lastInbound.TryGetValue((customer.ToString(), sender.ToString()), out DateTimeOffset at) ? at : null;
    }

    /// <summary>Blocks or unblocks messages to a customer from a sender: a number, or the service that it belongs to.</summary>
    public void OptOut(TwilioAddress customer, string sender, bool isOut)
    {
        lock (Gate)
        {
            if (isOut) _optedOut.Add((customer.ToString(), sender));
            else _optedOut.Remove((customer.ToString(), sender));
        }
    }

    public bool IsOptedOut(TwilioAddress customer, string sender)
    {
        lock (Gate) return _optedOut.Contains((customer.ToString(), sender));
    }
}
