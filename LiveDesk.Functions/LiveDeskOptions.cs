using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Functions;

/// <summary>The settings of the desk, read and checked once at start-up. Names: <c>LiveDesk__{property}</c>.</summary>
internal sealed record LiveDeskOptions
{
    /// <summary>Names in <c>LiveDesk__Providers__{name}__BaseUrl</c>.</summary>
    public static readonly IReadOnlyList<string> ProviderNames =
        ["Twilio", "Bandwidth", "WhatsAppCloud", "EngageLab", "Messenger", "Viber", "OpenAi", "Dialogflow"];

    /// <summary>Admin key of <see cref="BootstrapWorkspace"/>; null: none.</summary>
    public string? BootstrapApiKey { get; init; }

    public WorkspaceId BootstrapWorkspace { get; init; } = WorkspaceId.Parse("main");

    /// <summary>Where the world reaches the desk; webhook URLs and Twilio signatures are built on it.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>32 bytes, base 64 in the setting.</summary>
    public required byte[] SecretsKey { get; init; }

    /// <summary>The key before <see cref="SecretsKey"/>, while what it encrypted is encrypted anew; null: none.</summary>
    public byte[]? SecretsKeyPrevious { get; init; }

    /// <summary>Origins that may call the API from a browser; <c>*</c> for any.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Private hosts that media downloads and outgoing webhooks may reach.</summary>
    public IReadOnlyList<string> AllowedPrivateHosts { get; init; } = [];

    /// <summary>The OpenID Connect issuer whose tokens are taken beside API keys; null: none.</summary>
    public Uri? OidcIssuer { get; init; }

    /// <summary>What a token's audience must be; set together with <see cref="OidcIssuer"/>.</summary>
    public string? OidcAudience { get; init; }

    public TimeSpan AutoCloseMinimum { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Base URLs by provider name as in the setting (<c>Twilio</c>); absent: the provider's own.</summary>
    public IReadOnlyDictionary<string, Uri> ProviderBaseUrls { get; init; } = new Dictionary<string, Uri>();

    /// <exception cref="InvalidOperationException">A setting is missing or malformed; the message names it.</exception>
    public static LiveDeskOptions Read(IConfiguration configuration) => Read(configuration, DevelopmentKeys.AreAccepted);

    /// <param name="configuration">Where the settings stand.</param>
    /// <param name="developmentKeys">Whether the keys of the sample settings will do.</param>
    public static LiveDeskOptions Read(IConfiguration configuration, bool developmentKeys)
    {
        var settings = new Settings(configuration);
        byte[] key = Settings.Key("SecretsKey", settings.Required("SecretsKey"));
        var options = new LiveDeskOptions
        {
            BootstrapApiKey = settings.Text("BootstrapApiKey"),
            BootstrapWorkspace = Workspace(settings),
            PublicBaseUrl = Settings.Url("PublicBaseUrl", settings.Required("PublicBaseUrl")),
            SecretsKey = key,
            SecretsKeyPrevious = settings.Text("SecretsKeyPrevious") is { } previous ? Settings.Key("SecretsKeyPrevious", previous) : null,
            Cors = settings.List("Cors", IsOrigin, "origin such as https://desk.example.com"),
            AllowedPrivateHosts = settings.List("AllowedPrivateHosts", host => Uri.CheckHostName(host) != UriHostNameType.Unknown, "host name"),
            OidcIssuer = Issuer(settings),
            OidcAudience = settings.Text("Oidc__Audience"),
            AutoCloseMinimum = settings.Duration("AutoCloseMinimum", TimeSpan.FromMinutes(30)),
            ProviderBaseUrls = Providers(settings),
        };
        if (!developmentKeys) options.RefuseKnownKeys();
        return options;
    }

    private void RefuseKnownKeys()
    {
        if (BootstrapApiKey is { } api && (api == DevelopmentKeys.BootstrapApiKey || !api.StartsWith("ldk_", StringComparison.Ordinal) || api.Length < 24))
            throw Settings.Wrong("BootstrapApiKey", "must be a key of your own: ldk_ and at least 20 random characters");
        byte[] known = Convert.FromBase64String(DevelopmentKeys.SecretsKey);
        if (SecretsKey.AsSpan().SequenceEqual(known) || SecretsKey.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            throw Settings.Wrong("SecretsKey", "is the key of the sample settings, which everybody knows: make one of your own");
    }

    private static Uri? Issuer(Settings settings)
    {
        string? issuer = settings.Text("Oidc__Issuer"), audience = settings.Text("Oidc__Audience");
        if (issuer is null && audience is null) return null;
        if (issuer is null) throw Settings.Wrong("Oidc__Issuer", "is missing: it goes together with LiveDesk__Oidc__Audience");
        if (audience is null) throw Settings.Wrong("Oidc__Audience", "is missing: it goes together with LiveDesk__Oidc__Issuer");
        Uri url = Settings.Url("Oidc__Issuer", issuer);
        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback ? url : throw Settings.Wrong("Oidc__Issuer", "must be an https address");
    }

    private static WorkspaceId Workspace(Settings settings)
    {
        string text = settings.Text("BootstrapWorkspace") ?? "main";
        return WorkspaceId.TryParse(text, out WorkspaceId workspace)
            ? workspace
            : throw Settings.Wrong("BootstrapWorkspace", $"has '{text}', which is no workspace id");
    }

    private static Dictionary<string, Uri> Providers(Settings settings)
    {
        var urls = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        foreach (string provider in settings.Below("Providers"))
        {
            string name = $"Providers__{provider}__BaseUrl";
            if (!ProviderNames.Contains(provider, StringComparer.OrdinalIgnoreCase))
                throw Settings.Wrong($"Providers__{provider}", $"names no provider; there are {string.Join(", ", ProviderNames)}");
            if (settings.Text(name) is { } url) urls[provider] = Settings.Url(name, url);
        }
        return urls;
    }

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.GetLeftPart(UriPartial.Authority) == text);
}
