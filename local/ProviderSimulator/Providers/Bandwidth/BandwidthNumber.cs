using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>A number with the application that it is assigned to. What is not given has the value of the documentation's examples.</summary>
internal sealed record BandwidthNumber
{
    public required string PhoneNumber { get; init; }

    /// <summary>The application's callback URL, for messages and statuses.</summary>
    public string? WebhookUrl { get; init; }

    public string AccountId { get; init; } = "9900000";

    public string ApplicationId { get; init; } = "93de2206-9669-4e07-948d-329f4b722ee2";

    public string ApiKey { get; init; } = "bandwidth-user";

    public string ApiSecret { get; init; } = "bandwidth-secret";

    /// <summary>Presented to the desk, with the password; nothing is presented if null.</summary>
    public string? CallbackUser { get; init; }

    public string? CallbackPassword { get; init; }

    /// <summary>Of a toll-free number the network itself answers STOP and START, and blocks.</summary>
    public bool IsTollFree() => PhoneNumber.Length == 12 && PhoneNumber[..5] is "+1800" or "+1833" or "+1844" or "+1855" or "+1866" or "+1877" or "+1888";
}

/// <summary>Everything that the simulated Bandwidth knows. Safe to use from several threads.</summary>
internal sealed class BandwidthState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BandwidthNumber> _numbers = [];
    private readonly HashSet<(string Customer, string Number)> _optedOut = [];

    public OutgoingMessages Messages { get; } = new();

    public FileShelf Files { get; } = new();

    public void Put(BandwidthNumber number)
    {
        lock (_gate) _numbers[number.PhoneNumber] = number;
    }

    public IReadOnlyList<BandwidthNumber> Numbers()
    {
        lock (_gate) return [.. _numbers.Values];
    }

    public BandwidthNumber? Find(string number)
    {
        lock (_gate) return _numbers.GetValueOrDefault(number);
    }

    public void OptOut(string customer, string number, bool isOut)
    {
        lock (_gate)
        {
            if (isOut) _optedOut.Add((customer, number));
            else _optedOut.Remove((customer, number));
        }
    }

    public bool IsOptedOut(string customer, string number)
    {
        lock (_gate) return _optedOut.Contains((customer, number));
    }

    public void Reset()
    {
        lock (_gate)
        {
            _numbers.Clear();
            _optedOut.Clear();
        }

        Messages.Clear();
        Files.Clear();
    }
}
