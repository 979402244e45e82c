using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>--port N, --contentRoot FOLDER, and any --Key=value or --Key value as configuration; a --flag alone is "true".</summary>
internal sealed class CommandLine(string[] args)
{
    private readonly string[] _args = [.. args.Select((arg, i) => IsFlag(args, i) ? arg + "=true" : arg)];

    public string? ContentRoot
    {
        get
        {
            var alone = new ConfigurationBuilder().AddCommandLine(_args).Build();
            return alone["contentRoot"];
        }
    }

    public void AddTo(IConfigurationBuilder configuration) =>
        configuration.AddCommandLine(_args, new Dictionary<string, string> { ["--port"] = "LocalHost:Port" });

    private static bool IsFlag(string[] args, int i) =>
        args[i].StartsWith("--", StringComparison.Ordinal) && !args[i].Contains('=', StringComparison.Ordinal)
        && (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal));
}
