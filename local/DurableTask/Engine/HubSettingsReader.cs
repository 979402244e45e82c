using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local.Durable;

/// <summary>Reads the hub's settings from host.json, by way of the configuration section AzureFunctionsJobHost.</summary>
internal static class HubSettingsReader
{
    public static HubSettings Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection("AzureFunctionsJobHost:extensions:durableTask");
        IConfigurationSection storage = section.GetSection("storageProvider");
        var standard = new HubSettings();
        return standard with
        {
            HubName = Name(section["hubName"] ?? standard.HubName),
            PartitionCount = Number(storage, "partitionCount", standard.PartitionCount, 16),
            MaxQueuePollingInterval = Span(storage, "maxQueuePollingInterval", standard.MaxQueuePollingInterval),
            ControlQueueVisibilityTimeout = Span(storage, "controlQueueVisibilityTimeout", standard.ControlQueueVisibilityTimeout),
            WorkItemQueueVisibilityTimeout = Span(storage, "workItemQueueVisibilityTimeout", standard.WorkItemQueueVisibilityTimeout),
            MaxConcurrentActivityFunctions = Number(section, "maxConcurrentActivityFunctions", standard.MaxConcurrentActivityFunctions),
            MaxConcurrentOrchestratorFunctions = Number(section, "maxConcurrentOrchestratorFunctions", standard.MaxConcurrentOrchestratorFunctions),
            ExtendedSessionsEnabled = section["extendedSessionsEnabled"] is not { } enabled || bool.Parse(enabled),
            ExtendedSessionIdleTimeout = section["extendedSessionIdleTimeoutInSeconds"] is { } idle
                ? TimeSpan.FromSeconds(int.Parse(idle, CultureInfo.InvariantCulture)) : standard.ExtendedSessionIdleTimeout,
        };
    }

    private static string Name(string name) =>
        name.Length is >= 3 and <= 45 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new StartUpException($"host.json: extensions:durableTask:hubName is \"{name}\"; it must be 3 to 45 letters and digits, a letter first.");

    private static int Number(IConfigurationSection section, string key, int otherwise, int most = 10_000)
    {
        if (section[key] is not { } text)
            return otherwise;
        return int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number : throw new StartUpException($"host.json: {section.Path}:{key} is \"{text}\", not a number from 1 to {most}.");
    }

    private static TimeSpan Span(IConfigurationSection section, string key, TimeSpan otherwise)
    {
        if (section[key] is not { } text)
            return otherwise;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span > TimeSpan.Zero
            ? span : throw new StartUpException($"host.json: {section.Path}:{key} is \"{text}\", not a time span such as \"00:00:30\".");
    }
}
