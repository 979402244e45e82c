using System.Xml;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Functions;

/// <summary>Reads settings below <c>LiveDesk</c>; whatever is wrong with one is said with its full name.</summary>
internal sealed class Settings(IConfiguration configuration)
{
    private const string VaultReference = "@Microsoft.KeyVault(";

    private readonly IConfigurationSection _section = configuration.GetSection("LiveDesk");

    /// <exception cref="InvalidOperationException">It is a Key Vault reference still.</exception>
    public string? Text(string name)
    {
        string? text = _section[name.Replace("__", ":", StringComparison.Ordinal)];
        if (text?.StartsWith(VaultReference, StringComparison.Ordinal) == true)
            throw Wrong(name, "is a Key Vault reference that was not resolved: the secret is missing, or the app's identity may not read it");
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public string Required(string name) => Text(name) ?? throw Wrong(name, "is missing");

    public IReadOnlyList<string> List(string name, Func<string, bool> isOne, string what)
    {
        string[] entries = (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(entries, entry => !isOne(entry)) is { } other ? throw Wrong(name, $"has '{other}', which is no {what}") : entries;
    }

    public static Uri Url(string name, string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw Wrong(name, "is no http(s) URL");

    /// <summary>32 bytes in base 64.</summary>
    public static byte[] Key(string name, string text)
    {
        byte[] key = new byte[32];
        return Convert.TryFromBase64String(text, key, out int length) && length == 32 ? key : throw Wrong(name, "must be 32 bytes in base 64");
    }

    /// <summary>A length of time above zero, ISO 8601.</summary>
    public TimeSpan Duration(string name, TimeSpan standard)
    {
        if (Text(name) is not { } text) return standard;
        try
        {
            TimeSpan span = XmlConvert.ToTimeSpan(text);
            return span > TimeSpan.Zero ? span : throw Wrong(name, "must be longer than nothing");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Wrong(name, "is no length of time in ISO 8601, such as PT30M");
        }
    }

    public IEnumerable<string> Below(string name) => _section.GetSection(name).GetChildren().Select(child => child.Key);

    public static InvalidOperationException Wrong(string name, string why) => new($"The setting LiveDesk__{name} {why}.");
}
