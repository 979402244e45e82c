using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Functions;
using LiveDesk.Functions.Security;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Tests.Deployment;

/// <summary>A setting is in the code, in docs/configuration.md, in the Bicep files and in the sample, or the build says where it is missing.</summary>
public sealed partial class When_settings_are_documented
{
    /// <summary>Of use in Azure only.</summary>
    private static readonly string[] NotInTheSample = ["LiveDesk__SecretsKeyPrevious", "LiveDesk__Oidc__Issuer", "LiveDesk__Oidc__Audience"];

    [Fact]
    public void The_code_reads_what_the_page_lists() => Assert.Equal(Read(), Documented());

    [Fact]
    public void The_bicep_files_set_what_the_code_reads() => Assert.Equal(Read(), Deployed());

    [Fact]
    public void The_sample_has_what_the_code_reads()
    {
        string[] sample = [.. Sample().Select(setting => setting.Key).Where(IsOurs).Select(Pattern).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(Read().Except(NotInTheSample), sample);
    }

    [Fact]
    public void The_readme_names_only_what_the_page_lists() =>
        Assert.Empty(Name().Matches(Repository.Read("README.md")).Select(match => match.Value).Except(Documented()));

    [Fact]
    public void The_sample_has_the_keys_that_only_the_local_platform_takes()
    {
        JsonObject sample = Sample();

        Assert.Equal(DevelopmentKeys.BootstrapApiKey, (string)sample["LiveDesk__BootstrapApiKey"]!);
        Assert.Equal(DevelopmentKeys.SecretsKey, (string)sample["LiveDesk__SecretsKey"]!);
    }

    [Fact]
    public void No_value_of_the_sample_is_deployed()
    {
        string deployed = string.Concat(Repository.Files("infra", "*.bicep*").Select(Repository.Read));

        Assert.DoesNotContain(DevelopmentKeys.BootstrapApiKey, deployed, StringComparison.Ordinal);
        Assert.DoesNotContain(DevelopmentKeys.SecretsKey, deployed, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", deployed, StringComparison.Ordinal);
    }

    /// <summary>What the start asks its configuration for.</summary>
    private static string[] Read()
    {
        var asked = new Asked(Given_settings.With(
            [.. LiveDeskOptions.ProviderNames.Select(name => ($"LiveDesk__Providers__{name}__BaseUrl", (string?)"https://provider.example"))]));
        LiveDeskOptions.Read(new ConfigurationBuilder().Add(asked).Build());
        return [.. asked.Keys.Select(key => key.Replace(":", "__", StringComparison.Ordinal)).Where(IsOurs).Select(Pattern).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string[] Documented() =>
        [.. Row().Matches(Repository.Read("docs/configuration.md")).Select(match => match.Groups[1].Value).Where(IsOurs).Order(StringComparer.Ordinal)];

    private static string[] Deployed() =>
    [
        .. Assigned().Matches(BicepFile.Named("function-app.bicep").Text).Select(match => match.Groups[1].Value.Replace("${url.key}", "{name}", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static JsonObject Sample() => JsonNode.Parse(Repository.Read("local.settings.sample.json"))!["Values"]!.AsObject();

    private static bool IsOurs(string name) => name.StartsWith("LiveDesk__", StringComparison.Ordinal);

    private static string Pattern(string name) => ProviderName().Replace(name, "Providers__{name}__BaseUrl");

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(LiveDesk__[\w${}.]+?)'?\s*(?::|,\s*url)")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"LiveDesk__[A-Za-z]\w*(?:\{name\}__BaseUrl)?")]
    private static partial Regex Name();

    [GeneratedRegex(@"Providers__\w+?__BaseUrl")]
    private static partial Regex ProviderName();

    /// <summary>A configuration that remembers what it was asked for.</summary>
    private sealed class Asked(IConfiguration settings) : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            value = settings[key];
            return value is not null;
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            (parentPath is null ? settings.GetChildren() : settings.GetSection(parentPath).GetChildren()).Select(child => child.Key).Concat(earlierKeys);
    }
}
