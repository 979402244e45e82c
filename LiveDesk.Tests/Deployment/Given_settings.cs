using LiveDesk.Functions;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Tests.Deployment;

/// <summary>Settings with which the desk starts, to be changed one at a time.</summary>
internal static class Given_settings
{
    public static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    public static IConfiguration With(params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?> { ["LiveDesk__PublicBaseUrl"] = "https://desk.example", ["LiveDesk__SecretsKey"] = Key };
        foreach ((string name, string? value) in changes) settings[name] = value;
        return new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)))
            .Build();
    }

    /// <summary>What the start stops with.</summary>
    public static string Refusal(bool developmentKeys, params (string Name, string? Value)[] changes) =>
        Assert.Throws<InvalidOperationException>(() => LiveDeskOptions.Read(With(changes), developmentKeys)).Message;
}
