using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// Finds host.json and local.settings.json (else the sample) in the content root, or above it up to the repository's root,
/// and puts them into the configuration.
/// </summary>
internal sealed class SettingsFiles
{
    private readonly List<string> _folders = [];

    public SettingsFiles(string contentRoot)
    {
        for (DirectoryInfo? folder = new(contentRoot); folder is not null; folder = folder.Parent)
        {
            _folders.Add(folder.FullName);
            if (Path.Exists(Path.Combine(folder.FullName, ".git")) || folder.EnumerateFiles("*.sln").Any())
            {
                RepositoryRoot = folder.FullName;
                return;
            }
        }
        // Not in a repository: only the content root itself counts.
        _folders.RemoveRange(1, _folders.Count - 1);
        RepositoryRoot = contentRoot;
    }

    /// <summary>Where .azurite/ lies: the nearest folder with .git or a solution, else the content root.</summary>
    public string RepositoryRoot { get; }

    /// <summary>The settings file in use, or null.</summary>
    public string? SettingsPath => Find("local.settings.json") ?? Find("local.settings.sample.json");

    /// <summary>Adds what the files say; sources added later win.</summary>
    public void AddTo(IConfigurationBuilder configuration)
    {
        if (Find("host.json") is { } host)
            configuration.AddInMemoryCollection(Read(host).Select(setting => KeyValuePair.Create($"{HostJson.Section}:{setting.Key}", setting.Value)));
        if (SettingsPath is { } path)
            configuration.AddInMemoryCollection(Values(path));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Values(string path)
    {
        List<KeyValuePair<string, string?>> settings = Read(path);
        if (settings.Any(setting => setting.Key.Equals("IsEncrypted", StringComparison.OrdinalIgnoreCase)
            && string.Equals(setting.Value, "true", StringComparison.OrdinalIgnoreCase)))
            throw new StartUpException($"{path} is encrypted, which the local host cannot read. Run 'func settings decrypt', or start from the sample.");
        const string values = "Values:";
        return settings
            .Where(setting => setting.Key.StartsWith(values, StringComparison.OrdinalIgnoreCase))
            .Select(setting => KeyValuePair.Create(setting.Key[values.Length..].Replace("__", ":", StringComparison.Ordinal), setting.Value));
    }

    private static List<KeyValuePair<string, string?>> Read(string path)
    {
        try
        {
            IConfigurationRoot file = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(path))).Build();
            return [.. file.AsEnumerable().Where(setting => setting.Value is not null)];
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException)
        {
            throw new StartUpException($"{path} is not valid JSON: {(e.InnerException ?? e).Message}");
        }
    }

    private string? Find(string name) => _folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
