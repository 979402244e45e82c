using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// host.json, read through the configuration section AzureFunctionsJobHost, where it stands under the environment:
/// AzureFunctionsJobHost__extensions__queues__batchSize changes a value without touching the file, as in Azure.
/// </summary>
internal sealed class HostJson
{
    public const string Section = "AzureFunctionsJobHost";

    /// <summary>Keys that are honoured; a section with a star belongs to someone else as a whole.</summary>
    private static readonly string[] Known =
    [
        "version", "functionTimeout", "logging:logLevel:*", "extensions:http:routePrefix", "extensions:http:maxOutstandingRequests",
        "extensions:http:maxConcurrentRequests", "extensions:queues:maxPollingInterval", "extensions:queues:visibilityTimeout",
        "extensions:queues:batchSize", "extensions:queues:newBatchThreshold", "extensions:queues:maxDequeueCount",
        "extensions:queues:messageEncoding", "extensions:durableTask:*",
        // How much is sent to Application Insights; nothing is sent there from this machine.
        "logging:applicationInsights:*",
    ];

    private readonly IConfigurationSection _section;

    public HostJson(IConfiguration configuration)
    {
        _section = configuration.GetSection(Section);
        FunctionTimeout = _section["functionTimeout"] == "-1" ? Timeout.InfiniteTimeSpan : Span("functionTimeout", TimeSpan.FromMinutes(30));
        RoutePrefix = (_section["extensions:http:routePrefix"] ?? "api").Trim('/');
        MaxOutstandingRequests = Number("extensions:http:maxOutstandingRequests", -1, -1, int.MaxValue);
        MaxConcurrentRequests = Number("extensions:http:maxConcurrentRequests", -1, -1, int.MaxValue);
        int batchSize = Number("extensions:queues:batchSize", 16, 1, 32);
        Queues = new QueueSettings(
            batchSize,
            Number("extensions:queues:newBatchThreshold", batchSize / 2, 0, 1000),
            Number("extensions:queues:maxDequeueCount", 5, 1, int.MaxValue),
            Span("extensions:queues:maxPollingInterval", TimeSpan.FromMinutes(1)),
            Span("extensions:queues:visibilityTimeout", TimeSpan.Zero),
            Base64());
        if (_section["version"] is { } version && version != "2.0")
            throw new StartUpException($"host.json: version is \"{version}\", it must be \"2.0\".");
    }

    /// <summary>Default 30 min, as on a dedicated plan; infinite for "-1".</summary>
    public TimeSpan FunctionTimeout { get; }

    /// <summary>Without slashes; may be empty.</summary>
    public string RoutePrefix { get; }

    /// <summary>Running and waiting requests; beyond them 429. -1 is no limit.</summary>
    public int MaxOutstandingRequests { get; }

    /// <summary>Running requests; the others wait. -1 is no limit.</summary>
    public int MaxConcurrentRequests { get; }

    public QueueSettings Queues { get; }

    /// <summary>Keys of the file that nobody reads.</summary>
    public IEnumerable<string> UnknownKeys() =>
        from setting in _section.AsEnumerable(makePathsRelative: true)
        where setting.Value is not null && !Known.Any(known => Matches(known, setting.Key))
        select setting.Key;

    private static bool Matches(string known, string key) => known.EndsWith('*')
        ? key.StartsWith(known[..^1], StringComparison.OrdinalIgnoreCase)
        : key.Equals(known, StringComparison.OrdinalIgnoreCase);

    private TimeSpan Span(string key, TimeSpan otherwise)
    {
        if (_section[key] is not { } text)
            return otherwise;
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero
            ? span
            : throw new StartUpException($"host.json: {key} is \"{text}\", not a time span such as \"00:00:05\".");
    }

    private int Number(string key, int otherwise, int least, int most)
    {
        if (_section[key] is not { } text)
            return otherwise;
        return int.TryParse(text, out int number) && number >= least && number <= most
            ? number
            : throw new StartUpException($"host.json: {key} is \"{text}\", not a number from {least} to {most}.");
    }

    private bool Base64() => (_section["extensions:queues:messageEncoding"] ?? "base64").ToUpperInvariant() switch
    {
        "BASE64" => true,
        "NONE" => false,
        string other => throw new StartUpException($"host.json: extensions:queues:messageEncoding is \"{other}\", not base64 or none."),
    };
}

/// <summary>extensions.queues of host.json.</summary>
/// <param name="BatchSize">Messages fetched at once, 1 to 32.</param>
/// <param name="NewBatchThreshold">The next batch is fetched when no more than this many messages are being worked on.</param>
/// <param name="MaxDequeueCount">Tries before a message goes to the poison queue.</param>
/// <param name="MaxPollingInterval">The longest pause between polls of an empty queue.</param>
/// <param name="RetryDelay">host.json's visibilityTimeout: how long a message rests after a failure.</param>
/// <param name="Base64">Whether message texts are base64.</param>
internal sealed record QueueSettings(
    int BatchSize, int NewBatchThreshold, int MaxDequeueCount, TimeSpan MaxPollingInterval, TimeSpan RetryDelay, bool Base64);
