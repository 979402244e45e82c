using Twilio.Base;

namespace LiveDesk.Local.TwilioSdk;

/// <summary>Paging options that every list call has.</summary>
/// <typeparam name="T">The resource listed.</typeparam>
public abstract class ReadOptions<T>
    where T : Resource
{
    private long? _pageSize;
    private long? _limit;

    /// <summary>Records asked for per request; the server's default (50) when null. Once set, null leaves it as it is.</summary>
    public long? PageSize
    {
        get => _pageSize;
        set => _pageSize = value ?? _pageSize;
    }

    /// <summary>Records wanted in all; no limit when null. Also becomes the page size if none is set.</summary>
    public long? Limit
    {
        get => _limit;
        set
        {
            if (value is null) return;
            _limit = value;
            _pageSize ??= value;
        }
    }
}
