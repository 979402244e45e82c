using LiveDesk.Domain.Workspaces;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Functions;

/// <summary>The settings of the desk, read and checked once at start-up. Names: <c>LiveDesk__{property}</c>.</summary>
internal sealed record LiveDeskOptions
{
    /// <summary>Admin key of <see cref="BootstrapWorkspace"/>; null: none.</summary>
    public string? BootstrapApiKey { get; init; }

    public WorkspaceId BootstrapWorkspace { get; init; } = WorkspaceId.Parse("main");

    /// <summary>Where the world reaches the desk; webhook URLs and Twilio signatures are built on it.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>32 bytes, base 64 in the setting.</summary>
    public required byte[] SecretsKey { get; init; }

    /// <summary>Origins that may call the API from a browser; <c>*</c> for any.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Private hosts that media downloads and outgoing webhooks may reach.</summary>
    public IReadOnlyList<string> AllowedPrivateHosts { get; init; } = [];

    public TimeSpan AutoCloseMinimum { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Base URLs by provider name as in the setting (<c>Twilio</c>); absent: the provider's own.</summary>
    public IReadOnlyDictionary<string, Uri> ProviderBaseUrls { get; init; } = new Dictionary<string, Uri>();

    /// <exception cref="InvalidOperationException">A setting is missing or malformed; the message names it.</exception>
    public static LiveDeskOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection("LiveDesk");
        return new LiveDeskOptions
        {
            BootstrapApiKey = Text(section, "BootstrapApiKey"),
            BootstrapWorkspace = Parse(section, "BootstrapWorkspace", "main", WorkspaceId.Parse),
            PublicBaseUrl = Url(Required(section, "PublicBaseUrl"), "PublicBaseUrl"),
            SecretsKey = Key(Required(section, "SecretsKey")),
            Cors = List(section, "Cors"),
            AllowedPrivateHosts = List(section, "AllowedPrivateHosts"),
            AutoCloseMinimum = Parse(section, "AutoCloseMinimum", "PT30M", System.Xml.XmlConvert.ToTimeSpan),
            ProviderBaseUrls = section.GetSection("Providers").GetChildren()
                .Where(p => !string.IsNullOrWhiteSpace(p["BaseUrl"]))
                .ToDictionary(p => p.Key, p => Url(p["BaseUrl"]!, $"Providers__{p.Key}__BaseUrl"), StringComparer.OrdinalIgnoreCase),
        };
    }

    private static string? Text(IConfigurationSection section, string name) => section[name] is { Length: > 0 } text ? text : null;

    private static string Required(IConfigurationSection section, string name) =>
        Text(section, name) ?? throw new InvalidOperationException($"The setting LiveDesk__{name} is missing.");

    private static List<string> List(IConfigurationSection section, string name) =>
        [.. (Text(section, name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static Uri Url(string text, string name) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new InvalidOperationException($"The setting LiveDesk__{name} is no http(s) URL.");

    private static byte[] Key(string text)
    {
        byte[] key = new byte[32];
        return Convert.TryFromBase64String(text, key, out int length) && length == 32
            ? key
            : throw new InvalidOperationException("The setting LiveDesk__SecretsKey must be 32 bytes in base 64.");
    }

    private static T Parse<T>(IConfigurationSection section, string name, string standard, Func<string, T> parse)
    {
        string text = Text(section, name) ?? standard;
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"The setting LiveDesk__{name} is malformed: {e.Message}", e);
        }
    }
}
